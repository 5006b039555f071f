"""One referral for somebody outside: asked for by one officer, allowed by another, then taken.

What is about a child is allowed by an officer trained for it, and by the data protection officer.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from evenhand.rules.agreements import Field, NoAgreement, Opened, Terms, check_open, named
from evenhand.rules.officers import Officer, Permission, Role, RoleMissing
from evenhand.rules.people import BOTH_WITHIN, Asked, check_second_officer
from evenhand.rules.purposes import OTHERS, OWN, Purpose
from evenhand.rules.referrals import ASK_WHO_IS_TRAINED, ChildTrainingNeeded, State
from evenhand.rules.refusals import Kind, Refused
from evenhand.rules.texts import UnknownChoice
from evenhand.rules.words import words

FOR = (OWN, *OTHERS)
"""What a referral may leave for. Rights in law are answered in another way."""


class ExportStands(Refused):
    """An export is answered once, by a second officer, and taken within 72 hours of that."""

    code = "E-EXP-01"
    clause = words("Rule of this desk: two people for what leaves")
    kind = Kind.CONFLICT


class NotCleaned(Refused):
    """A still leaves without what its file says beside the picture."""

    code = "E-EXP-02"
    clause = words("DPA 2018 s.37: not excessive")
    kind = Kind.CONFLICT


class ExportWithdrawn(Refused):
    """What the desk withdrew, on its own or upon a challenge, leaves to nobody."""

    code = "E-EXP-03"
    clause = words("DPA 2018 s.38: what is no longer right is not made available")
    kind = Kind.CONFLICT


class TrainingNeededForExport(ChildTrainingNeeded):
    """What is about a child leaves once an officer allowed it who is trained for it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Under which agreement and to whom there a referral is to go, for what, and why.

    ``captures`` are those that go with it; None: all that are kept.
    """

    agreement: str
    recipient: UUID
    purpose: Purpose
    reason: str
    captures: Collection[UUID] | None = None


@dataclass(frozen=True, slots=True)
class Export:
    """An export as the rules see one. ``allowed`` is None until a second officer has answered.

    Where it is about a child, ``dpo_allowed`` is what the data protection officer answered.
    """

    asked: Asked
    allowed: bool | None
    answered_at: datetime | None
    child: bool = False
    dpo_allowed: bool | None = None
    dpo_at: datetime | None = None

    @property
    def may_leave(self) -> bool | None:
        """Whether everybody allowed it who must; None until the last of them has answered."""
        answers = (self.allowed, self.dpo_allowed) if self.child else (self.allowed,)
        if False in answers:
            return False
        return None if None in answers else True

    @property
    def last_answer_at(self) -> datetime | None:
        """When the last of those answered who must."""
        return max((it for it in (self.answered_at, self.dpo_at) if it), default=None)


def check_purpose_of(purpose: Purpose) -> None:
    """Refuse to export for what nothing leaves for."""
    if purpose not in FOR:
        raise UnknownChoice(
            words("No referral leaves for this purpose."),
            do=words("Choose another, or ask the rights officer."),
            at="purpose",
        )


def check_terms(
    terms: Terms, recipient: UUID, opened: list[Opened], *, child: bool, today: date
) -> None:
    """Refuse an agreement under which no referral leaves, and without a key to seal to."""
    check_open(terms.kind, opened, child=child, today=today)
    named(terms, recipient)
    if Field.CONTENT not in terms.fields:
        raise NoAgreement(
            words("The agreement does not let content leave."),
            do=words("Choose one that does, or share nothing."),
            at="agreement",
        )
    if not terms.lock:
        raise NoAgreement(
            words("The agreement has no key that captures could be sealed to."),
            do=words("Have the key added in a new version of the agreement."),
            at="agreement",
        )


def check_not_withdrawn(state: State) -> None:
    """Refuse to export a referral that was withdrawn."""
    if state is State.WITHDRAWN:
        raise ExportWithdrawn(
            words("This referral was withdrawn."),
            do=words("Nothing of it leaves. Tell whoever asked for it."),
        )


def check_stands_as(told: State, now: State) -> None:
    """Refuse to hand out a bag that says of its referral what is not so any more."""
    if told is not now:
        raise ExportStands(
            words("The referral changed while the file was put together."),
            do=words("Look at the referral, and take it again."),
        )


def check_still_of_a_child(told: bool, *, now: bool) -> None:
    """Refuse to let leave what turned out to be about a child since it was asked for."""
    if now and not told:
        raise ExportStands(
            words("This referral turned out to be about a child since it was asked for."),
            do=words("Ask for it anew: more people have to approve it."),
        )


def check_waits(export: Export, *, as_dpo: bool = False) -> None:
    """Refuse to answer what was answered already, or is not for this officer to answer."""
    if as_dpo and not export.child:
        raise RoleMissing.lacking(
            Permission.APPROVE_SHARE,
            words("This referral is not about a child: an approver decides on it."),
            do=words("Ask a colleague with the role {roles}."),
        )
    answer = export.dpo_allowed if as_dpo else export.allowed
    if answer is not None or export.may_leave is False:
        raise ExportStands(
            words("A colleague has answered this already."), do=words("Look at it again.")
        )


def check_may_allow(
    export: Export, officer: Officer, *, as_dpo: bool = False, now: datetime
) -> None:
    """Refuse to allow what was answered, what one asked for oneself, or asked for too long ago.

    Of a child by whoever is not trained for it.
    """
    check_waits(export, as_dpo=as_dpo)
    check_second_officer(export.asked, officer, now=now)
    if export.child and not as_dpo and Role.CHILD_APPROVER not in officer.roles:
        raise TrainingNeededForExport(
            words("This referral is about a child."),
            do=ASK_WHO_IS_TRAINED,
        )


def check_may_take(export: Export, *, now: datetime) -> None:
    """Refuse to take what not everybody allowed who must, or allowed more than 72 hours ago."""
    if export.allowed and export.may_leave is None:
        raise ExportStands(
            words("Two people approve what leaves about a child."),
            do=words("Wait for the data protection officer."),
        )
    if not export.may_leave or export.last_answer_at is None:
        raise ExportStands(
            words("No second officer has allowed this export."),
            do=words("Wait for the answer. What was refused is asked for anew."),
        )
    if now - export.last_answer_at > BOTH_WITHIN:
        raise ExportStands(
            words("This export was allowed more than 72 hours ago."), do=words("Ask for it anew.")
        )


def chosen(wanted: Collection[UUID] | None, kept: Sequence[UUID]) -> list[UUID]:
    """Give the captures that go, in their order: those that were chosen, or all that are kept."""
    if wanted is None:
        return list(kept)
    if not set(wanted) <= set(kept):
        raise ExportStands(
            words("A capture that was chosen was stopped, or is not kept of this referral."),
            do=words("Choose again among those that are kept."),
            at="captures",
        )
    return [it for it in kept if it in wanted]


def nothing_left() -> ExportStands:
    """Refuse to export a referral whose content was disposed of."""
    return ExportStands(
        words("The content of this referral was disposed of."),
        do=words("Nothing of it leaves any more."),
    )


def not_the_same() -> ExportStands:
    """Refuse to hand out other captures than were allowed."""
    return ExportStands(
        words("A capture of this export was stopped or is gone."),
        do=words("Ask for it anew, without that capture."),
    )
