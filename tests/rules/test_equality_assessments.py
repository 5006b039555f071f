"""The equality impact assessment follows the DPIA, and knows every kind of harm."""

from dataclasses import replace
from datetime import timedelta

import pytest

from evenhand.rules.assurance import Document, DocumentKind, Stage
from evenhand.rules.equality_assessments import EiaDue, why_due
from tests.builders import NED, TODAY

DAY = timedelta(days=1)
EIA = Document(
    kind=DocumentKind.EIA,
    number=1,
    stage=Stage.IN_FORCE,
    written_by=NED.ref,
    harms=frozenset({"violence", "fraud"}),
    in_force_from=TODAY,
    review_on=TODAY + 100 * DAY,
)
DPIA = replace(EIA, kind=DocumentKind.DPIA)


def due(eia: Document | None = EIA, dpia: Document | None = DPIA, **said: object) -> list[EiaDue]:
    given = {"harms": ["violence"], "today": TODAY, **said}
    return list(why_due(eia, dpia, **given))  # type: ignore[arg-type]


@pytest.mark.parametrize("dpia", [None, replace(DPIA, in_force_from=None), DPIA])
def test_one_in_date_that_came_after_the_dpia_stands(dpia: Document | None) -> None:
    assert due(dpia=dpia) == []
    assert due(replace(EIA, in_force_from=None), dpia) == []


def test_it_says_why_it_is_to_be_looked_at_anew() -> None:
    assert due(None) == [EiaDue.NONE_IN_FORCE]
    found = due(
        dpia=replace(DPIA, in_force_from=TODAY + DAY),
        harms=["violence", "a new one"],
        today=TODAY + 101 * DAY,
    )
    assert found == [EiaDue.OVERDUE, EiaDue.DPIA_CHANGED, EiaDue.NEW_HARM]
