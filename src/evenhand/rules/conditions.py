"""The conditions of Schedule 8 that a policy document relies on for what may be sensitive. A06."""

import csv
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from evenhand.rules.assurance import Assured, Claim, Document, DocumentKind
from evenhand.rules.clocks_law import Status
from evenhand.rules.profile import Regime
from evenhand.rules.refusals import Refused
from evenhand.rules.words import words

YES = {"yes": True, "no": False}


class ConditionWrong(Refused):
    """A policy document states the conditions of Schedule 8 that it relies on, one at least.

    None is paragraph 5, what the data subject made public: that is known of one post at a time,
    and never of what others post about somebody.
    """

    code = "E-SCH8-06"
    clause = words("DPA 2018 ss.35(5), 42(4)(a) and Schedule 8: the condition relied on")
    verified = False


class ConditionsWrong(ValueError):
    """A row of the conditions that cannot be used; the text says what is wrong."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Condition:
    """One row of schedule_8.csv. ``whole_document``: a whole policy document can rest on it."""

    paragraph: str
    title: str
    whole_document: bool
    clause: str
    status: Status


def read_conditions(lines: Iterable[str]) -> Mapping[str, Condition]:
    """Read the rows of schedule_8.csv by their paragraph. Raises ConditionsWrong."""
    found: dict[str, Condition] = {}
    for row in csv.DictReader(lines):
        try:
            found[row["paragraph"]] = Condition(
                paragraph=row["paragraph"],
                title=row["title"],
                whole_document=YES[row["whole_document"]],
                clause=row["source"],
                status=Status(row["status"]),
            )
        except (KeyError, TypeError, ValueError) as error:
            raise ConditionsWrong(f"{row}: {error!r}") from error
    return found


def relied_on(stated: Iterable[str], known: Mapping[str, Condition]) -> Sequence[Condition]:
    """Give the conditions that a version states; what the law data has no more is without words."""
    return [known.get(it) or _gone(it) for it in stated]


def _gone(paragraph: str) -> Condition:
    return Condition(
        paragraph=paragraph, title="", whole_document=False, clause="", status=Status.MEMORY
    )


def are_stated(kind: DocumentKind, regime: Regime) -> bool:
    """Say whether a kind of document states conditions: a policy document under Part 3 does."""
    return kind is DocumentKind.APD and regime is Regime.UK_PART3


def check_conditions(
    kind: DocumentKind, stated: Collection[str], known: Mapping[str, Condition], regime: Regime
) -> None:
    """Refuse a policy document without a condition, or with one that it cannot rest on."""
    if not are_stated(kind, regime):
        if stated:
            raise _wrong(
                words("Only a policy document of a desk under Part 3 states these conditions."),
                words("Leave them out."),
            )
        return
    if not stated:
        raise _wrong(
            words("It states no condition of Schedule 8."),
            words("Choose each one that this desk relies on."),
        )
    if not known.keys() >= set(stated):
        raise _wrong(
            words("There is no such condition of Schedule 8 in the law data."),
            words("Choose from the list."),
        )
    if not all(known[it].whole_document for it in stated):
        raise _wrong(
            words(
                "Whether somebody made their own data public is known of one post at a time, and"
                " never of what others post about them."
            ),
            words("Choose another condition."),
        )


def check_still_stated(document: Document, assured: Assured) -> None:
    """Refuse to put a policy document in force that was written before it stated conditions.

    Where a desk came under other law, the assessment in force says so before its policy does.
    """
    if document.conditions or document.kind is not DocumentKind.APD:
        return
    if are_stated(document.kind, assured.regime):
        raise ConditionWrong(
            words("This version states no condition of Schedule 8."),
            do=words("Have a new version written that states it."),
        )
    if assured.dpia and Claim.PART_3 in assured.dpia.claims:
        raise ConditionWrong(
            words("The impact assessment in force says that this desk works under Part 3."),
            do=words("Put a new impact assessment in force first."),
        )


def _wrong(sentence: str, do: str) -> ConditionWrong:
    return ConditionWrong(sentence, do=do, at="conditions")
