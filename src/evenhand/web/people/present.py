"""One person's record in words: the role first, facts and assessments never mixed."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from evenhand.queries.people import LinkShown, PersonInFull, PurposeShown, StatementShown, StepShown
from evenhand.queries.platforms import lawbook
from evenhand.rules.holds import Hold
from evenhand.rules.officers import Officer, Permission, may
from evenhand.rules.people import PersonStanding, RestrictedBecause
from evenhand.rules.people_ages import BASIS_WORDS
from evenhand.rules.people_grounds import GROUND_WORDS
from evenhand.rules.people_roles import ROLE_WORDS
from evenhand.rules.people_statements import (
    CONDITION_WORDS,
    GRADE_OF_WORDS,
    HANDLING_WORDS,
    INFORMATION_WORDS,
    SOURCE_WORDS,
    Standing,
)
from evenhand.rules.purposes import PURPOSE_WORDS
from evenhand.web import times
from evenhand.web.components import Params
from evenhand.web.labels import HOLDS
from evenhand.web.people import words
from evenhand.web.sheets import row, tag_row, words_row
from evenhand.web.words import Words

SECONDARY = "govuk-button--secondary"


@dataclass(frozen=True, slots=True)
class Part:
    """Something with a heading and rows."""

    title: Words
    rows: Params


def shown(person: PersonInFull, officer: Officer) -> Mapping[str, object]:
    """Give everything that the page of one person shows."""
    fact = person.fact
    return {
        "person": fact.reference,
        "title": _("Record %(reference)s") % {"reference": fact.reference},
        "roles": [_in_words(it) for it in person.links if it.is_in_force or it.waits],
        "standing": {"rows": list(_standing(person)), "classes": "govuk-summary-list--no-border"},
        "disposed": _disposed(person),
        "withheld": person.withheld,
        "is_refused": fact.standing is PersonStanding.REFUSED,
        "who": {"rows": list(_who(person))},
        "links": [_link(it) for it in person.links],
        "facts": [_statement(it) for it in person.facts],
        "assessments": [_statement(it) for it in person.assessments],
        "steps": [_step(it) for it in person.steps],
        "purposes": [_purpose(it) for it in person.purposes],
        "kept": reverse("kept", args=[fact.reference])
        if may(officer, Permission.LIST_KEPT)
        and fact.standing in {PersonStanding.HELD, PersonStanding.RESTRICTED}
        else "",
        "buttons": list(_buttons(person, officer)),
    }


def _disposed(person: PersonInFull) -> str:
    """Warn who authorises that somebody like this was disposed of; no more is known. A24."""
    if person.disposed_on is None:
        return ""
    told = _("A record of somebody with this name and birth date was disposed of on %(day)s.")
    return told % {"day": times.day(person.disposed_on)}


def no_such_record() -> str:
    """Say that this cannot be the reference of a record."""
    return _("The reference looks like P-7K3M9XQA; check each letter")


def option_of(statement: StatementShown) -> str:
    """Name a statement shortly, among others to choose from."""
    text = statement.text or _("A statement that is withheld")
    return text if len(text) <= 80 else f"{text[:80]}…"


def _in_words(link: LinkShown) -> str:
    said = {"role": words.IN_A_SENTENCE[link.role], "referral": link.referral}
    if link.waits:
        return _("Proposed, not authorised: %(role)s, in referral %(referral)s.") % said
    return _("%(role)s, in referral %(referral)s.") % said


def _standing(person: PersonInFull) -> Iterator[Params]:
    yield tag_row(_("The record is"), words.STANDINGS[person.fact.standing])
    if person.restricted_because:
        yield row(_("Restricted because"), words.BECAUSE[person.restricted_because])
    for hold in person.holds:
        yield row(_("Held"), _held(hold))
    yield row(_("To be reviewed by"), times.day(person.review_on))
    yield row(_("Last day on record"), times.day(person.max_on))


def _held(hold: Hold) -> str:
    kind = str(HOLDS[hold.kind])
    if hold.expires_on is None:
        return kind
    return _("%(kind)s, until %(day)s") % {"kind": kind, "day": times.day(hold.expires_on)}


def _who(person: PersonInFull) -> Iterator[Params]:
    contested = _(" (contested: do not rely on it)")
    name = person.name if person.name is None or person.name else _("No name is held")
    yield words_row(_("Name") + (contested if "name" in person.contested else ""), name)
    yield row(_("Age") + (contested if "age" in person.contested else ""), _age(person))
    yield row(_("Treated as a child"), _("Yes") if person.fact.child else _("No"))
    reached = _("Contact") + (contested if "contact" in person.contested else "")
    if person.contact:
        yield words_row(reached, person.contact)
    if person.has_reporter_contact:
        yield row(reached, _("In the vault for reporters; not shown here"))
    yield row(_("Knows of this record"), _("Yes") if person.knows else _("No"))
    yield row(
        _("Proposed"),
        _("%(moment)s, by %(name)s")
        % {"moment": times.moment(person.proposed_at), "name": person.proposed_by},
    )


def _age(person: PersonInFull) -> str:
    age = person.age
    if age is None:
        return _("Not shown: your role does not need it")
    said = {"basis": _(BASIS_WORDS[age.basis]), "day": times.day(age.as_at)}
    if age.birth_date:
        return _("Born on %(born)s. %(basis)s, as at %(day)s") % {
            "born": times.day(age.birth_date),
            **said,
        }
    if age.value is not None:
        return _("%(years)s. %(basis)s, as at %(day)s") % {"years": age.value, **said}
    return _("Not known, as at %(day)s") % said


def _link(link: LinkShown) -> Part:
    rows = [
        row(_("Referral"), link.referral),
        row(_("Why on record"), link.necessity or ""),
    ]
    if link.offence:
        known = lawbook().provisions.get(link.offence)
        rows.append(row(_("Offence"), known.title if known else link.offence))
    if link.grounds_on:
        names = [_(GROUND_WORDS[it]) for it in link.grounds]
        rows.append(row(_("Grounds"), "; ".join([*names, times.day(link.grounds_on)])))
    for name, text in (
        (_("What shows them"), link.grounds_words),
        (_("Best interests"), link.best_interests),
        (_("Welfare"), link.welfare_reason),
    ):
        if text:
            rows.append(words_row(name, text))
    rows.append(row(_("Proposed"), _by(link.by, times.moment(link.at))))
    if link.authorised_by and link.authorised_at:
        at = times.moment(link.authorised_at)
        rows.append(row(_("Authorised"), _by(link.authorised_by, at)))
    if link.ended_at:
        rows.append(row(_("Ended"), times.moment(link.ended_at)))
    return Part(_(ROLE_WORDS[link.role]), {"rows": rows})


def _statement(statement: StatementShown) -> Part:
    said = statement
    rows = [tag_row(_("Standing"), words.STATEMENT_STANDINGS[said.standing])]
    withheld = said.text is None
    if withheld:
        rows.append(row(_("Words"), _("Not shown until it is settled whether they are right")))
    else:
        rows.append(words_row(_("What is said"), said.text))
        rows += [
            words_row(name, text)
            for name, text in (
                (_("Source"), said.source),
                (_("Basis"), said.basis),
                (_("Records behind it"), said.basis_holder),
            )
            if text
        ]
    if said.grade_of and said.grade_source and said.grade_information:
        grade = [GRADE_OF_WORDS[said.grade_of], SOURCE_WORDS[said.grade_source],
                 INFORMATION_WORDS[said.grade_information]]  # fmt: skip
        rows.append(row(_("Grade"), "; ".join(_(it) for it in grade)))
    handling = [HANDLING_WORDS[said.handling], *(CONDITION_WORDS[it] for it in said.conditions)]
    rows.append(row(_("Handling"), "; ".join(_(it) for it in handling)))
    rows.append(row(_("Said"), _by(said.by, times.moment(said.at))))
    rows.append(row(_("Last verified"), times.moment(said.verified_at)))
    return Part(_("In referral %(referral)s") % {"referral": said.referral}, {"rows": rows})


def _purpose(it: PurposeShown) -> Part:
    stands = _("Waits for a second officer")
    if it.approved is not None:
        stands = _("Allowed") if it.approved else _("Refused")
    rows = [
        row(_("Status"), stands),
        words_row(_("Which law allows it"), it.law),
        words_row(_("Why it is necessary"), it.necessity),
        words_row(_("Why it is proportionate"), it.proportionality),
        row(_("Asked"), _by(it.asked_by, times.moment(it.asked_at))),
    ]
    if it.answer:
        rows.append(words_row(_("Answer"), it.answer))
    return Part(_(PURPOSE_WORDS[it.purpose]), {"rows": rows})


def _step(step: StepShown) -> Part:
    rows = [words_row(_("Why"), step.reason), row(_("Done"), _by(step.by, times.moment(step.at)))]
    if step.letter:
        rows.append(words_row(_("Letter to the person, to be posted first"), step.letter))
    return Part(words.STEPS[step.what], {"rows": rows})


def _by(name: str, moment: str) -> str:
    return _("%(moment)s, by %(name)s") % {"moment": moment, "name": name}


def _buttons(person: PersonInFull, officer: Officer) -> Iterator[Params]:
    """Give a button for each thing that this officer may do now with this record."""
    held = person.fact.standing is PersonStanding.HELD
    disputed = person.restricted_because is RestrictedBecause.ACCURACY_CONTESTED
    to_settle = held or (disputed and not person.withheld)
    proposed = person.fact.standing is PersonStanding.PROPOSED
    restricted = person.fact.standing is PersonStanding.RESTRICTED
    waits = held and any(it.waits for it in person.links)
    said = [*person.facts, *person.assessments]
    doubted = [it for it in said if it.standing is Standing.CONTESTED]
    stands = any(it.standing is Standing.STANDING for it in said)
    asked = any(it.approved is None for it in person.purposes)
    ways: Sequence[tuple[bool, Permission, str, Words]] = (
        (proposed, Permission.AUTHORISE_PERSON, "authorise_person", _("Authorise or refuse")),
        (waits, Permission.AUTHORISE_PERSON, "decide_role", _("Decide on the new role")),
        (held or proposed, Permission.ADD_STATEMENT, "add_statement", _("Add a statement")),
        (
            held and stands,
            Permission.ADD_STATEMENT,
            "verify_statement",
            _("Verify a statement again"),
        ),
        (held and not waits, Permission.PROPOSE_PERSON, "ask_for_role", _("Ask for another role")),
        (
            to_settle,
            Permission.CONTEST_ACCURACY,
            "contest_person",
            _("Say that something is wrong"),
        ),
        (
            to_settle and bool(person.contested or doubted),
            Permission.CORRECT_PERSON,
            "confirm_person",
            _("Confirm what was contested"),
        ),
        (
            to_settle and not {"name", "age"}.isdisjoint(person.contested),
            Permission.CORRECT_PERSON,
            "correct_person",
            _("Correct the name or age"),
        ),
        (
            to_settle and "contact" in person.contested,
            Permission.CORRECT_PERSON,
            "correct_contact",
            _("Correct how they are reached"),
        ),
        (held, Permission.RESTRICT_PERSON, "restrict_person", _("Restrict")),
        (held, Permission.ASK_PURPOSE, "ask_purpose", _("Ask for another purpose")),
        (
            held and asked,
            Permission.ANSWER_PURPOSE,
            "answer_purpose",
            _("Answer for another purpose"),
        ),
        (restricted, Permission.ASK_TO_LIFT, "ask_to_lift", _("Ask to lift the restriction")),
        (restricted, Permission.LIFT_RESTRICTION, "lift_restriction", _("Lift the restriction")),
        (
            person.has_reporter_contact,
            Permission.READ_REPORTER_CONTACT,
            "person_contact",
            _("Open the reporter’s contact"),
        ),
    )
    for possible, permission, page, text in ways:
        if possible and may(officer, permission):
            address = reverse(page, args=[person.fact.reference])
            yield {"text": text, "href": address, "classes": SECONDARY}
    if to_settle and may(officer, Permission.CORRECT_PERSON):
        for it in doubted:
            address = reverse("correct_statement", args=[person.fact.reference, it.id])
            yield {"text": _("Correct a statement"), "href": address, "classes": SECONDARY}
