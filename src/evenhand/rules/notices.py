"""What may be sent to a platform, and when a platform is reminded."""

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from evenhand.rules.clocks import CHASED, Clocks, Standing, chase_due_at
from evenhand.rules.referrals import Referral, State, as_it_stands
from evenhand.rules.refusals import Kind, Refused
from evenhand.rules.texts import says_nothing
from evenhand.rules.words import words

PLATFORM = re.compile(r"[a-z0-9_][a-z0-9_.-]{0,252}|\[[0-9a-f:.]{2,45}\]")
CONTACT = re.compile(
    r"(?=.{3,254}\Z)[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}"
    r"@[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?(?:\.[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?)+"
)
"""An e-mail address as HTML defines one: plain letters only, so it fits every mail server."""
FORM_ADDRESS = re.compile(r"https://[A-Za-z0-9.-]{1,253}(:[0-9]{1,5})?(/[!-~]{0,2000})?")
"""A form's web address, in plain letters: people copy it, compare it and sign it off."""
ANY_OTHER_SITE = "other"
"""The platform code of a sign-off that covers sites without a sign-off of their own."""


class Transport(StrEnum):
    """A way to reach a platform."""

    EMAIL = "email"
    PORTAL = "portal"


class NoticeKind(StrEnum):
    """What a message to a platform is. A proof follows one that went out without."""

    REFERRAL = "referral"
    CHASE = "chase"
    PROOF = "proof"
    WITHDRAWAL = "withdrawal"


class Delivery(StrEnum):
    """What became of a message. Accepted: the platform's mail server took it."""

    QUEUED = "queued"
    ACCEPTED = "accepted"
    FAILED = "failed"


class NotSignedOff(Refused):
    """Nothing is sent to a platform without the data protection officer's current sign-off."""

    code = "E-TRF-69"
    clause = words("DPA 2018 ss.73, 75, 76 and 77; decision 2 of the catalogue")
    kind = Kind.CONFLICT


class TransportUnknown(Refused):
    """A notice goes by a channel that the platform's sign-off names."""

    code = "E-SEND-01"
    clause = words("Decision 2 of the catalogue")


class AlreadyInThePost(Refused):
    """A referral that is being sent is not sent a second time."""

    code = "E-SEND-02"
    kind = Kind.CONFLICT


class SignOffWrong(Refused):
    """A sign-off says on what basis, to which address, and when it is looked at again."""

    code = "E-TRF-70"
    clause = words("DPA 2018 s.75(3); decision 2 of the catalogue")


class NoChaseYet(Refused):
    """A platform gets the time that the desk's profile names before it is reminded."""

    code = "E-SEND-03"
    kind = Kind.CONFLICT


class NothingToTell(Refused):
    """A platform is told once that a referral is withdrawn, and only if the referral reached it."""

    code = "E-SEND-04"
    clause = words("CPA 2026 s.21(6); rule of this desk: what was asked in error is taken back")
    verified = False
    kind = Kind.CONFLICT


@dataclass(frozen=True, slots=True)
class SignOff:
    """The data protection officer's leave to send to one platform, until ``review_on``."""

    platform: str
    transport: Transport
    contact: str
    review_on: date


def check_may_send(
    referral: Referral, sign_off: SignOff | None, transport: str, *, today: date
) -> SignOff:
    """Refuse to send without approval, current sign-off or known channel; give the sign-off."""
    if referral.in_the_post:
        raise AlreadyInThePost(
            words("This referral is being sent already."),
            do=words("Wait for the platform’s mail server to accept it."),
        )
    if referral.state not in {State.APPROVED, State.UNDELIVERABLE}:
        raise as_it_stands(referral)
    return check_signed_off(referral.platform, sign_off, transport, today=today)


def check_signed_off(
    platform: str, sign_off: SignOff | None, transport: str, *, today: date
) -> SignOff:
    """Refuse a channel to a platform that the data protection officer has not signed off."""
    if sign_off is None or sign_off.review_on < today:
        raise NotSignedOff(
            words("Sending to {platform} is not signed off, or the sign-off is past its review."),
            do=words("Ask the data protection officer to look at the platform’s sign-off."),
            platform=platform,
        )
    if transport != sign_off.transport:
        raise TransportUnknown(
            words("{platform} does not take notices by “{transport}”."),
            do=words("Use {channel}."),
            at="transport",
            platform=platform,
            transport=transport[:40],
            channel=sign_off.transport,
        )
    return sign_off


def check_goes_by_mail(sign_off: SignOff) -> None:
    """Refuse to have the worker send what a person fills into a form."""
    if sign_off.transport is not Transport.EMAIL:
        raise TransportUnknown(
            words("A form is filled in and sent by a person."),
            do=words("Copy the fields of the sheet into the form, then record what you sent."),
            at="transport",
        )


def check_sign_off(
    platform: str,
    transport: Transport,
    contact: str,
    basis: str,
    review_on: date,
    *,
    today: date,
) -> None:
    """Refuse a sign-off without a platform, an address, a basis, or a review within a year."""
    if not PLATFORM.fullmatch(platform):
        raise SignOffWrong(
            words("This is not a platform’s code or host name."),
            do=words("Use a code of the list, or a host name such as videos.example."),
            at="platform",
        )
    if says_nothing(basis):
        raise SignOffWrong(
            words("The legal basis is empty."), do=words("Say on what basis."), at="basis"
        )
    _check_contact(platform, transport, contact)
    if not today < review_on <= today + timedelta(days=366):
        raise SignOffWrong(
            words("The review date must be within a year from now."),
            do=words("Enter a date within the next 12 months."),
            at="review_on",
        )


def _check_contact(platform: str, transport: Transport, contact: str) -> None:
    """Refuse an address that the channel cannot use."""
    if transport is Transport.EMAIL and not CONTACT.fullmatch(
        contact_at(contact, "platform.example")
    ):
        raise SignOffWrong(
            words("The platform’s contact is not an e-mail address."),
            do=words("Enter an address such as reports@platform.example."),
            at="contact",
        )
    if transport is Transport.PORTAL and not FORM_ADDRESS.fullmatch(contact):
        raise SignOffWrong(
            words("The form’s address is not a web address that begins with https://."),
            do=words("Copy it from the browser’s address bar."),
            at="contact",
        )
    if transport is Transport.PORTAL and platform == ANY_OTHER_SITE:
        raise SignOffWrong(
            words("Sites without a sign-off of their own share no form."),
            do=words("Add the site as a platform with its form, and sign that off."),
            at="transport",
        )


def check_may_tell_withdrawal(referral: Referral) -> None:
    """Refuse to tell a platform of a withdrawal that it knows of, or that is none of its own."""
    if not referral.withdrawal_owed:
        raise NothingToTell(
            words("The platform does not wait to be told that {reference} is withdrawn."),
            do=words("Look at what was sent on the referral’s page."),
            reference=referral.reference,
        )
    if referral.in_the_post:
        raise AlreadyInThePost(
            words("A message about this referral is being sent already."),
            do=words("Wait for the platform’s mail server to accept it."),
        )


def is_in_force(sign_off: SignOff | None, *, today: date) -> bool:
    """Say whether there is leave to send on this day."""
    return sign_off is not None and sign_off.review_on >= today


def contact_at(contact: str, platform: str) -> str:
    """Give the address to write to; one for any other site has ``{platform}`` in its place."""
    return contact.replace("{platform}", platform)


def is_silent(standing: Standing, clocks: Clocks, *, now: datetime) -> bool:
    """Say whether the platform has let every chase pass without a decision."""
    chased = standing.chases >= clocks.desk.chases_before_silence
    return chased and now >= chase_due_at(standing, clocks)


def check_may_chase(
    referral: Referral, standing: Standing, clocks: Clocks, *, now: datetime
) -> None:
    """Refuse a reminder that comes too early, under challenge, or once the platform has decided."""
    if referral.state not in CHASED:
        raise as_it_stands(referral)
    if referral.in_the_post:
        raise AlreadyInThePost(
            words("A message about this referral is being sent already."),
            do=words("Wait for the platform’s mail server to accept it."),
        )
    if now < chase_due_at(standing, clocks):
        raise NoChaseYet(
            words("It is too early to remind the platform."),
            do=words("Wait until the day shown on the referral."),
        )
