"""Whoever wrong data came from is told that it was wrong, so that it is put right there, too."""

from dataclasses import dataclass
from datetime import date

from evenhand.rules.messages import Message
from evenhand.rules.people_changes import IdentityPart
from evenhand.rules.recalls import RecallsWait
from evenhand.rules.refusals import Refused
from evenhand.rules.texts import SHORT, check_text, says_nothing
from evenhand.rules.words import words

STATEMENT = "statement"
WHAT = {
    IdentityPart.NAME.value: words("a name"),
    IdentityPart.AGE.value: words("an age or birth date"),
    IdentityPart.CONTACT.value: words("how somebody is reached"),
    STATEMENT: words("something that was said"),
}
"""What of the data was wrong. The data themselves are never in the message."""


class OriginatorStands(Refused):
    """A body from which wrong data came is named, and told once, on a day since then."""

    code = "E-RECALL-20"
    clause = words("DPA 2018 s.48(7): tell the authority that the data came from")


@dataclass(frozen=True, slots=True, kw_only=True)
class Originator:
    """The body that wrong data came from, and the reference under which it sent them."""

    body: str = ""
    their_reference: str = ""

    @property
    def is_named(self) -> bool:
        """Say whether the data came from anybody else."""
        return not says_nothing(self.body)


NOBODY = Originator()
"""The data did not come from another body."""


def check_originator(originator: Originator) -> None:
    """Refuse a body that cannot be kept, and a reference of nobody."""
    check_text(originator.body, at="originator", most=SHORT)
    check_text(originator.their_reference, at="their_reference", most=SHORT)
    if not originator.is_named and not says_nothing(originator.their_reference):
        raise OriginatorStands(
            words("It does not say yet whose reference this is."),
            do=words("Name the body that the data came from, or leave its reference empty."),
            at="originator",
        )


def check_may_tell(*, told_on: date | None, on: date, corrected_on: date, today: date) -> None:
    """Refuse to record that a body was told twice, or on a day that cannot be."""
    if told_on is not None:
        raise OriginatorStands(
            words("It is recorded already that this body was told."), do=words("Look at it again.")
        )
    if not corrected_on <= on <= today:
        raise OriginatorStands(
            words("The day is between the correction and today."), do=words("Check it."), at="on"
        )


def check_originators_told(waiting: int) -> None:
    """Refuse to erase while a body that wrong data came from was not told. E-RECALL-18."""
    if waiting:
        raise RecallsWait(
            words("Bodies that wrong data came from have not been told yet: {count}."),
            do=words("A sharing officer tells them first; their worklist has the letters."),
            count=str(waiting),
        )


def originator_message(
    originator: Originator, about: str, *, reference: str, at: date, desk: str, contact: str
) -> Message:
    """Write the message: what kind of data was wrong, and never the data. DPA 2018 s.48(7)."""
    kinds = ", ".join(WHAT[it] for it in about.split())
    theirs = originator.their_reference
    which = (
        f"{words('Your reference:')} {theirs}"
        if theirs
        else words("Answer this message, and we say by a safe way which of your records it is.")
    )
    parts = [
        originator.body,
        words("Data about a person that came to us from you was wrong. We have corrected it."),
        f"{words('What was wrong:')} {kinds}",
        f"{words('Corrected on:')} {at:%-d %B %Y}",
        which,
        words(
            "Please check what you hold, correct it, and tell whomever you had it from or gave it"
            " to. We write to you under the Data Protection Act 2018, section 48(7)."
        ),
        f"{words('Our reference:')} {reference}",
        f"{desk}\n{contact}",
    ]
    subject = f"[{reference}] {words('Data from you was wrong')}"
    return Message(subject, "\n\n".join(parts) + "\n")
