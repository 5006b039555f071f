"""Exemptions as law data, and what a part of a request needs to be withheld under one."""

import csv
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from evenhand.rules.clocks_law import Status

YES = {"yes": True, "no": False}


class ExemptionWrong(ValueError):
    """A row of the exemptions that cannot be used; the text says what is wrong."""


class ExemptionKind(StrEnum):
    """Whether the public interest is weighed. A refusal is none in itself: cost, and vexation."""

    ABSOLUTE = "absolute"
    QUALIFIED = "qualified"
    REFUSAL = "refusal"


class Prejudice(StrEnum):
    """How sure it is that disclosure prejudices what an exemption protects."""

    WOULD = "would"
    LIKELY = "would_be_likely"


@dataclass(frozen=True, slots=True, kw_only=True)
class Exemption:
    """One row of foi_exemptions.csv. ``prejudice``: it needs a causal link to a prejudice."""

    code: str
    section: str
    title: str
    kind: ExemptionKind
    prejudice: bool
    clause: str
    status: Status

    @property
    def verified(self) -> bool:
        """Say whether somebody read the section where it stands."""
        return self.status is Status.READ


def read_exemptions(lines: Iterable[str]) -> Mapping[str, Exemption]:
    """Read the rows of foi_exemptions.csv by their code. Raises ExemptionWrong."""
    found: dict[str, Exemption] = {}
    for row in csv.DictReader(lines):
        try:
            found[row["id"]] = Exemption(
                code=row["id"],
                section=row["section"],
                title=row["title"],
                kind=ExemptionKind(row["kind"]),
                prejudice=YES[row["prejudice"]],
                clause=row["source"],
                status=Status(row["status"]),
            )
        except (KeyError, TypeError, ValueError) as error:
            raise ExemptionWrong(f"{row}: {error!r}") from error
    return found
