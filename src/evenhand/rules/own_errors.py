"""The desk's own error rate: what platforms declined because of how the desk had asked.

DSA Article 22(6): a trusted flagger that submits too many insufficiently precise, inaccurate or
inadequately substantiated notices loses that status. Every desk should know it of itself.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from evenhand.rules.answers import Outcome, WhyDeclined
from evenhand.rules.assessments import Ground


class OwnError(StrEnum):
    """A way in which a notice turns out to have been wrong, as the platform sees it."""

    WRONG = WhyDeclined.WRONG
    IMPRECISE = WhyDeclined.IMPRECISE
    DUPLICATE = WhyDeclined.DUPLICATE
    ALREADY_GONE = Outcome.ALREADY_GONE


@dataclass(frozen=True, slots=True)
class Parts:
    """What tells one count of decisions from the next."""

    platform: str
    ground: Ground
    outcome: Outcome
    why: WhyDeclined | None = None

    def __str__(self) -> str:
        """Write the parts as they are kept."""
        return "/".join([self.platform, self.ground, self.outcome, self.why or ""])

    @property
    def error(self) -> OwnError | None:
        """Say whether the decision shows an error of the desk's own, and which."""
        if self.outcome is Outcome.ALREADY_GONE:
            return OwnError.ALREADY_GONE
        if self.why in {None, WhyDeclined.NOT_SAID}:
            return None
        return OwnError(str(self.why))


@dataclass(frozen=True, slots=True)
class Rate:
    """Of so many decisions, so many that show an error of each kind."""

    decided: int
    errors: Mapping[OwnError, int]

    @property
    def wrong(self) -> int:
        """Say how many decisions show an error."""
        return sum(self.errors.values())


@dataclass(frozen=True, slots=True)
class OwnErrors:
    """The error rate over a period: of all, of each ground, and of each platform by its code.

    ``upheld``: so many challenges by posters were upheld, whatever a platform had decided.
    """

    all: Rate
    grounds: Mapping[Ground, Rate]
    platforms: Mapping[str, Rate]
    upheld: int = 0


def read_parts(kept: str) -> Parts:
    """Read back what was kept. A platform has no stroke in its code."""
    platform, ground, outcome, why = kept.split("/")
    return Parts(platform, Ground(ground), Outcome(outcome), WhyDeclined(why) if why else None)


def own_errors(counted: Mapping[Parts, int], *, upheld: int = 0) -> OwnErrors:
    """Work out the error rate from the counts of decisions; ``upheld`` challenges beside it."""
    return OwnErrors(
        all=_rate(counted.items()),
        grounds={
            ground: _rate((it, n) for it, n in counted.items() if it.ground is ground)
            for ground in Ground
        },
        platforms={
            platform: _rate((it, n) for it, n in counted.items() if it.platform == platform)
            for platform in sorted({it.platform for it in counted})
        },
        upheld=upheld,
    )


def _rate(counted: Iterable[tuple[Parts, int]]) -> Rate:
    decided, errors = 0, Counter[OwnError]()
    for parts, number in counted:
        decided += number
        if parts.error:
            errors[parts.error] += number
    return Rate(decided, {it: errors[it] for it in OwnError})
