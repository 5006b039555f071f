"""How old somebody is: what is known of it, since when, and how. Unknown is treated as a child."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from evenhand.rules.refusals import Refused
from evenhand.rules.words import words

OLDEST = 120
ADULT = 18
TOLD_WITHIN = 2
"""An age in years is recorded within so many years of the day on which it was known."""
RESPONSIBLE = 10
"""From this age on somebody can commit an offence. CYPA 1933 s.50."""


class AgeBasis(StrEnum):
    """How an age is known."""

    DOCUMENT = "document"
    STATED = "stated"
    ESTIMATED = "estimated"
    UNKNOWN = "unknown"


BASIS_WORDS: Mapping[AgeBasis, str] = {
    AgeBasis.DOCUMENT: words("From a document"),
    AgeBasis.STATED: words("Somebody said so"),
    AgeBasis.ESTIMATED: words("Estimated by the officer"),
    AgeBasis.UNKNOWN: words("Not known"),
}
"""What people call the bases."""


class AgeWrong(Refused):
    """An age is a birth date or a number that can be true, with how it is known and since when."""

    code = "E-AGE-76"
    clause = words("DPA 2018 s.38(1)–(2): accurate")


class UnderTen(Refused):
    """Nobody under ten is a suspect or convicted; they are kept only for their own welfare."""

    code = "E-CHD-73"
    clause = words("Children and Young Persons Act 1933 s.50")


@dataclass(frozen=True, slots=True, kw_only=True)
class Age:
    """What is known of an age: a birth date, or a whole number of years that was true ``as_at``."""

    basis: AgeBasis
    as_at: date
    birth_date: date | None = None
    value: int | None = None

    def youngest_on(self, day: date) -> int | None:
        """Give the youngest that they can have been on a day, in whole years; None: not known."""
        if self.birth_date is not None:
            return years_between(self.birth_date, day)
        if self.value is not None:
            return self.value + years_between(self.as_at, day)
        return None

    def in_years(self, day: date) -> "Age":
        """Give it without a birth date: the whole years on a day, or those that were told."""
        if self.birth_date is None:
            return self
        return Age(basis=self.basis, as_at=day, value=years_between(self.birth_date, day))

    def may_be_child(self, day: date) -> bool:
        """Say whether they were or may have been under 18 on a day."""
        # The cost of being wrong falls on the child.
        youngest = self.youngest_on(day)
        return youngest is None or youngest < ADULT

    def appears_under_ten(self, day: date) -> bool:
        """Say whether what is known puts them under ten on a day."""
        youngest = self.youngest_on(day)
        return youngest is not None and youngest < RESPONSIBLE


BANDS: Sequence[tuple[str, int]] = (
    ("0-9", 10),
    ("10-12", 13),
    ("13-15", 16),
    ("16-17", ADULT),
    ("18-24", 25),
    ("25-34", 35),
    ("35-49", 50),
    ("50-64", 65),
    ("65+", OLDEST + 1),
)
"""Ages as they are counted and published, each with the age at which the next band begins."""
UNKNOWN_AGE = "unknown"
NOT_KEPT = "not_kept"
"""Of records from before the band was kept."""
ALL_BANDS = (*(name for name, _end in BANDS), UNKNOWN_AGE, NOT_KEPT)
ALL_KNOWN = ("birth_date", "age", "unknown")
"""What may be known of an age."""


def band_of(years: int | None) -> str:
    """Give the band in which an age is counted."""
    if years is None:
        return UNKNOWN_AGE
    return next(name for name, end in BANDS if years < end or end > OLDEST)


def years_between(first: date, last: date) -> int:
    """Count the whole years from one day to another; negative where the other is earlier.

    Somebody born on 29 February is a year older on 1 March.
    """
    return last.year - first.year - ((last.month, last.day) < (first.month, first.day))


def stays_child(age: Age, first_day: date, *, was: bool) -> bool:
    """Say whether somebody is protected as a child, and ``was`` before their age was put right.

    A child on record grows up by a birth date, or by an age of 18 and over: never by the day alone
    on which a younger age was known. A74, A76.
    """
    told_as_child = age.value is not None and age.value < ADULT
    return age.may_be_child(first_day) or (was and told_as_child)


def faults_of_age(age: Age, *, recorded_on: date, today: date) -> Iterator[Refused]:
    """Name what makes an age impossible or dishonest. A76."""
    known = [it for it in (age.birth_date, age.value) if it is not None]
    if (age.basis is AgeBasis.UNKNOWN) != (not known):
        yield AgeWrong(
            words("The age and how it is known do not fit together."),
            do=words("Enter a birth date or an age, or say that it is not known."),
            at="age_basis",
        )
    if len(known) > 1:
        yield AgeWrong(
            words("There is a birth date and an age."),
            do=words("Enter the birth date only: the age follows from it."),
            at="age_value",
        )
    if age.as_at > today:
        yield AgeWrong(
            words("The day on which the age was known is in the future."),
            do=words("Enter the day on which it was true."),
            at="age_as_at",
        )
    yield from _faults_of_long_ago(age, recorded_on)
    if age.birth_date is not None and not _can_be_born(age.birth_date, today):
        yield AgeWrong(
            words("This birth date is in the future, or more than {most} years ago."),
            do=words("Check day, month and year."),
            at="birth_date",
            most=str(OLDEST),
        )
    if age.value is not None and not 0 <= age.value <= _oldest_told(age.as_at, today):
        yield AgeWrong(
            words("The age must be a whole number between 0 and {most}, up to today."),
            do=words("Check the number, and its day. Leave it empty if it is not known."),
            at="age_value",
            most=str(OLDEST),
        )


def _can_be_born(birth_date: date, today: date) -> bool:
    return birth_date <= today and years_between(birth_date, today) <= OLDEST


def _oldest_told(as_at: date, today: date) -> int:
    """Give the oldest that somebody can have been on a day, so as to be no older than that now."""
    return OLDEST - max(0, years_between(as_at, today))


def _faults_of_long_ago(age: Age, recorded_on: date) -> Iterator[Refused]:
    """Name an age that was known before they were born, or in years too long ago.

    Nobody knows how old somebody is now from a number of long ago: a slip in its year would make a
    child an adult. A birth date does not grow old.
    """
    if age.birth_date is not None and age.as_at < age.birth_date <= recorded_on:
        yield AgeWrong(
            words("The day on which the age was known is before the birth."),
            do=words("Check day, month and year of both."),
            at="age_as_at",
        )
    if age.birth_date is None and years_between(age.as_at, recorded_on) >= TOLD_WITHIN:
        yield AgeWrong(
            words("The day on which the age was known is {years} years before it is recorded."),
            do=words(
                "Check day, month and year. If it was so long ago, enter the birth date, or how old"
                " they look now, as an estimate."
            ),
            at="age_as_at",
            years=str(years_between(age.as_at, recorded_on)),
        )
