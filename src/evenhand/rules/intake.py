"""What may be logged at all: public content, seen by a named person, told in their own words."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum

from evenhand.rules.refusals import Kind, Refused, raise_all
from evenhand.rules.texts import LONG, check_given, check_text
from evenhand.rules.words import words

MOST_ADDRESSES = 50
SKEW = timedelta(minutes=5)
EARLIEST = datetime(1991, 8, 6, tzinfo=UTC)
SCRIPT = (
    "arab|armn|beng|cans|cyrl|deva|ethi|geor|grek|gujr|guru|hans|hant|hebr|jpan|khmr|knda|kore"
    "|laoo|latn|mlym|mymr|orya|sinh|taml|telu|thaa|thai|tibt|tfng"
)
LANGUAGE = re.compile(rf"[a-z]{{2,3}}(-({SCRIPT}))?(-([a-z]{{2}}|[0-9]{{3}}))?", re.IGNORECASE)
"""Language, script and region, as far as content has them; a code is not a place for words."""
PURPOSE = "PREVENT_HARM_BY_REMOVAL"
"""The one purpose a referral can have (DPA 2018 s.36; A07). It is a constant, not a choice."""


class Source(StrEnum):
    """How the desk came to know of the content."""

    OFFICER_FOUND = "officer_found"
    PUBLIC_REPORT = "public_report"
    VICTIM_OR_FAMILY = "victim_or_family"
    OTHER_BODY = "other_body"
    SCHOOL_OR_YOUTH_SERVICE = "school_or_youth_service"
    COURT = "court"


class ContentType(StrEnum):
    """The form of the content, as the DSA Transparency Database names it. Never a genre."""

    APP = "app"
    AUDIO = "audio"
    IMAGE = "image"
    PRODUCT = "product"
    SYNTHETIC_MEDIA = "synthetic_media"
    TEXT = "text"
    VIDEO = "video"
    OTHER = "other"


class NotPublic(Refused):
    """Only content that anyone can see, with no log-in, follow or invitation, is ever recorded."""

    code = "E-PRIV-72"
    clause = words("RIPA 2000 ss.26 and 48; public content only")
    verified = False


class SameContent(Refused):
    """Content that this desk has already is linked as a duplicate or continued for a reason."""

    code = "E-SAME-01"
    clause = words("DPA 2018 s.37: not excessive")
    kind = Kind.CONFLICT


class RepeatedInBatch(Refused):
    """Of several addresses logged in one go, each leads to another content."""

    code = "E-SAME-02"
    clause = words("DPA 2018 s.37: not excessive")
    kind = Kind.CONFLICT


class NotYetSeen(Refused):
    """Content is logged after a person has seen it."""

    code = "E-SEEN-01"
    clause = words("DPA 2018 s.38(1): accurate")


class LanguageUnknown(Refused):
    """The language of content is a language code, such as en or pt-BR."""

    code = "E-LANG-01"
    clause = words("BCP 47 (RFC 5646): language, script, region")


class TooManyAddresses(Refused):
    """Addresses are logged by hand, a limited number at a time."""

    code = "E-MANY-01"
    clause = words("DPA 2018 s.37: not excessive")


@dataclass(frozen=True, slots=True)
class Intake:
    """What an officer says of one address when logging it."""

    source: Source
    source_detail: str
    public_without_login: bool
    observed_at: datetime
    content_type: ContentType
    language: str
    description: str


def check_public(public_without_login: bool) -> None:
    """Refuse content that is not open to everyone. Only the refusal is counted. A72; RIPA 2000."""
    if not public_without_login:
        raise NotPublic(
            words("This content is not public, so nothing about it may be recorded here."),
            do=words("Speak to your authorising officer. Only a count of this refusal was kept."),
            at="public_without_login",
        )


def check_intake(intake: Intake, *, now: datetime) -> None:
    """Refuse an incomplete or impossible intake, every fault at once."""
    check_public(intake.public_without_login)
    raise_all(_faults(intake, now))


def check_number_of_addresses(count: int) -> None:
    """Refuse more addresses at a time than a person looks at one by one."""
    if count > MOST_ADDRESSES:
        raise TooManyAddresses(
            words("You pasted {count} addresses. The most is {most} at a time."),
            do=words("Log them in smaller groups, each looked at by you."),
            at="url",
            count=str(count),
            most=str(MOST_ADDRESSES),
        )


def check_not_repeated(number: int, first: int) -> None:
    """Refuse an address whose content an earlier address of the same batch has: ``first``."""
    if first != number:
        raise RepeatedInBatch(
            words("This repeats address {first} of this list: it is the same content."),
            do=words(
                "Leave it out, or correct it. Address {first} is not affected. If it shows "
                "something else, log it by itself afterwards."
            ),
            at="url",
            first=str(first),
        )


def _faults(intake: Intake, now: datetime) -> Iterator[Refused]:
    for text, at, needed, most in (
        (intake.description, "description", True, LONG),
        (intake.source_detail, "source_detail", False, LONG),
    ):
        try:
            (check_given if needed else check_text)(text, at=at, most=most)
        except Refused as refused:
            yield refused
    if not LANGUAGE.fullmatch(intake.language):
        yield LanguageUnknown(
            words("This is not a language code."),
            do=words("Enter a code such as en, cy or pt-BR. Enter und if you do not know."),
            at="language",
        )
    if intake.observed_at > now + SKEW:
        yield NotYetSeen(
            words("The time you saw it is in the future."),
            do=words("Enter the time you looked at it."),
            at="observed_at",
        )
    if intake.observed_at < EARLIEST:
        yield NotYetSeen(
            words("The time you saw it is before there was a web."),
            do=words("Enter the time you looked at it."),
            at="observed_at",
        )
