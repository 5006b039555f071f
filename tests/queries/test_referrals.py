"""Lists of referrals, and what is found in them."""

from datetime import timedelta

import pytest

from evenhand.queries import referrals
from evenhand.queries.referrals import PAGE, CursorWrong, Filter
from evenhand.rules.officers import Officer, RoleMissing
from evenhand.rules.referrals import State
from evenhand.rules.refusals import Refused
from tests.builders import ADA, CY, DEE, MAX, NOW, OLA, as_reader, intake
from tests.journeys import Desk, row

pytestmark = pytest.mark.django_db
VIDEO = "https://www.youtube.com/watch?v=dQw4w9WgXcQ"


def found(officer: Officer = ADA, **chosen: object) -> list[str]:
    page = referrals.find(Filter(**chosen), acting=as_reader(officer))  # type: ignore[arg-type]
    return [it.reference for it in page.lines]


@pytest.mark.parametrize(
    "spelling",
    [
        VIDEO,
        "youtu.be/dQw4w9WgXcQ",
        "HTTPS://M.YouTube.com/watch?v=dQw4w9WgXcQ&t=42s&utm_source=x",
        "https://www.youtube.com/embed/dQw4w9WgXcQ",
        f"  {VIDEO}\n",
    ],
)
def test_an_address_is_found_in_any_spelling(spelling: str) -> None:
    desk = Desk()
    reference = desk.log(VIDEO)
    desk.log("https://youtu.be/aaaaaaaaaaa")
    assert found(q=spelling) == [reference]


def test_words_are_found_whole_all_of_them_and_with_case_and_accents_folded() -> None:
    desk = Desk()
    reference = desk.log(said=intake(description="Die Straße nach Málaga, 1. Teil"))
    desk.log(said=intake(description="Málaga"))
    assert found(q="STRASSE malaga") == [reference]
    assert len(found(q="malaga")) == 2
    for nothing in ("stra", "malag", "strasse madrid", "…", "'", "%", "_"):
        assert found(q=nothing) == []


def test_a_reference_finds_its_referral() -> None:
    desk = Desk()
    reference = desk.log()
    desk.log()
    assert found(q=f" {reference} ") == [reference]
    assert found(q="2026-999999") == []


def test_a_list_is_narrowed_by_what_is_chosen() -> None:
    desk = Desk()
    video = desk.brought_to(State.AWAITING_APPROVAL, address=VIDEO)
    other = desk.log()
    assert found(state=State.LOGGED) == [other]
    assert found(platform="youtube") == [video]
    assert found(harm="V1") == [video]
    assert found(since=NOW.date()) == [other, video]
    assert found(since=NOW.date() + timedelta(days=1)) == []
    assert found(state=State.LOGGED, platform="youtube") == []


def test_a_list_may_begin_at_a_moment() -> None:
    desk = Desk()
    early = desk.log()
    moment = desk.now + timedelta(seconds=1)
    late = desk.log()
    assert found(since=moment) == [late]
    assert found(since=moment - timedelta(minutes=5)) == [late, early]


def test_words_with_full_stops_that_are_no_address_are_words() -> None:
    reference = Desk().log(said=intake(description="at 10.30..pm"))
    assert found(q="10.30..pm") == [reference]


@pytest.mark.parametrize(
    "cursor", ["x", "AAAA", "é", "\ud800", "=" * 12, "_" * 11, "A" * 5000, " "]
)
def test_a_cursor_that_no_list_gave_is_refused(cursor: str) -> None:
    with pytest.raises(CursorWrong):
        found(cursor=cursor)


@pytest.mark.parametrize("field", ["q", "platform", "harm"])
@pytest.mark.parametrize("text", ["a\0b", "\ud800", "x" * 100_000])
def test_what_cannot_be_asked_is_refused(field: str, text: str) -> None:
    with pytest.raises(Refused):
        found(**{field: text})  # type: ignore[arg-type]


@pytest.mark.parametrize("officer", [DEE, OLA], ids=lambda it: it.name)
def test_who_may_not_read_words_gets_none_and_searches_none(officer: Officer) -> None:
    desk = Desk()
    reference = desk.log(VIDEO)
    [line] = referrals.find(Filter(), acting=as_reader(officer)).lines
    assert line.address is None
    assert line.platform == "youtube"
    for asked in (VIDEO, "youtube.com", "knife"):
        with pytest.raises(RoleMissing) as told:
            found(officer, q=asked)
        assert told.value.at == "q"
    assert found(officer, q=reference) == [reference]
    with pytest.raises(RoleMissing):
        referrals.earlier_ones([VIDEO], officer=officer)


def test_who_runs_the_machine_lists_nothing() -> None:
    with pytest.raises(RoleMissing):
        found(MAX)
    with pytest.raises(RoleMissing):
        referrals.named(["2026-000001"], officer=MAX)
    with pytest.raises(RoleMissing):
        referrals.earlier_ones([VIDEO], officer=MAX)


def test_what_would_be_repeated_is_named_for_each_address() -> None:
    desk = Desk()
    reference = desk.log(VIDEO)
    spelling, new = "https://youtu.be/dQw4w9WgXcQ", "https://new.example/1"
    earlier = referrals.earlier_ones([spelling, new], officer=ADA)
    assert {it: [line.reference for line in lines] for it, lines in earlier.items()} == {
        spelling: [reference]
    }


def test_referrals_are_given_by_name_and_unknown_names_left_out() -> None:
    desk = Desk()
    first, second = desk.log(), desk.log()
    lines = referrals.named([second, "x", "2026-999999", "a\0", first], officer=CY)
    assert [it.reference for it in lines] == [first, second]
    assert lines[0].version == row(first).version
    assert PAGE == 25
