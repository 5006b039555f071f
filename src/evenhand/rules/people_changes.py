"""What may change of a person on record: the role, who it is, and whether the record is used."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from evenhand.rules.officers import Officer
from evenhand.rules.people import (
    NotAsItStands,
    Person,
    PersonStanding,
    Proposal,
    RestrictedBecause,
    check_role,
    check_standing,
    contact_not_kept,
    faults_of_role,
    faults_of_texts,
)
from evenhand.rules.people_ages import Age, faults_of_age
from evenhand.rules.people_grounds import NO_GROUNDS, Grounds
from evenhand.rules.people_roles import ACCUSED, PROTECTED, WITH_CONTACT, PersonRole
from evenhand.rules.refusals import Kind, Refused, raise_all
from evenhand.rules.retention import check_open
from evenhand.rules.texts import SHORT, check_text, says_nothing
from evenhand.rules.words import words


class IdentityPart(StrEnum):
    """What of who somebody is, and of how they are reached, can be contested."""

    NAME = "name"
    AGE = "age"
    CONTACT = "contact"


class RoleChange(Refused):
    """A role changes by two officers; a victim or witness is accused for new grounds only."""

    code = "E-CAT-15"
    clause = words("DPA 2018 ss.35(1) and 38(3)")


class NotToldBeforeLifting(Refused):
    """What was restricted as contested is lifted once they were told, or by law are not told."""

    code = "E-HOLD-27"
    clause = words("DPA 2018 ss.47(3) and 48(10)")


class RestrictionStands(Refused):
    """A restriction that a review, a decision or a hold is to end is not lifted without it."""

    code = "E-HOLD-28"
    clause = words("DPA 2018 ss.39(2), 44(2), 46(4) and 47(2)")
    kind = Kind.CONFLICT


@dataclass(frozen=True, slots=True, kw_only=True)
class NewRole:
    """What somebody is taken for from now on, and why."""

    role: PersonRole | None
    necessity: str
    grounds: Grounds = NO_GROUNDS
    welfare_reason: str = ""
    best_interests: str = ""

    def for_age(self, age: Age, *, was_child: bool) -> Proposal:
        """Give it as it would be proposed of somebody of this age, a child on record or not."""
        return Proposal(
            role=self.role,
            necessity=self.necessity,
            age=age,
            grounds=self.grounds,
            welfare_reason=self.welfare_reason,
            best_interests=self.best_interests,
            was_child=was_child,
        )


def check_role_change(
    earlier: PersonRole, earlier_on: date, role: PersonRole, grounds: Grounds
) -> None:
    """Refuse the same role again, and accusing a victim or witness on grounds of before. A15."""
    if role is earlier:
        raise RoleChange(words("This is the role already."), do=words("Choose another."), at="role")
    if earlier in PROTECTED and role in ACCUSED and grounds.on and grounds.on < earlier_on:
        raise RoleChange(
            words("These grounds are older than the record as a victim or witness."),
            do=words("Somebody so recorded is accused for new grounds only."),
            at="grounds_on",
        )


def check_identity(corrected: Proposal, *, recorded_on: date, today: date) -> None:
    """Refuse a corrected name, age or role that cannot be, or do not fit together, all at once.

    How old they were when they were recorded counts, as it did then.
    """
    raise_all(_faults_of_identity(corrected, recorded_on, today))


def _faults_of_identity(corrected: Proposal, recorded_on: date, today: date) -> Iterator[Refused]:
    yield from faults_of_texts(corrected)
    yield from faults_of_age(corrected.age, recorded_on=recorded_on, today=today)
    yield from faults_of_role(check_role(corrected.role), corrected, today=recorded_on)


def check_contact(contact: str, roles: Collection[PersonRole]) -> None:
    """Refuse a corrected contact that cannot be kept, or not of somebody in one of these roles."""
    check_text(contact, at="contact", most=SHORT)
    if contact and not WITH_CONTACT.issuperset(roles):
        raise contact_not_kept()


def check_may_correct(person: Person, because: RestrictedBecause | None, officer: Officer) -> None:
    """Refuse to put right what is not in use; what is restricted as contested may be put right.

    That is what it is restricted for. Who does so reads restricted records. A27.
    """
    if because is RestrictedBecause.ACCURACY_CONTESTED:
        check_open(person.reference, restricted=True, officer=officer)
    else:
        check_standing(person, PersonStanding.HELD)


def cannot_be_contested() -> NotAsItStands:
    """Refuse to contest what is no part of a record, and name the parts."""
    return NotAsItStands(
        words("Nothing of this record that can be contested is called that."),
        do=words("Name one of these: {parts}. Or give the id of a statement that stands."),
        at="about",
        parts=", ".join(IdentityPart),
    )


def check_nothing_waits(reference: str, *, waits: bool) -> None:
    """Refuse to ask for something while the like of it waits for a second officer."""
    if waits:
        raise NotAsItStands(
            words("Something asked for about record {reference} waits for a second officer."),
            do=words("Wait for the answer, or have it refused first."),
            reference=reference,
        )


def check_contested(about: str, contested: Collection[str]) -> None:
    """Refuse to settle what nobody has contested: one officer doubts, another corrects. A16."""
    if about not in contested:
        raise NotAsItStands(
            words("Nobody has contested this."),
            do=words("Say first that it may be wrong, and why. A second officer then settles it."),
            at="about",
        )


def check_may_lift(because: RestrictedBecause, *, is_evidence: bool) -> None:
    """Refuse to open what waits for a review or a decision, or is held as evidence. A26, A28."""
    if because is RestrictedBecause.NOT_REVIEWED:
        raise RestrictionStands(
            words("Nobody reviewed this record in time."),
            do=words("Have it reviewed. It opens again once two people keep it on."),
        )
    if because is RestrictedBecause.NOT_DECIDED_TO_TELL:
        raise RestrictionStands(
            words("Nobody has decided in time whether this person is told."),
            do=words("Have a rights officer decide. The record opens again with the decision."),
        )
    if is_evidence:
        raise RestrictionStands(
            words("This record is held as evidence."),
            do=words("Have the hold ended first. It takes two."),
        )


def check_told(because: RestrictedBecause, notice: str, *, is_not_told: bool) -> None:
    """Refuse to lift a restriction for contested accuracy before the person was told. A27.

    ``is_not_told``: it is decided by two people, on a ground in law and in date, that they are not
    told that they are on record. Then no letter about the record is sent either. A34.
    """
    check_text(notice, at="notice", most=SHORT)
    contested = because is RestrictedBecause.ACCURACY_CONTESTED
    if contested and says_nothing(notice) and not is_not_told:
        raise NotToldBeforeLifting(
            words("The person has not been told yet that this restriction ends."),
            do=words(
                "Tell them first, and give the reference of that letter. Where a ground in law"
                " stands against telling them, have a rights officer decide so first."
            ),
            at="notice",
        )
