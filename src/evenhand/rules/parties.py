"""Joint controllers and processors: one on each line of their register, with a day that ends it."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from evenhand.rules.agreements import RecipientNotNamed
from evenhand.rules.refusals import Kind, Refused, raise_all
from evenhand.rules.texts import SHORT, says_nothing
from evenhand.rules.words import words

AT = "parties"
MARK = ";"
NOBODY = frozenset({"none", "none."})
"""What stands in a register of nobody."""
LEAST, MOST = 5, 6
MOST_PARTIES = 50


@dataclass(frozen=True, slots=True)
class Party:
    """A joint controller or a processor. ``others``: whom else it may employ; empty: nobody."""

    name: str
    contact: str
    does: str
    agreed_on: date
    until: date
    others: str = ""

    def in_date(self, today: date) -> bool:
        """Say whether the last day of its arrangement or contract is not over."""
        return today <= self.until


class PartyUnreadable(Refused):
    """A register names of each party the contact point, what it does, and from when until when."""

    code = "E-CTR-63"
    clause = words("DPA 2018 ss.58 and 59: arrangement and contract in writing")


class PartyLapsed(RecipientNotNamed):
    """Nothing goes to a joint controller or a processor whose arrangement or contract is over."""

    kind = Kind.CONFLICT


class PartyUnlisted(PartyLapsed):
    """To be taken off its register ends what a party gets: it opens no other door."""


def read_parties(text: str) -> Sequence[Party]:
    """Read a register. Raises PartyUnreadable, every wrong line at once."""
    lines = [(number, it) for number, it in enumerate(text.splitlines(), 1) if not says_nothing(it)]
    if not 1 <= len(lines) <= MOST_PARTIES:
        raise PartyUnreadable(
            words("The register names nobody, or more than {most}."),
            do=words("Write one on each line. If there is nobody, write: None"),
            at=AT,
            most=str(MOST_PARTIES),
        )
    if text.strip().casefold() in NOBODY:
        return ()
    found: list[Party] = []
    faults: list[Refused] = []
    for number, line in lines:
        try:
            found.append(_party(number, line))
        except Refused as refused:
            faults.append(refused)
    raise_all(faults)
    return found


def lapsed(parties: Collection[Party], *, today: date) -> Sequence[Party]:
    """Name those whose arrangement or contract is over."""
    return [it for it in parties if not it.in_date(today)]


def check_in_force(
    organisation: str, parties: Collection[Party], *, earlier: Collection[Party], today: date
) -> None:
    """Refuse to give anything to a party whose every line is over, or that is listed no more.

    ``parties`` stand on a register now; ``earlier`` stood on one while the agreement under which it
    would leave was in force. Who is taken off has to get an agreement of its own, and so have two
    people say that it is no party any more.
    """
    name = folded(organisation)
    lines = [it for it in parties if folded(it.name) == name]
    if not lines and any(folded(it.name) == name for it in earlier):
        raise PartyUnlisted(
            words("{name} was taken off the register of joint controllers or processors."),
            do=words(
                "Ask the agreement owner to write the register anew, or where it is neither any"
                " more, to have a new agreement signed."
            ),
            at="agreement",
            name=organisation,
        )
    if lines and not any(it.in_date(today) for it in lines):
        raise PartyLapsed(
            words("The arrangement or contract with {name} ended on {day}."),
            do=words("Ask the agreement owner to renew it, and to write the register anew."),
            at="agreement",
            name=organisation,
            day=max(it.until for it in lines).isoformat(),
        )


def _party(number: int, line: str) -> Party:
    parts = [it.strip() for it in line.split(MARK)]
    if not LEAST <= len(parts) <= MOST or any(says_nothing(it) for it in parts[:LEAST]):
        raise _wrong(
            words("Line {number} does not say all that a register says of a party."),
            words("Write: organisation; contact point; what it does; from; until"),
            number,
        )
    if any(len(it) > SHORT for it in parts):
        raise _wrong(
            words("A part of line {number} is too long."),
            words("Use at most {most} characters for each part."),
            number,
        )
    name, contact, does, *rest = parts
    agreed_on, until = _days(number, rest[:2])
    return Party(name, contact, does, agreed_on, until, *rest[2:])


def _days(number: int, texts: Sequence[str]) -> Iterator[date]:
    try:
        agreed_on, until = (date.fromisoformat(it) for it in texts)
    except ValueError as error:
        raise _wrong(
            words("A day of line {number} cannot be read."),
            words("Write days as 2027-03-31: the day of the agreement, then its last day."),
            number,
        ) from error
    if until < agreed_on:
        raise _wrong(
            words("Line {number} ends before it begins."),
            words("Write the day of the agreement first, then its last day."),
            number,
        )
    return iter((agreed_on, until))


def _wrong(sentence: str, do: str, number: int) -> PartyUnreadable:
    return PartyUnreadable(sentence, do=do, at=AT, number=str(number), most=str(SHORT))


def folded(name: str) -> str:
    """Give a name as it is compared: without case, and with single spaces."""
    return " ".join(name.split()).casefold()
