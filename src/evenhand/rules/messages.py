"""What a notice to a platform says. It asks, with reasons; it never orders."""

from dataclasses import dataclass
from datetime import datetime

from evenhand.rules.assessments import Ground
from evenhand.rules.harms import Harm
from evenhand.rules.words import words

BONA_FIDE = words(
    "We believe in good faith that the information and statements in this notice are accurate"
    " and complete."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeFacts:
    """What a notice is made from: only what the platform needs. No data about a person.

    ``observed_at`` is in the desk's own time zone. At ``answer_at`` the platform can answer without
    an account, until a moment.
    """

    reference: str
    desk: str
    contact: str
    url: str
    harm: Harm
    ground: Ground
    provision: str
    provision_why: str
    policy_clause: str
    policy_version: str
    policy_why: str
    evidence: str
    observed_at: datetime
    answer_at: str
    answer_until: datetime

    @property
    def observed(self) -> str:
        """Say when an officer saw the content."""
        return f"{self.observed_at:%d %B %Y, %H:%M %Z}"


@dataclass(frozen=True, slots=True)
class Message:
    """A message in plain text."""

    subject: str
    body: str


def referral_message(facts: NoticeFacts) -> Message:
    """Write the referral of one address: what, where, on which ground, why, and what we ask."""
    parts = [
        words("We ask you to review the content at this address:"),
        f"    {facts.url}",
        f"{words('Our reference:')} {facts.reference}",
        *_reasons(facts),
        words("Please answer this e-mail with your decision and your reasons."),
        answer_here(facts),
        f"{facts.desk}\n{facts.contact}",
    ]
    return Message(subject=_subject(facts.reference), body="\n\n".join(parts) + "\n")


def explanation(facts: NoticeFacts) -> str:
    """Write the reasons as one text for a platform's form, which asks for the address itself."""
    parts = [
        words("We ask you to review this content."),
        *_reasons(facts),
        words("Please tell us your decision and your reasons."),
        answer_here(facts),
    ]
    return "\n\n".join(parts)


def answer_here(facts: NoticeFacts) -> str:
    """Say where the platform can answer without an account, until when, and who else could."""
    lead = words(
        "You can also answer here, without an account. Pass this link only to whoever answers for"
        " you."
    )
    return (
        f"{lead}\n    {facts.answer_at}\n{words('It works until:')} {facts.answer_until:%d %B %Y}"
    )


def chase_explanation(facts: NoticeFacts, *, first_sent_at: datetime, number: int) -> str:
    """Write a reminder as one text for a platform's form."""
    parts = [
        words("We have no answer yet about this content."),
        *_reminder(facts, first_sent_at=first_sent_at, number=number),
    ]
    return "\n\n".join(parts)


def _reasons(facts: NoticeFacts) -> list[str]:
    parts = [
        f"{words('What it is about:')} {facts.harm.title}",
        f"{words('Seen by us:')} {facts.observed}",
        f"{words('What in the content shows this:')}\n{facts.evidence}",
    ]
    if facts.ground in {Ground.ILLEGAL, Ground.BOTH}:
        parts += [
            f"{words('We believe it is against the law:')}\n{facts.provision}",
            f"{words('Why:')}\n{facts.provision_why}",
        ]
    if facts.ground in {Ground.TERMS, Ground.BOTH}:
        parts += [
            f"{words('We believe it is against your terms:')}\n{facts.policy_clause}",
            f"{words('Version or date of your terms:')} {facts.policy_version}",
            f"{words('Why:')}\n{facts.policy_why}",
        ]
    if facts.ground is Ground.TERMS:
        parts.append(words("We do not say that it is against the law."))
    return [
        *parts,
        words("This is a request, not an order. The decision is yours."),
        words("A person found and assessed this content. A second person approved this notice."),
        BONA_FIDE,
    ]


def chase_message(facts: NoticeFacts, *, first_sent_at: datetime, number: int) -> Message:
    """Write a reminder about a referral that the platform has not answered."""
    parts = [
        words("We have no answer yet about the content at this address:"),
        f"    {facts.url}",
        *_reminder(facts, first_sent_at=first_sent_at, number=number),
        f"{facts.desk}\n{facts.contact}",
    ]
    return Message(subject=_subject(facts.reference), body="\n\n".join(parts) + "\n")


def _reminder(facts: NoticeFacts, *, first_sent_at: datetime, number: int) -> list[str]:
    return [
        f"{words('Our reference:')} {facts.reference}",
        f"{words('First sent on:')} {first_sent_at:%d %B %Y}",
        f"{words('Reminder number:')} {number}",
        words("Please tell us your decision and your reasons. The decision is yours."),
        answer_here(facts),
    ]


def weapons_reminder(facts: NoticeFacts, *, given_at: datetime, number: int) -> Message:
    """Write a reminder of a content removal notice: nobody has confirmed in its time."""
    parts = [
        words("You have not confirmed to us that you removed the content at this address:"),
        f"    {facts.url}",
        f"{words('Our reference:')} {facts.reference}",
        f"{words('The content removal notice was given on:')} {given_at:%d %B %Y, %H:%M %Z}",
        words("The 48 hours of section 21 of the Crime and Policing Act 2026 are over."),
        f"{words('Reminder number:')} {number}",
        words("Please tell us what you did, and when, or why you did not."),
        answer_here(facts),
        f"{facts.desk}\n{facts.contact}",
    ]
    return Message(subject=weapons_subject(facts.reference), body="\n\n".join(parts) + "\n")


def withdrawal_message(facts: NoticeFacts, *, sent_at: datetime, is_order: bool = False) -> Message:
    """Take back what was sent: the platform is asked to undo what it did because of us."""
    parts = [
        withdrawn_at(is_order=is_order),
        f"    {facts.url}",
        *_taking_back(facts, sent_at=sent_at),
        f"{facts.desk}\n{facts.contact}",
    ]
    subject = f"[{facts.reference}] {words('We withdraw our earlier request')}"
    return Message(subject=subject, body="\n\n".join(parts) + "\n")


def withdrawal_explanation(facts: NoticeFacts, *, sent_at: datetime) -> str:
    """Take back what was sent, as one text for a platform's form."""
    lead = words("We withdraw what we asked you about this content.")
    return "\n\n".join([lead, *_taking_back(facts, sent_at=sent_at)])


def withdrawn_at(*, is_order: bool) -> str:
    """Say what is withdrawn. An order is: CPA 2026 s.21(6), which is not verified."""
    if is_order:
        return words("We withdraw the content removal notice about the content at this address:")
    return words("We withdraw what we asked you about the content at this address:")


def _taking_back(facts: NoticeFacts, *, sent_at: datetime) -> list[str]:
    return [
        f"{words('Our reference:')} {facts.reference}",
        f"{words('Sent to you on:')} {sent_at:%d %B %Y}",
        words(
            "Please treat it as never made. If you restricted the content or the account because"
            " of it, please put it back, and tell whoever posted it that we withdrew."
        ),
        words("Whether your own terms or the law give you another reason is for you to decide."),
        words("Please answer this message when you have done so."),
    ]


def weapons_subject(reference: str) -> str:
    """Head what is sent about a content removal notice."""
    return f"[{reference}] {words('Content removal notice')}"


def note_message(reference: str, *, desk: str, link: str) -> Message:
    """Tell an officer that a colleague wrote a note, and nothing of what it says."""
    parts = [
        words("A colleague wrote a note for you on a referral."),
        f"{words('Reference:')} {reference}",
        f"{words('Sign in to read it:')}\n    {link}",
        desk,
    ]
    subject = f"[{reference}] {words('There is a note for you')}"
    return Message(subject=subject, body="\n\n".join(parts) + "\n")


def proof_encloses(log: str) -> str:
    """Say what comes with a message; ``log`` is where the desk's log is published."""
    return "\n\n".join(
        [
            words(
                "The file receipt.tlog-proof comes with this message. It proves that this message"
                " was asked for in our log, and that independent witnesses have cosigned the log."
                " Keep it: we cannot take it back."
            ),
            f"{words('Our log, and how to check the file:')}\n    {log}",
        ]
    )


def proof_follows(log: str) -> str:
    """Say that a message goes out before witnesses had cosigned, and that its proof follows."""
    return "\n\n".join(
        [
            words(
                "This message is not witnessed yet: no independent witnesses have cosigned that"
                " it is in our log. The proof follows in a message of its own."
            ),
            f"{words('Our log:')}\n    {log}",
        ]
    )


def proof_message(reference: str, *, sent_at: datetime, desk: str, contact: str) -> Message:
    """Write the message that brings the proof of an earlier one. It asks for nothing."""
    parts = [
        words("This is the proof that we said would follow our earlier message."),
        f"{words('Our reference:')} {reference}",
        f"{words('The earlier message was sent on:')} {sent_at:%d %B %Y, %H:%M %Z}",
        words("You do not need to answer this message. It asks for nothing new."),
        f"{desk}\n{contact}",
    ]
    subject = f"[{reference}] {words('Proof of our earlier message')}"
    return Message(subject=subject, body="\n\n".join(parts) + "\n")


def _subject(reference: str) -> str:
    return f"[{reference}] {words('Request to review content')}"
