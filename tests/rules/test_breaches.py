"""A breach is recorded and told in time with its four contents, or reasons say why not."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evenhand.rules.breaches import (
    RECORD,
    TOLD,
    Breach,
    BreachIncomplete,
    BreachKind,
    BreachStands,
    Content,
    Group,
    Noted,
    PeopleNotTold,
    PeopleSettled,
    ToTell,
    Urgency,
    Whom,
    check_begun,
    check_may_close,
    check_note,
    urgency,
)
from evenhand.rules.breaches_telling import (
    check_group,
    check_not_told,
    check_phase,
    check_told,
)
from evenhand.rules.notification import RestrictionGround
from evenhand.rules.refusals import Refused
from tests.builders import NOW, TODAY

HOUR = timedelta(hours=1)
OPEN = Breach(aware_at=NOW, due_at=NOW + 72 * HOUR)
ALL = dict.fromkeys(Content, "So it is.")
GROUP = Group(whom=Whom.SUSPECTS, about=3, under_18=False, to_tell=ToTell.TELL, reasons="High.")
WHOLE = replace(OPEN, first_told_at=NOW, told=frozenset(Content), noted=frozenset(RECORD), groups=1)
CLOSED = replace(WHOLE, is_closed=True)


def told(breach: Breach = OPEN, after: timedelta = HOUR, **said: object) -> None:
    given = {"late_because": "", "rest_follows": False, "contents": ALL, **said}
    check_phase(breach, told_at=NOW + after, now=NOW + after, **given)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("hours", "is_now"),
    [
        (0, Urgency.BEGUN),
        (23.9, Urgency.BEGUN),
        (24, Urgency.AFTER_24),
        (48, Urgency.AFTER_48),
        (60, Urgency.AFTER_60),
        (72, Urgency.AFTER_60),
        (72.1, Urgency.LATE),
    ],
)
def test_a_breach_that_was_not_told_grows_urgent(hours: float, is_now: Urgency) -> None:
    assert urgency(OPEN, now=NOW + hours * HOUR) is is_now
    for settled in (CLOSED, replace(OPEN, not_told=True), replace(OPEN, first_told_at=NOW)):
        assert urgency(settled, now=NOW + hours * HOUR) is Urgency.SETTLED


@given(first=st.floats(0, 200), later=st.floats(0, 200))
def test_a_breach_never_grows_less_urgent(first: float, later: float) -> None:
    order = list(Urgency)
    sooner, after = sorted((first, later))
    found = [order.index(urgency(OPEN, now=NOW + it * HOUR)) for it in (sooner, after)]
    assert found == sorted(found)


def test_a_breach_says_what_happened_and_when_it_was_known() -> None:
    check_begun([BreachKind.LOST], "A key was lost.", NOW, now=NOW)
    with pytest.raises(BreachIncomplete) as refused:
        check_begun([], " ", NOW + HOUR, now=NOW)
    assert [it.at for it in refused.value.every] == ["kinds", "aware_at", "facts"]


def test_the_commissioner_is_told_four_contents_or_the_rest_follows() -> None:
    told()
    some = {Content.NATURE: "So.", Content.CONTACT: ""}
    told(contents=some, rest_follows=True)
    told(replace(OPEN, told=frozenset(Content) - {Content.NATURE}), contents=some)
    with pytest.raises(BreachIncomplete) as refused:
        told(contents=some)
    assert [it.at for it in refused.value.every] == ["contact", "consequences", "measures"]
    with pytest.raises(BreachIncomplete):
        told(contents={}, rest_follows=True)


def test_late_is_told_only_with_reasons_and_only_the_first_time() -> None:
    told(after=72 * HOUR)
    with pytest.raises(BreachIncomplete) as refused:
        told(after=72 * HOUR + timedelta(seconds=1))
    assert refused.value.at == "late_because"
    told(after=100 * HOUR, late_because="The machine stood still.")
    told(replace(OPEN, first_told_at=NOW), after=100 * HOUR)


def test_nobody_tells_before_somebody_knew_or_later_than_now() -> None:
    for at in (-HOUR, 3 * HOUR):
        with pytest.raises(BreachIncomplete):
            check_phase(
                OPEN, ALL, NOW + at, late_because="", rest_follows=False, now=NOW + 2 * HOUR
            )


def test_not_to_tell_needs_a_reason_and_is_settled_once() -> None:
    check_not_told(OPEN, "It was encrypted.")
    with pytest.raises(BreachIncomplete):
        check_not_told(OPEN, "")
    for breach in (replace(OPEN, first_told_at=NOW), replace(OPEN, not_told=True), CLOSED):
        with pytest.raises(BreachStands):
            check_not_told(breach, "It was encrypted.")


def test_a_closed_breach_takes_corrections_only() -> None:
    for what in Noted:
        check_note(OPEN, what, "So.")
    check_note(CLOSED, Noted.CORRECTION, "Not so.")
    with pytest.raises(BreachStands):
        check_note(CLOSED, Noted.FACTS, "So.")
    with pytest.raises(Refused):
        check_note(OPEN, Noted.FACTS, "")


def test_a_group_has_people_reasons_and_a_ground_where_telling_is_restricted() -> None:
    check_group(OPEN, GROUP)
    crime = RestrictionGround.CRIME
    check_group(OPEN, replace(GROUP, to_tell=ToTell.RESTRICTED, ground=crime))
    wrong = ({"reasons": ""}, {"about": 0}, {"ground": crime}, {"to_tell": ToTell.RESTRICTED})
    for change in wrong:
        with pytest.raises(Refused):
            check_group(OPEN, replace(GROUP, **change))


@pytest.mark.parametrize("whom", Whom)
def test_victims_witnesses_reporters_and_children_are_reached_by_a_protected_way(
    whom: Whom,
) -> None:
    grown = replace(GROUP, whom=whom)
    guarded = {Whom.VICTIMS, Whom.WITNESSES, Whom.REPORTERS}
    assert grown.needs_protected_route == (whom in guarded)
    assert replace(grown, under_18=True).needs_protected_route


@pytest.mark.parametrize("to_tell", ToTell)
def test_people_are_told_the_four_contents_once_where_they_are_told(to_tell: ToTell) -> None:
    if to_tell not in TOLD:
        with pytest.raises(PeopleSettled):
            check_told(to_tell, ALL, TODAY, is_told=False, today=TODAY)
        return
    check_told(to_tell, ALL, TODAY, is_told=False, today=TODAY)
    with pytest.raises(PeopleSettled):
        check_told(to_tell, ALL, TODAY, is_told=True, today=TODAY)
    with pytest.raises(PeopleNotTold):
        check_told(to_tell, ALL, TODAY + timedelta(days=1), is_told=False, today=TODAY)
    with pytest.raises(Refused) as refused:
        check_told(to_tell, {}, TODAY, is_told=False, today=TODAY)
    assert len(refused.value.every) == len(Content)


@pytest.mark.parametrize(
    "lacks",
    [
        {"noted": frozenset({Noted.FACTS})},
        {"told": frozenset({Content.NATURE})},
        {"owed": 1},
        {"groups": 0},
        {"is_closed": True},
    ],
)
def test_a_breach_is_closed_once_its_record_and_its_telling_are_whole(
    lacks: dict[str, object],
) -> None:
    check_may_close(WHOLE)
    check_may_close(replace(OPEN, not_told=True, noted=frozenset(RECORD)))
    with pytest.raises((BreachStands, PeopleSettled)):
        check_may_close(replace(WHOLE, **lacks))  # type: ignore[arg-type]
