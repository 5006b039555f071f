"""A disclosure: one package about one person for one named recipient, checked before it leaves."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from uuid import UUID

from evenhand.rules.agreements import PACKED, Field, NoAgreement, Terms
from evenhand.rules.assessments import ChildInterestsMissing
from evenhand.rules.assessments import Kind as StatementKind
from evenhand.rules.officers import Officer, OfficerRef
from evenhand.rules.people import (
    BOTH_WITHIN,
    Asked,
    AskedTooLongAgo,
    ReporterInVault,
    check_second_officer,
)
from evenhand.rules.people_roles import PersonRole
from evenhand.rules.people_statements import (
    Condition,
    Handling,
    HandlingMissing,
    Information,
    Source,
)
from evenhand.rules.purposes import OWN, Purpose
from evenhand.rules.refusals import Kind, Refused, raise_all
from evenhand.rules.texts import LONG, check_text, says_no_word, says_too_little
from evenhand.rules.words import words

VERIFIED_WITHIN = timedelta(days=7)
"""So fresh is the check of everything that leaves."""


class Carrier(StrEnum):
    """How a package leaves: sealed to the recipient's key, or on paper."""

    SEALED = "sealed"
    PRINTED = "printed"


class Standing(StrEnum):
    """Where a disclosure stands. Only a released one has left the desk."""

    BUILT = "built"
    PROPOSED = "proposed"
    APPROVED = "approved"
    RELEASED = "released"
    REFUSED = "refused"
    DROPPED = "dropped"


MOVES = {
    Standing.BUILT: frozenset({Standing.PROPOSED, Standing.DROPPED}),
    Standing.PROPOSED: frozenset({Standing.APPROVED, Standing.REFUSED, Standing.DROPPED}),
    Standing.APPROVED: frozenset({Standing.RELEASED, Standing.REFUSED, Standing.DROPPED}),
}
"""From where a disclosure can go; what is released, refused or dropped stays so."""
OVER = frozenset({Standing.REFUSED, Standing.DROPPED})
"""Where a disclosure ends that never leaves."""


class QualityLacking(Refused):
    """What leaves was verified within 7 days; it is not contested, restricted, recalled or late."""

    code = "E-QUAL-16"
    clause = words("DPA 2018 s.38(1)(b), (4) and (5)(a): quality verified before transmission")
    kind = Kind.CONFLICT


class PackageIncomplete(Refused):
    """A package has all that its recipient needs to judge and handle it; else there is none."""

    code = "E-QUAL-17"
    clause = words("DPA 2018 s.38(5)(b): what the recipient needs to judge it")


class HandlingForbids(HandlingMissing):
    """Nothing leaves without a handling code that allows it; what is suspected false never does."""

    kind = Kind.FORBIDDEN


class ChildUnprotected(ChildInterestsMissing):
    """Data about a child leave only for a compelling reason, with two approvers."""

    clause = words("DPA 2018 ss.36 and 38; UNCRC Article 3")
    kind = Kind.FORBIDDEN


class NotTheSamePackage(Refused):
    """A package is approved and handed over exactly as it was built."""

    code = "E-SHR-65"
    clause = words("Rule of this desk: two people, the same package")
    kind = Kind.CONFLICT


class DisclosureStands(Refused):
    """A disclosure is built, proposed, approved and released, in this order and once."""

    code = "E-SHR-66"
    kind = Kind.CONFLICT


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What an officer wants to share: about which role, with whom, and exactly what.

    ``checked``: identity and role were verified just now; ``consent``: who consented to sharing
    what needs the originator's consent; ``gaps``: what the package does not say or nobody knows.
    """

    agreement: str
    recipient: UUID
    link: UUID
    carrier: Carrier
    fields: frozenset[Field]
    statements: tuple[UUID, ...]
    checked: bool
    gaps: str
    reason: str
    compelling: str = ""
    consent: str = ""
    purpose: Purpose = OWN


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """A statement about a person, as sharing sees one: nothing of what it says."""

    ref: UUID
    kind: StatementKind
    grade_source: Source | None
    grade_information: Information | None
    handling: Handling | None
    conditions: frozenset[Condition]
    verified_at: datetime | None
    stands: bool
    consented: bool = False


@dataclass(frozen=True, slots=True)
class Subject:
    """Whom a package is about, as sharing sees them, and in which role.

    ``reporter``: in any referral they are, were or were asked to be one. ``contested``: what of
    who they are may be wrong.
    """

    role: PersonRole
    child: bool
    held: bool
    review_on: date
    reporter: bool = False
    contested: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Disclosure:
    """A disclosure on its way, as the rules see one. ``digest`` is of the package as built."""

    reference: str
    standing: Standing
    digest: bytes
    child: bool
    built_by: OfficerRef
    built_at: datetime
    approved_by: OfficerRef | None = None
    dpo_by: OfficerRef | None = None


OF_STATEMENTS = {StatementKind.FACT: Field.FACTS, StatementKind.ASSESSMENT: Field.ASSESSMENTS}


def all_fields(wanted: Collection[Field], items: Collection[Item]) -> frozenset[Field]:
    """Give the fields that a package has: those wanted, and those that its statements make up."""
    plain = (frozenset(wanted) & PACKED) - frozenset(OF_STATEMENTS.values())
    return plain | {OF_STATEMENTS[it.kind] for it in items}


def left_out(fields: Collection[Field], terms: Terms) -> dict[Field, bool]:
    """Name what a package does not hold, each with whether the agreement would let it leave."""
    return {it: it in terms.fields for it in Field if it in PACKED - frozenset(fields)}


def check_within(fields: Collection[Field], role: PersonRole, terms: Terms) -> None:
    """Refuse a field or a role that the agreement does not let leave."""
    if role not in terms.roles:
        raise NoAgreement(
            words("The agreement is not about people in this role."),
            do=words("Choose an agreement that is, or share nothing."),
            at="link",
        )
    more = sorted(set(fields) - terms.fields)
    if more:
        raise NoAgreement(
            words("The agreement does not let this leave: {fields}."),
            do=words("Leave it out."),
            at="fields",
            fields=", ".join(more),
        )


def check_subject(subject: Subject, *, checked: bool, today: date) -> None:
    """Refuse a record that is not in force or past its review, or that nobody checked just now."""
    if subject.contested:
        raise QualityLacking(
            words("This is contested on the record: {contested}."),
            do=words(
                "Have a second officer confirm it or put it right. Until then nothing leaves."
            ),
            contested=", ".join(sorted(subject.contested)),
        )
    if not subject.held or subject.review_on < today:
        raise QualityLacking(
            words("This record is restricted, not authorised, or past its review."),
            do=words("Have it reviewed first. Until then nothing of it leaves."),
        )
    if not checked:
        raise QualityLacking(
            words("Nobody says that identity and role were verified now."),
            do=words("Compare them with their source, then say so."),
            at="checked",
        )


def check_vault(fields: Collection[Field], subject: Subject) -> None:
    """Refuse to take how a reporter is reached out of its vault, where approvers would read it."""
    if subject.reporter and Field.CONTACT in fields:
        raise ReporterInVault(
            words("How a reporter is reached leaves in no package."),
            do=words("Leave the contact out. If they must be reached, do it from this desk."),
            at="fields",
        )


def check_child(subject: Subject, compelling: str) -> None:
    """Refuse to share about a child without a compelling reason in own words."""
    check_text(compelling, at="compelling")
    if subject.child and says_too_little(compelling):
        raise ChildUnprotected(
            words("This person was or may have been under 18, and no compelling reason is given."),
            do=words("Say in a sentence what makes it compelling. Two approvers will read it."),
            at="compelling",
        )


def check_gaps(gaps: str) -> None:
    """Refuse a package that does not say what is not known."""
    check_text(gaps, at="gaps", most=LONG)
    if says_no_word(gaps):
        raise PackageIncomplete(
            words("The package does not say what is missing or not known."),
            do=words("Write it in own words. If nothing is missing, say so."),
            at="gaps",
        )


def faults_of(item: Item, *, now: datetime) -> Iterator[Refused]:
    """Say everything that keeps a statement from leaving now."""
    if not item.stands:
        yield QualityLacking(
            words("A statement is contested, restricted or replaced."),
            do=words("Leave it out."),
            at="statements",
        )
    if item.verified_at is None or not now - VERIFIED_WITHIN <= item.verified_at <= now:
        yield QualityLacking(
            words("A statement was not verified within the last 7 days."),
            do=words("Have it verified again on the record, or leave it out."),
            at="statements",
        )
    graded = item.grade_source is not None and item.grade_information is not None
    if item.kind is StatementKind.ASSESSMENT and not graded:
        yield PackageIncomplete(
            words("An assessment has no grade."),
            do=words("Have it graded, or leave it out."),
            at="statements",
        )
    if item.grade_information is Information.SUSPECTED_FALSE:
        yield _forbidden(words("A statement is suspected to be false."), words("Leave it out."))
    coded = item.handling is Handling.PERMITTED or (
        item.handling is Handling.CONDITIONS and bool(item.conditions)
    )
    if not coded:
        yield _forbidden(
            words("The handling code of a statement does not let it leave."),
            words("Leave it out, or have its author correct the code."),
        )
    elif Condition.CONSULT_ORIGINATOR in item.conditions and not item.consented:
        yield _forbidden(
            words("Whoever a statement came from has not consented to sharing it."),
            words("Ask them first and write down who consented, or leave it out."),
            at="consent",
        )


def check_carrier(carrier: Carrier, terms: Terms) -> None:
    """Refuse to seal a package where the agreement has no key to seal it to."""
    if carrier is Carrier.SEALED and not terms.lock:
        raise NoAgreement(
            words("The agreement has no key that a package could be sealed to."),
            do=words("Print it, or have the key added in a new version of the agreement."),
            at="carrier",
        )


def check_stands(disclosure: Disclosure, *, recalled: bool, doubted: bool) -> None:
    """Refuse to give out words that were recalled, came to nothing or are not what stands now."""
    if recalled or doubted or disclosure.standing in OVER:
        raise QualityLacking(
            words("Package {reference} was recalled, refused, dropped or contested."),
            do=words("Do not use it. Build a new one from the record as it stands now."),
            reference=disclosure.reference,
        )


def check_items(items: Collection[Item], *, now: datetime) -> None:
    """Refuse a package with a statement that may not leave, each fault once."""
    found = {(type(it), it.sentence): it for item in items for it in faults_of(item, now=now)}
    raise_all(found.values())


def check_move(disclosure: Disclosure, there: Standing) -> None:
    """Refuse a step that does not come next."""
    if there not in MOVES.get(disclosure.standing, frozenset()):
        raise DisclosureStands(
            words("Package {reference} is {standing}: this cannot be done with it now."),
            do=words("Look at it again."),
            reference=disclosure.reference,
            standing=disclosure.standing,
        )


def check_may_approve(
    disclosure: Disclosure, officer: Officer, digest: str, *, now: datetime
) -> None:
    """Refuse an approval by whoever built it, of another package than was shown, or too late."""
    check_move(disclosure, Standing.APPROVED)
    check_second_officer(Asked(by=disclosure.built_by, at=disclosure.built_at), officer, now=now)
    if digest != disclosure.digest.hex():
        raise NotTheSamePackage(
            words("This is not the package that you were shown."),
            do=words("Open it again and read it."),
        )


def is_approved(disclosure: Disclosure) -> bool:
    """Say whether everybody approved who must: a second officer, for a child the DPO as well."""
    return disclosure.approved_by is not None and (
        not disclosure.child or disclosure.dpo_by is not None
    )


def check_may_release(disclosure: Disclosure, *, now: datetime) -> None:
    """Refuse to hand over what is not approved, or not fresh."""
    check_move(disclosure, Standing.RELEASED)
    if now - disclosure.built_at > BOTH_WITHIN:
        raise AskedTooLongAgo(
            words("This package was built more than {hours} hours ago."),
            do=words("Drop it and build it anew, so that what leaves is fresh."),
            hours=str(BOTH_WITHIN // timedelta(hours=1)),
        )
    if not is_approved(disclosure):
        raise ChildUnprotected(
            words("Two people approve what leaves about a child."),
            do=words("Wait for the data protection officer."),
        )


def _forbidden(sentence: str, do: str, *, at: str = "statements") -> HandlingForbids:
    return HandlingForbids(sentence, do=do, at=at)
