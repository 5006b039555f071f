"""When a person may be on record at all: for a necessity, and by two officers."""

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass, fields
from datetime import date, datetime, timedelta
from enum import StrEnum

from evenhand.rules.assessments import Expression, LawMissing
from evenhand.rules.handover import ENDED
from evenhand.rules.officers import MATRIX, Officer, OfficerRef, Permission, Role
from evenhand.rules.people_ages import Age, UnderTen, faults_of_age
from evenhand.rules.people_grounds import NO_GROUNDS, Grounds, faults_of_grounds
from evenhand.rules.people_names import check_name
from evenhand.rules.people_roles import (
    ACCUSED,
    PROTECTED,
    ROLE_WORDS,
    WITH_CONTACT,
    PersonRole,
)
from evenhand.rules.referrals import (
    ASK_WHO_IS_TRAINED,
    ChangedMeanwhile,
    ChildTrainingNeeded,
    State,
)
from evenhand.rules.refusals import Kind, Refused, raise_all
from evenhand.rules.retention import LastDayFixed
from evenhand.rules.texts import (
    LONG,
    SHORT,
    check_own_words,
    check_text,
    says_no_word,
    says_too_little,
)
from evenhand.rules.words import words

REFERENCE = re.compile(r"P-[2-9A-HJ-NP-Z]{8}")
REFERENCE_LETTERS = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
"""Letters and digits that nobody takes for each other; references follow no order."""
BOTH_WITHIN = timedelta(hours=72)
"""Within this time the second officer answers what the first one asked."""


class PersonStanding(StrEnum):
    """How a person’s record stands on the desk."""

    PROPOSED = "proposed"
    HELD = "held"
    REFUSED = "refused"
    RESTRICTED = "restricted"


class RestrictedBecause(StrEnum):
    """Why a record is kept but not used."""

    ACCURACY_CONTESTED = "accuracy_contested"
    UNLAWFUL = "unlawful"
    NEEDED_AS_EVIDENCE = "needed_as_evidence"
    NOT_REVIEWED = "not_reviewed"
    NOT_DECIDED_TO_TELL = "not_decided_to_tell"
    REVIEWED = "reviewed"


class Restriction(StrEnum):
    """Why a person restricts a record; other reasons come with a review, a decision or a day."""

    ACCURACY_CONTESTED = "accuracy_contested"
    UNLAWFUL = "unlawful"
    NEEDED_AS_EVIDENCE = "needed_as_evidence"


class RoleMissingOrWrong(Refused):
    """A person has exactly one role in each referral, chosen by an officer; none is assumed."""

    code = "E-CAT-13"
    clause = words("DPA 2018 s.38(3)(a)–(d)")


class ContactNotKept(Refused):
    """Contact details are kept of a victim, a witness or a reporter, and of nobody else."""

    code = "E-CON-04"
    clause = words("DPA 2018 ss.35(2)(a) and 37")


class ReporterInVault(Refused):
    """Reporters stay in a vault: no record names them, no package tells how to reach them."""

    code = "E-CON-05"
    clause = words("DPA 2018 s.57(4): access by default to no more people than needed")


class NotYourPerson(Refused):
    """A person’s record is open to the officer whose referral it is, and to who authorises it."""

    code = "E-DEF-11"
    clause = words("DPA 2018 s.57(4): access by default to no more people than needed")
    kind = Kind.FORBIDDEN


class LookReasonMissing(Refused):
    """Every look at a person has a reason, given before anything is shown."""

    code = "E-PERS-01"
    clause = words("Rule of this desk, beyond the legal minimum")


class ReferralEnded(Refused):
    """A person comes on record only while somebody works on the referral."""

    code = "E-PERS-02"
    clause = words("DPA 2018 s.35(2)(b): necessary for the task")
    kind = Kind.CONFLICT


class PoliticalContent(LastDayFixed):
    """Nobody is recorded through what was assessed as political: it is kept of them for no day."""


class NotAsItStands(Refused):
    """A record is authorised, changed or restricted only where it stands so that it can be."""

    code = "E-PERS-03"
    kind = Kind.CONFLICT


class OwnRequest(Refused):
    """Whoever authorises something about a person is not the officer who asked for it."""

    code = "E-TWO-03"
    clause = words("Rule of this desk: a second officer decides")
    kind = Kind.FORBIDDEN


class AskedTooLongAgo(Refused):
    """What one officer asks for a person’s record, a second one answers within 72 hours."""

    code = "E-TWO-04"
    kind = Kind.CONFLICT


class NecessityMissing(LawMissing):
    """A person’s record says why it is strictly necessary."""


class InterestsMissing(ChildTrainingNeeded):
    """Of somebody under 18, or of unknown age, their best interests are written down first."""

    kind = Kind.INVALID


class TrainingNeededForPerson(ChildTrainingNeeded):
    """The record of somebody who may be under 18 is authorised by who is trained for it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """What an officer says of somebody, in order to have them on record. Empty: not said.

    ``was_child``: their record protects them as a child already.
    """

    role: PersonRole | None
    necessity: str
    age: Age
    name: str = ""
    contact: str = ""
    grounds: Grounds = NO_GROUNDS
    welfare_reason: str = ""
    best_interests: str = ""
    knows: bool = False
    was_child: bool = False

    def first_day(self, today: date) -> date:
        """Give the earliest day of which something is said of them."""
        return min(self.grounds.on or today, today)

    def is_of_child(self, today: date) -> bool:
        """Say whether they are or may be under 18, or were on the day of the grounds. A74."""
        return self.was_child or self.age.may_be_child(self.first_day(today))


@dataclass(frozen=True, slots=True, kw_only=True)
class Answers:
    """What the second officer answers in own words before somebody comes on record."""

    necessary: str
    role_right: str
    less_would_do: str

    def in_one(self) -> str:
        """Give the answers as one text, as they are kept."""
        return "\n\n".join((self.necessary, self.role_right, self.less_would_do))


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """A person’s record, as the rules see it."""

    reference: str
    standing: PersonStanding
    version: int
    child: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What waits for a second officer: who asked, and when."""

    by: OfficerRef
    at: datetime


def check_role(role: PersonRole | None) -> PersonRole:
    """Refuse to take somebody for anything that no officer chose. A13."""
    if role is None:
        raise _no_role()
    return role


def check_necessity(necessity: str) -> None:
    """Refuse to have anybody on record where no sentence says why they must be. A02."""
    if says_too_little(necessity):
        raise NecessityMissing(
            words("It does not say yet why this person must be on record."),
            do=words(
                "Say in a sentence what cannot be done without it. If nothing, do not record them."
            ),
            at="necessity",
        )


def check_proposal(
    proposal: Proposal, *, offences: Collection[str], recorded_on: date, today: date
) -> None:
    """Refuse a person who is not needed, not told apart or not protected, every fault at once."""
    raise_all(_faults(proposal, offences, recorded_on, today))


def check_worked_on(reference: str, state: State) -> None:
    """Refuse to put anything new about anybody on record through what nobody works on."""
    if state in ENDED:
        raise ReferralEnded(
            words("Referral {reference} has come to an end."),
            do=words("Reopen it first, if this must be recorded."),
            reference=reference,
        )


def check_may_accuse(reference: str, state: State, role: PersonRole) -> None:
    """Refuse to accuse anybody through what nobody works on. A suspicion may be dropped there."""
    if role in ACCUSED:
        check_worked_on(reference, state)


def check_not_political(reference: str, expression: Collection[str]) -> None:
    """Refuse to record anybody through what was assessed as political expression. A22."""
    if Expression.POLITICAL in expression:
        raise PoliticalContent(
            words("Referral {reference} was assessed as political expression."),
            do=words(
                "Record nobody through it. Whoever is in danger is helped by the police who work on"
                " that: tell them."
            ),
            reference=reference,
        )


def check_may_propose(reference: str, state: State, owner: OfficerRef, officer: Officer) -> None:
    """Refuse to record anybody on what nobody works on, or on a colleague’s referral."""
    check_worked_on(reference, state)
    if officer.ref != owner:
        raise NotYourPerson(
            words("Referral {reference} is a colleague’s work."),
            do=words("Ask them to propose the person, or to hand the referral over to you."),
            reference=reference,
        )


def may_open(officer: Officer, owners: Collection[OfficerRef]) -> bool:
    """Say whether somebody’s record is open to an officer: of a referral that is their work."""
    others = MATRIX[Permission.READ_PERSON] - {Role.OFFICER}
    return officer.ref in owners or not officer.roles.isdisjoint(others)


def check_may_open(officer: Officer, owners: Collection[OfficerRef]) -> None:
    """Refuse an officer whose work none of the person’s referrals is. A11, for people only."""
    if not may_open(officer, owners):
        raise NotYourPerson(
            words("This person’s record belongs to a colleague’s work."),
            do=words("Ask them, or have the referral handed over to you."),
        )


def check_standing(person: Person, *wanted: PersonStanding) -> None:
    """Refuse an act that does not fit how the record stands."""
    if person.standing not in wanted:
        raise NotAsItStands(
            words("Record {reference} does not stand so that this can be done."),
            do=words("Look at it again: a colleague may have done it already."),
            reference=person.reference,
        )


def check_version(person: Person, seen: int | None) -> None:
    """Refuse a change made on an older version than the stored one. None: no version was named."""
    if seen is not None and seen != person.version:
        raise ChangedMeanwhile(
            words("Record {reference} changed while you were looking at it."),
            do=words("Nothing was saved. Look at it again before you go on."),
            reference=person.reference,
        )


def answer_due_at(asked_at: datetime) -> datetime:
    """Give the moment by which a second officer answers what was asked for then. E-TWO-04."""
    return asked_at + BOTH_WITHIN


def check_own_request(asked: Asked, officer: Officer) -> None:
    """Refuse an answer by who asked."""
    if officer.ref == asked.by:
        raise OwnRequest(words("You asked for this yourself."), do=words("Ask a second officer."))


def check_second_officer(asked: Asked, officer: Officer, *, now: datetime) -> None:
    """Refuse an answer by who asked, or one that comes too late."""
    check_own_request(asked, officer)
    if now > answer_due_at(asked.at):
        raise AskedTooLongAgo(
            words("This was asked for more than {hours} hours ago."),
            do=words("Refuse it. Who still needs it asks again, as things stand now."),
            hours=str(BOTH_WITHIN // timedelta(hours=1)),
        )


def check_trained(person: Person, officer: Officer) -> None:
    """Refuse an authorisation about a child by who is not trained for it. A74."""
    if person.child and Role.CHILD_APPROVER not in officer.roles:
        raise TrainingNeededForPerson(
            words("This person is or may be under 18."),
            do=ASK_WHO_IS_TRAINED,
        )


def check_look_reason(reason: str) -> None:
    """Refuse to show anything of a person to who does not say what for."""
    check_text(reason, at="reason", most=SHORT)
    if says_no_word(reason):
        raise LookReasonMissing(
            words("There is no reason yet for looking at this person."),
            do=words("Say in a few own words what you need to know, and for what."),
            at="reason",
        )


def _no_role() -> Refused:
    return RoleMissingOrWrong(
        words("There is no role yet."),
        do=words("Choose what this person is in this referral: {roles}."),
        at="role",
        roles=", ".join(ROLE_WORDS.values()),
    )


def _faults(
    proposal: Proposal, offences: Collection[str], recorded_on: date, today: date
) -> Iterator[Refused]:
    try:
        check_necessity(proposal.necessity)
    except Refused as refused:
        yield refused
    yield from faults_of_texts(proposal)
    yield from faults_of_age(proposal.age, recorded_on=recorded_on, today=today)
    if proposal.role is None:
        yield _no_role()
        return
    yield from faults_of_grounds(proposal.role, proposal.grounds, offences=offences, today=today)
    yield from faults_of_role(proposal.role, proposal, today=today)


def faults_of_role(role: PersonRole, proposal: Proposal, *, today: date) -> Iterator[Refused]:
    """Name what this role must not come with, or lacks, at this age."""
    if proposal.contact and role not in WITH_CONTACT:
        yield contact_not_kept()
    if proposal.name and role is PersonRole.REPORTER:
        yield ReporterInVault(
            words("Whoever works on referrals would read the name of this reporter."),
            do=words("Leave it empty. If they must be answered, name them in the contact."),
            at="name",
        )
    if proposal.is_of_child(today) and says_no_word(proposal.best_interests):
        yield InterestsMissing(
            words("This person is or may be under 18, or was on the day of the grounds."),
            do=words("Say what is in their best interests, and why a name is needed, if it is."),
            at="best_interests",
        )
    if proposal.age.appears_under_ten(proposal.first_day(today)):
        yield from _faults_under_ten(role, proposal)


def contact_not_kept() -> ContactNotKept:
    """Refuse contact details of somebody in a role of which none are kept."""
    return ContactNotKept(
        words("This desk keeps no contact details of somebody in this role."),
        do=words("Leave them empty."),
        at="contact",
    )


def _faults_under_ten(role: PersonRole, proposal: Proposal) -> Iterator[Refused]:
    if role not in PROTECTED:
        yield UnderTen(
            words("Somebody under ten is recorded as a victim or witness only."),
            do=words("Choose the role again, or do not record them."),
            at="role",
        )
    if says_no_word(proposal.welfare_reason):
        yield UnderTen(
            words("This person is under ten, and their welfare is not named yet."),
            do=words("Say for which need of theirs they must be on record."),
            at="welfare_reason",
        )


def faults_of_texts(proposal: Proposal) -> Iterator[Refused]:
    """Name the texts that cannot be kept."""
    for text, at, most in (
        (proposal.necessity, "necessity", LONG),
        (proposal.contact, "contact", SHORT),
        (proposal.welfare_reason, "welfare_reason", LONG),
        (proposal.best_interests, "best_interests", LONG),
    ):
        try:
            check_text(text, at=at, most=most)
        except Refused as refused:
            yield refused
    if proposal.name:
        try:
            check_name(proposal.name)
        except Refused as refused:
            yield refused


def check_answers(answers: Answers) -> None:
    """Refuse to authorise before each test question is answered in own words. A46."""
    raise_all(_faults_of_answers(answers))


def _faults_of_answers(answers: Answers) -> Iterator[Refused]:
    for field in fields(Answers):
        try:
            check_own_words(getattr(answers, field.name), at=field.name)
        except Refused as refused:
            yield refused
