"""Putting right what is wrong: whoever reads may contest it, a second officer settles it."""

from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from django.conf import settings

from evenhand.actions import originators, sharing, traces
from evenhand.actions.entering import about as entry_about
from evenhand.actions.entering import committed
from evenhand.actions.people_statements import statement_row
from evenhand.actions.people_storing import (
    Identity,
    add_step,
    identity_of,
    set_child,
    set_identity,
)
from evenhand.ledger.acts import Act
from evenhand.rules import recalls
from evenhand.rules.holds import check_kept_as_evidence
from evenhand.rules.officers import Acting, OfficerRef, Permission, check_may
from evenhand.rules.originators import NOBODY, STATEMENT, Originator, check_originator
from evenhand.rules.people import (
    Asked,
    Proposal,
    check_may_open,
    check_own_request,
    check_trained,
    check_version,
)
from evenhand.rules.people_ages import stays_child
from evenhand.rules.people_changes import (
    IdentityPart,
    cannot_be_contested,
    check_contested,
    check_identity,
    check_may_correct,
)
from evenhand.rules.people_grounds import Grounds
from evenhand.rules.people_roles import PersonRole
from evenhand.rules.people_statements import Standing, Statement, check_statement
from evenhand.rules.texts import SHORT, check_reason, check_text
from evenhand.seal.record import RecordKey
from evenhand.store.people import PersonLinkRow, PersonRow, no_such_person
from evenhand.store.people_statements import StatementRow
from evenhand.store.records import holds_of_words
from evenhand.store.sealing import open_record_key, seal_into, unsealed
from evenhand.store.writing import Pen, writing

CONTESTED = (Standing.STANDING, Standing.CONTESTED)


@dataclass(frozen=True, slots=True, kw_only=True)
class Why:
    """Why something is put right.

    ``evidence``: the reference of what the wrong one is needed for; it is then kept, restricted.
    ``best_interests``: what is in a child's best interests, where nobody knew it was a child;
    ``welfare_reason``: for which need of theirs, where nobody knew that they are under ten.
    ``originator``: the body that the wrong one came from, which is told. A18.
    """

    reason: str
    evidence: str = ""
    best_interests: str = ""
    welfare_reason: str = ""
    originator: Originator = NOBODY


def contest(
    reference: str,
    about: str,
    reason: str,
    *,
    seen_version: int | None = None,
    acting: Acting,
) -> None:
    """Say that a part or a statement may be wrong. It is not relied on until settled.

    ``about`` is ``name``, ``age``, ``contact`` or the id of a statement.
    """
    check_may(acting.officer, Permission.CONTEST_ACCURACY)
    check_reason(reason)
    with writing() as pen:
        row = locked_to_correct(reference, seen_version, acting)
        check_may_open(acting.officer, row.owners())
        key = open_record_key(row.key)
        if about in set(IdentityPart):
            row.contested = sorted({*row.contested, about})
        else:
            statement = _found(row, about, *CONTESTED)
            if statement is None:
                raise cannot_be_contested()
            statement.standing = Standing.CONTESTED
            statement.save()
        row.keep()
        add_step(row, key, "contest", reason, about=about, acting=acting)
        pen.enter(
            entry_about(
                row,
                Act.ACCURACY_CONTESTED,
                Permission.CONTEST_ACCURACY,
                acting=acting,
                reason=committed(key, reason),
            )
        )


def confirm(
    reference: str,
    about: str,
    reason: str,
    *,
    seen_version: int | None = None,
    acting: Acting,
) -> None:
    """Say, as a second officer, that what was contested is right after all."""
    check_may(acting.officer, Permission.CORRECT_PERSON)
    check_reason(reason)
    with writing() as pen:
        row = locked_to_correct(reference, seen_version, acting)
        key = open_record_key(row.key)
        check_second(row, about, acting)
        if about in set(IdentityPart):
            row.contested = [it for it in row.contested if it != about]
        else:
            statement = _statement(row, about, Standing.CONTESTED)
            check_own_request(_said_by(statement), acting.officer)
            statement.standing, statement.verified_at = Standing.STANDING, acting.at
            statement.save()
        row.keep()
        add_step(row, key, "confirm", reason, about=about, acting=acting)
        pen.enter(
            entry_about(
                row,
                Act.ACCURACY_CONFIRMED,
                Permission.CORRECT_PERSON,
                acting=acting,
                reason=committed(key, reason),
            )
        )


def correct_identity(
    reference: str,
    identity: Identity,
    why: Why,
    *,
    seen_version: int | None = None,
    acting: Acting,
) -> None:
    """Put a contested name or age right. The old one is gone, unless it is evidence. A39."""
    check_may(acting.officer, Permission.CORRECT_PERSON)
    check_why(why)
    day_of = settings.CLOCKS.calendar.day_of
    today = day_of(acting.at)
    with writing() as pen:
        row = locked_to_correct(reference, seen_version, acting)
        recorded_on, key = day_of(row.proposed_at), open_record_key(row.key)
        old = identity_of(row, key)
        changed = _changed(old, identity)
        for part in changed or [""]:
            check_second(row, part, acting)
        check_kept_as_evidence(holds_of_words(row), why.evidence, today=today)
        links = list(row.links.filter(ended_at__isnull=True))
        first_day = _first_day(recorded_on, links)
        child = stays_child(identity.age, first_day, was=row.child)
        fact = row.as_fact(at=acting.at)
        check_trained(replace(fact, child=fact.child or child), acting.officer)
        for link in links:
            corrected = _as_proposed(link, key, identity, why, child=child)
            check_identity(corrected, recorded_on=recorded_on, today=today)
        traces.check_corrected(row, identity, today=today)
        if why.evidence:
            kept = _as_evidence(why.evidence, old)
            add_step(row, key, "keep_as_evidence", kept, acting=acting)
        _protect(links, key, why)
        set_identity(row, key, identity)
        set_child(row, child, today=today)
        row.under_ten = identity.age.appears_under_ten(first_day)
        row.contested = [it for it in row.contested if it not in changed]
        about = " ".join(changed)
        originators.begin(row, key, why.originator, about, acting=acting)
        put_right(row, key, why, pen, about=about, acting=acting)


def correct_statement(
    reference: str,
    about: str,
    statement: Statement,
    why: Why,
    *,
    seen_version: int | None = None,
    acting: Acting,
) -> None:
    """Put a right statement in the place of a contested one, which goes, unless it is evidence."""
    check_may(acting.officer, Permission.CORRECT_PERSON)
    check_why(why)
    check_statement(statement)
    with writing() as pen:
        row = locked_to_correct(reference, seen_version, acting)
        key = open_record_key(row.key)
        check_second(row, about, acting)
        today = settings.CLOCKS.calendar.day_of(acting.at)
        check_kept_as_evidence(holds_of_words(row), why.evidence, today=today)
        old = _statement(row, about, Standing.CONTESTED)
        new = statement_row(old.link, key, statement, acting=acting)
        if why.evidence:
            old.standing, new.replaces_id = Standing.REPLACED, old.id
            old.save()
            add_step(row, key, "keep_as_evidence", why.evidence, about=about, acting=acting)
        else:
            old.delete()
        new.save(force_insert=True)
        originators.begin(row, key, why.originator, STATEMENT, acting=acting)
        put_right(row, key, why, pen, about=about, acting=acting)


def check_why(why: Why) -> None:
    """Refuse to put anything right without a reason, and texts that cannot be kept."""
    check_reason(why.reason)
    check_text(why.evidence, at="evidence", most=SHORT)
    check_text(why.best_interests, at="best_interests")
    check_text(why.welfare_reason, at="welfare_reason")
    check_originator(why.originator)


def locked_to_correct(reference: str, seen_version: int | None, acting: Acting) -> PersonRow:
    """Give a record of which something may be contested or put right, locked. Raises NotFound."""
    row = PersonRow.objects.locked(reference)
    fact = row.as_fact(at=acting.at)
    check_version(fact, seen_version)
    because = row.closed_because(settings.CLOCKS.calendar.day_of(acting.at))
    check_may_correct(fact, because, acting.officer)
    return row


def _statement(row: PersonRow, about: str, *standing: Standing) -> StatementRow:
    """Give a statement by its id. Raises NotFound."""
    statement = _found(row, about, *standing)
    if statement is None:
        raise no_such_person()
    return statement


def _found(row: PersonRow, about: str, *standing: Standing) -> StatementRow | None:
    """Give a statement by its id, if there is one."""
    try:
        found = row.statements.select_related("link").filter(id=UUID(about), standing__in=standing)
    except ValueError:
        return None
    return found.first()


def _said_by(statement: StatementRow) -> Asked:
    return Asked(by=OfficerRef(statement.by_id), at=statement.at)


def put_right(
    row: PersonRow,
    key: RecordKey,
    why: Why,
    pen: Pen,
    *,
    about: str,
    acting: Acting,
) -> None:
    """Note that something was put right, and recall what has left. A18."""
    row.keep()
    add_step(row, key, "correct", why.reason, about=about, acting=acting)
    sharing.recall(row.id, recalls.Why.RECTIFIED, pen, acting=acting)
    reason = committed(key, why.reason)
    act, permission = Act.PERSON_CORRECTED, Permission.CORRECT_PERSON
    pen.enter(entry_about(row, act, permission, acting=acting, reason=reason))


def check_second(row: PersonRow, about: str, acting: Acting) -> None:
    """Refuse what nobody contested, and who contested it."""
    contested = [*row.contested]
    waiting = row.statements.filter(standing=Standing.CONTESTED)
    contested += [str(it) for it in waiting.values_list("id", flat=True)]
    check_contested(about, contested)
    step = row.steps.filter(what="contest", about=about).latest("at")
    check_own_request(Asked(by=OfficerRef(step.by_id), at=step.at), acting.officer)


def _changed(old: Identity, new: Identity) -> list[str]:
    parts = []
    if old.name != new.name:
        parts.append(IdentityPart.NAME.value)
    if old.age != new.age:
        parts.append(IdentityPart.AGE.value)
    return parts


def _as_proposed(
    link: PersonLinkRow, key: RecordKey, identity: Identity, why: Why, *, child: bool
) -> Proposal:
    """Give what the corrected person would have been proposed as, for the rules to judge."""
    return Proposal(
        role=PersonRole(link.role),
        necessity=unsealed(link, key, "necessity"),
        age=identity.age,
        name=identity.name,
        grounds=Grounds(on=link.grounds_on),
        welfare_reason=why.welfare_reason or unsealed(link, key, "welfare_reason"),
        best_interests=why.best_interests or unsealed(link, key, "best_interests"),
        was_child=child,
    )


def _protect(links: list[PersonLinkRow], key: RecordKey, why: Why) -> None:
    """Seal what protects them where it is given anew; what was said before stays else."""
    said = {"best_interests": why.best_interests, "welfare_reason": why.welfare_reason}
    given = {it: text for it, text in said.items() if text}
    for link in links if given else ():
        seal_into(link, key, **given)
        link.save()


def _first_day(recorded_on: date, links: list[PersonLinkRow]) -> date:
    """Give the earliest day of which something is said of them."""
    return min([recorded_on, *(it.grounds_on for it in links if it.grounds_on)])


def _as_evidence(evidence: str, old: Identity) -> str:
    age = old.age
    known = age.birth_date.isoformat() if age.birth_date else str(age.value or "")
    return "\n".join((evidence, old.name, f"{known} {age.basis} {age.as_at.isoformat()}"))
