"""Agreements under which data about a person may leave: with whom, what, and until when."""

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from uuid import UUID

from evenhand.rules.notices import CONTACT
from evenhand.rules.people_roles import PersonRole
from evenhand.rules.refusals import Kind, Refused, raise_all
from evenhand.rules.texts import LONG, SHORT, says_no_word, says_nothing
from evenhand.rules.words import words

LONGEST = timedelta(days=366)
"""An agreement, and leave for a closed kind of recipient, are looked at again within 12 months."""
MOST_PEOPLE = 20
LONGEST_KEPT_DAYS = 366
MOST_RECALL_DAYS = 20
LOCK = re.compile(r"age1[02-9ac-hj-np-z]{58}")
"""The public key of an age recipient, as the published format writes one."""
COUNTRY = re.compile(r"[A-Z]{2}")


class Field(StrEnum):
    """Everything that an agreement may let leave, beside the role, which always goes with it."""

    NAME = "name"
    BIRTH_DATE = "birth_date"
    AGE = "age"
    CONTACT = "contact"
    OFFENCE = "offence"
    GROUNDS = "grounds"
    WELFARE = "welfare"
    FACTS = "facts"
    ASSESSMENTS = "assessments"
    REFERRAL = "referral"
    CONTENT = "content"


PACKED = frozenset(Field) - {Field.CONTENT}
"""What a package about a person may hold. The content leaves with an export of its referral."""


class RecipientKind(StrEnum):
    """What kind of body a recipient is. Five kinds are closed until somebody opens them."""

    POLICE = "police"
    PROSECUTOR = "prosecutor"
    SAFEGUARDING = "safeguarding"
    PROBATION = "probation"
    PRISON = "prison"
    HOUSING = "housing"
    EDUCATION = "education"
    EMPLOYER = "employer"
    IMMIGRATION = "immigration"
    COUNCIL = "council"


CLOSED = frozenset(
    {
        RecipientKind.HOUSING,
        RecipientKind.EDUCATION,
        RecipientKind.EMPLOYER,
        RecipientKind.IMMIGRATION,
        RecipientKind.COUNCIL,
    }
)
"""Kinds that get nothing until one is opened by law, and never anything about a child."""


class Transfer(StrEnum):
    """On what a transfer abroad rests; at home there is none."""

    AT_HOME = "at_home"
    APPROVED = "approved"
    SAFEGUARDS = "safeguards"
    SPECIAL = "special_circumstances"


class NoAgreement(Refused):
    """Nothing leaves without an agreement in date, and only its fields, roles and people."""

    code = "E-SHR-63"
    clause = words("DPA 2018 ss.34(3), 38 and 56; regulators’ guidance on sharing agreements")
    kind = Kind.CONFLICT


class AgreementWrong(Refused):
    """An agreement says with whom, for what, what may leave, for how long, and until when."""

    code = "E-SHR-64"
    clause = words("DPA 2018 ss.34(3) and 56; regulators’ guidance on sharing agreements")


class AgreementStands(Refused):
    """What is signed, approved or ended stands so that it can be, and was read in this version."""

    code = "E-SHR-67"
    kind = Kind.CONFLICT


class RecipientClosed(Refused):
    """Housing, education, employers, immigration and councils get nothing unless a law opens it."""

    code = "E-PUR-09"
    clause = words("DPA 2018 s.36(4): no other use unless authorised by law")
    kind = Kind.FORBIDDEN


class EnactmentMissing(RecipientClosed):
    """A closed kind of recipient is opened only under a law that is named."""

    kind = Kind.INVALID


class TransferUnfounded(Refused):
    """What goes abroad rests on a stated basis for the transfer."""

    code = "E-TRF-68"
    clause = words("DPA 2018 s.73: transfers to other countries")


class RecipientNotNamed(Refused):
    """What leaves goes to a person whom the agreement names."""

    code = "E-CTR-62"
    clause = words("DPA 2018 ss.58 to 60 and 62(3): who the recipients are")


@dataclass(frozen=True, slots=True)
class NamedPerson:
    """Somebody at the recipient to whom packages are addressed, by an id that stays."""

    ref: UUID
    name: str
    email: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """What one version of an agreement says.

    ``country`` is a code of ISO 3166-1; ``lock`` the recipient's public age key, or empty where
    packages are printed; ``keep_days`` how long the recipient may keep a package; ``recall_days``
    within how many working days it must confirm a recall.
    """

    organisation: str
    kind: RecipientKind
    country: str
    transfer: Transfer
    people: tuple[NamedPerson, ...]
    lock: str
    purpose: str
    enactment: str
    guidance: str
    fields: frozenset[Field]
    roles: frozenset[PersonRole]
    keep_days: int
    recall_days: int
    review_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreement:
    """A version of an agreement, as the rules see one."""

    reference: str
    number: int
    terms: Terms
    signed: bool
    over: bool

    def in_date(self, today: date) -> bool:
        """Say whether it is signed, neither replaced nor ended, and not past its review."""
        return self.signed and not self.over and self.terms.review_on >= today


@dataclass(frozen=True, slots=True)
class Opened:
    """Leave for a closed kind of recipient under a named enactment."""

    kind: RecipientKind
    approved: bool
    ended: bool
    expires_on: date

    def in_date(self, today: date) -> bool:
        """Say whether it was approved, is not ended, and has not expired."""
        return self.approved and not self.ended and self.expires_on >= today


def check_terms(terms: Terms, *, home: str, today: date) -> None:
    """Refuse terms that leave something open, every fault at once. ``home``: the desk's country."""
    raise_all([*_who(terms), *_where(terms, home), *_what(terms), *_how_long(terms, today)])


def check_opening(kind: RecipientKind, enactment: str, expires_on: date, *, today: date) -> None:
    """Refuse to open a kind that is not closed, without a named law, or for more than a year."""
    if kind not in CLOSED:
        raise AgreementWrong(
            words("This kind of recipient is not closed."),
            do=words("Propose an agreement with the organisation."),
            at="kind",
        )
    if says_nothing(enactment) or len(enactment) > SHORT:
        raise EnactmentMissing(
            words("No enactment is named that authorises it."),
            do=words("Name the Act and section, in at most {most} characters."),
            at="enactment",
            most=str(SHORT),
        )
    raise_all(_day(expires_on, today, at="expires_on"))


def check_in_date(agreement: Agreement | None, *, today: date) -> Agreement:
    """Refuse to share without an agreement in date; give it."""
    if agreement is None or not agreement.in_date(today):
        raise NoAgreement(
            words("There is no agreement in date for this."),
            do=words("Ask the agreement owner. Until it is signed and in date nothing leaves."),
            at="agreement",
        )
    return agreement


def check_open(
    kind: RecipientKind, opened: Collection[Opened], *, child: bool, today: date
) -> None:
    """Refuse a closed kind of recipient that no law has opened, and any of them for a child."""
    if kind not in CLOSED:
        return
    if child:
        raise RecipientClosed(
            words("Data about a person under 18 never goes to this kind of recipient."),
            do=words("Speak to the data protection officer about what protects the child instead."),
            at="agreement",
        )
    if not any(it.kind is kind and it.in_date(today) for it in opened):
        raise RecipientClosed(
            words("This kind of recipient is closed."),
            do=words(
                "It is opened only by a named enactment, with the data protection officer’s"
                " approval, until a date."
            ),
            at="agreement",
        )


def named(terms: Terms, ref: UUID) -> NamedPerson:
    """Give the person at the recipient. Raises RecipientNotNamed."""
    found = next((it for it in terms.people if it.ref == ref), None)
    if found is None:
        raise RecipientNotNamed(
            words("The agreement does not name this person."),
            do=words("Choose somebody whom it names, or ask for a new version of it."),
            at="recipient",
        )
    return found


def _who(terms: Terms) -> Iterator[Refused]:
    needed: Mapping[str, tuple[str, int]] = {
        "organisation": (terms.organisation, SHORT),
        "purpose": (terms.purpose, LONG),
        "enactment": (terms.enactment, SHORT),
        "guidance": (terms.guidance, LONG),
    }
    for at, (text, most) in needed.items():
        if says_no_word(text) or len(text) > most:
            yield _wrong(
                words("This is empty, has no words or is too long."),
                words("Answer in own words, with at most {most} characters."),
                at=at,
                most=f"{most:,}",
            )
    if not 1 <= len(terms.people) <= MOST_PEOPLE or any(
        says_nothing(it.name) or len(it.name) > SHORT for it in terms.people
    ):
        yield _wrong(
            words("An agreement names between 1 and {most} people at the recipient."),
            words("Write one person on each line."),
            at="people",
            most=str(MOST_PEOPLE),
        )
    if any(it.email and not CONTACT.fullmatch(it.email) for it in terms.people):
        yield _wrong(
            words("An address of a person is not an e-mail address."),
            words("Write name, comma, address: such as Kim Lee, kim@force.example."),
            at="people",
        )
    if terms.lock and not LOCK.fullmatch(terms.lock):
        yield _wrong(
            words("This is not a public key of age."),
            words("It begins with age1. Leave it empty where packages are printed."),
            at="lock",
        )


def _where(terms: Terms, home: str) -> Iterator[Refused]:
    if not COUNTRY.fullmatch(terms.country):
        yield _wrong(
            words("The country is not a code of two capital letters."),
            words("Write GB, IE or FR, as in ISO 3166-1."),
            at="country",
        )
    elif (terms.country == home) != (terms.transfer is Transfer.AT_HOME):
        yield TransferUnfounded(
            words("The basis of the transfer does not fit the country."),
            do=words("Abroad name what the transfer rests on; at home there is no transfer."),
            at="transfer",
        )


def _what(terms: Terms) -> Iterator[Refused]:
    for at, chosen in (("fields", len(terms.fields)), ("roles", len(terms.roles))):
        if not chosen:
            yield _wrong(words("Nothing is chosen."), words("Choose at least one."), at=at)


def _how_long(terms: Terms, today: date) -> Iterator[Refused]:
    limits = (
        ("keep_days", terms.keep_days, LONGEST_KEPT_DAYS),
        ("recall_days", terms.recall_days, MOST_RECALL_DAYS),
    )
    for at, days, most in limits:
        if not 1 <= days <= most:
            yield _wrong(
                words("The number of days is from 1 to {most}."),
                words("Enter such a number."),
                at=at,
                most=str(most),
            )
    yield from _day(terms.review_on, today, at="review_on")


def _day(day: date, today: date, *, at: str) -> Iterator[Refused]:
    if not today < day <= today + LONGEST:
        yield _wrong(
            words("The date must be after today and within 12 months."),
            words("Enter a date within the next 12 months."),
            at=at,
        )


def _wrong(sentence: str, do: str, *, at: str, **values: str) -> AgreementWrong:
    return AgreementWrong(sentence, do=do, at=at, **values)
