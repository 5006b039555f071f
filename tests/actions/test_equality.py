"""The tally is joined to nothing, and told only as tables in which small numbers are hidden."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from django.db import models

from evenhand.actions import equality, equality_forgetting
from evenhand.queries import equality as known
from evenhand.rules.assessments import Expression
from evenhand.rules.disparity import By, quarter_of
from evenhand.rules.equality import NOBODY, TOO_FEW, Answer, Basis, NotTallied, Part, TallyOff
from evenhand.rules.officers import WORKER, RoleMissing
from evenhand.rules.publishing_tables import RULES, About, Rule
from evenhand.rules.referrals import State
from evenhand.store.equality import EqualityTallyRow, add_one
from tests.builders import ADA, OLA
from tests.journeys import Desk, changing_nothing, refused

pytestmark = pytest.mark.django_db
BLACK = Answer(Part.POSTER, Basis.PERCEIVED, "ic3")
UNKNOWN = Answer(Part.POSTER, Basis.PERCEIVED, "ic9")


def monitoring(desk: Desk) -> known.Monitoring:
    return known.monitoring(quarter_of(desk.now.date()), today=desk.now.date())


def tallied(desk: Desk, **counts: int) -> known.Monitoring:
    acting = desk.by(ADA)
    for group, many in counts.items():
        for _each in range(many):
            equality.tally(Answer(Part.POSTER, Basis.PERCEIVED, group), acting=acting)
    return monitoring(desk)


def test_the_tally_has_no_key_of_anything_and_no_time_finer_than_a_quarter() -> None:
    fields = EqualityTallyRow._meta.local_concrete_fields
    assert [it.name for it in fields] == ["id", "quarter", "part", "basis", "answer", "number"]
    assert not any(it.is_relation or isinstance(it, models.DateTimeField) for it in fields)


def test_a_tally_leaves_no_entry_and_nobody_in_the_log() -> None:
    desk = Desk()
    acting = desk.by(ADA)
    with changing_nothing():
        equality.tally(BLACK, acting=acting)
    row = EqualityTallyRow.objects.get()
    assert (row.quarter, row.number) == (quarter_of(desk.now.date()).start, 1)


def test_counts_are_shown_with_small_ones_hidden_and_with_the_coverage() -> None:
    found = tallied(Desk(), ic1=40, ic3=20, ic6=2, ic9=20)
    [perceived, stated] = found.tallied
    table = perceived.table
    assert table is not None
    posters = {
        group: table.numbers[frozenset({("group", group), ("part", "poster")})]
        for group in ("ic1", "ic3", "ic6", "ic9")
    }
    assert posters["ic6"] is None
    assert perceived.coverage is not None
    assert perceived.coverage.value == pytest.approx(62 / 82)
    assert (stated.coverage, found.not_asked, found.is_kept) == (None, None, True)


def test_too_few_are_not_shown_at_all() -> None:
    found = tallied(Desk(), ic1=3, ic9=1)
    few, nobody = found.tallied
    assert (few.table, few.coverage, few.says) == (None, None, TOO_FEW)
    assert (nobody.table, nobody.coverage, nobody.says) == (None, None, NOBODY)


def test_how_many_were_not_asked_is_told_where_they_are_enough() -> None:
    desk = Desk()
    acting = desk.by(ADA)
    for _each in range(12):
        equality.tally(Answer(Part.VICTIM, Basis.NOT_ASKED), acting=acting)
    assert monitoring(desk).not_asked == 12


def test_how_many_were_not_asked_goes_by_the_rule_for_groups_as_the_tables_do(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    desk = Desk()
    for number in range(12):
        acting = desk.by(ADA)
        equality.tally(Answer(Part.VICTIM, Basis.NOT_ASKED), acting=acting)
        assert monitoring(desk).not_asked == (None if number < 9 else number + 1)
    monkeypatch.setitem(RULES, About.GROUPS, Rule(range(20), ""))
    assert monitoring(desk).not_asked is None


def test_only_where_the_profile_says_so_and_by_who_saw_the_content(
    settings: pytest.FixtureRequest,
) -> None:
    desk = Desk()
    with refused(RoleMissing):
        equality.tally(BLACK, acting=desk.by(OLA))
    with refused(NotTallied):
        equality.tally(replace(BLACK, group="x"), acting=desk.by(ADA))
    settings.DESK = replace(settings.DESK, equality_tally=False)  # type: ignore[attr-defined]
    with refused(TallyOff):
        equality.tally(BLACK, acting=desk.by(ADA))
    assert not monitoring(desk).is_kept


def test_what_was_assessed_is_compared_by_ground_platform_and_expression() -> None:
    desk = Desk()
    for _each in range(5):
        desk.brought_to(State.SENT)
    desk.brought_to(State.NOT_REFERRED)
    found = known.report(quarter_of(desk.now.date()), officer=OLA)
    assert found.assessed == 6
    [ground] = found.by[By.GROUND]
    assert ground.count == 6
    assert ground.sent is not None
    assert ground.sent.value == pytest.approx(5 / 6)
    assert {it.category for it in found.by[By.EXPRESSION]} <= {known.NONE, *Expression}
    with refused(RoleMissing):
        known.report(quarter_of(desk.now.date()), officer=ADA)


def test_the_counts_of_a_quarter_go_ten_years_after_its_end_and_no_other() -> None:
    for quarter in (date(2015, 4, 1), date(2015, 7, 1)):
        for group in ("ic1", "ic3"):
            add_one(quarter, Part.POSTER, Basis.PERCEIVED, group)
    desk = Desk(now=datetime(2025, 6, 30, 12, tzinfo=UTC))
    with changing_nothing():
        assert equality_forgetting.forget_old(acting=desk.by(WORKER)) == 0
    desk.now = datetime(2025, 7, 1, 12, tzinfo=UTC)
    assert equality_forgetting.forget_old(acting=desk.by(WORKER)) == 1
    assert {it.quarter for it in EqualityTallyRow.objects.all()} == {date(2015, 7, 1)}
    gone = quarter_of(date(2015, 4, 1))
    told = [known.monitoring(it, today=date(2025, 7, 1)).is_over for it in (gone, gone.next)]
    assert told == [True, False]
