"""Lists by any wishes at once: the right ones, in order, and never more than a look at a time."""

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from itertools import combinations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from evenhand.actions import answers, assessments
from evenhand.queries import referrals
from evenhand.queries.referrals import (
    CursorWrong,
    Filter,
    OfficerUnknown,
    Page,
    PeriodBackwards,
)
from evenhand.rules.answers import AnswerKind, PlatformStatus
from evenhand.rules.assessments import Ground
from evenhand.rules.intake import SameContent
from evenhand.rules.referrals import State
from evenhand.rules.texts import TextTooLong
from evenhand.store import looking
from evenhand.store.referrals import ReferralRow
from tests.builders import ADA, BO, NOW, as_reader, assessment, intake
from tests.journeys import Desk, refused, row

pytestmark = pytest.mark.django_db
VIDEO = "https://www.youtube.com/watch?v=dQw4w9WgXcQ"


def found(**chosen: object) -> list[str]:
    page = referrals.find(Filter(**chosen), acting=as_reader(ADA))  # type: ignore[arg-type]
    return [it.reference for it in page.lines]


def pages_of(chosen: Filter) -> Iterator[Page]:
    """Give page after page, as an officer would turn them."""
    while True:
        page = referrals.find(chosen, acting=as_reader(ADA))
        yield page
        if page.next is None:
            return
        chosen = replace(chosen, cursor=page.next)


def due(reference: str, desk: Desk, **after: int) -> None:
    """Have the next step of a referral become due."""
    from evenhand.ledger.acts import Act
    from evenhand.ledger.entries import Entry
    from evenhand.store.writing import writing

    with writing() as pen:
        ReferralRow.objects.filter(reference=reference).update(due_at=desk.now + timedelta(**after))
        pen.enter(Entry(act=Act.CHECK_RECORDED, at=desk.now, who=ADA.ref))


def test_a_list_is_narrowed_by_ground_officer_outcome_and_what_is_overdue() -> None:
    desk = Desk()
    decided = desk.brought_to(State.DECIDED)
    terms = desk.log()
    of_terms = assessment(ground=Ground.TERMS, provision="", provision_why="")
    assessments.submit(terms, of_terms, acting=desk.by(BO))
    mine, late = desk.log(), desk.log()
    due(late, desk, days=-1)
    due(mine, desk, days=1)
    assert found(ground=Ground.TERMS) == [terms]
    assert found(ground=Ground.BOTH) == [decided]
    assert found(outcome=PlatformStatus.RESTRICTED_IN_FULL) == [decided]
    assert found(outcome=PlatformStatus.NONE_YET) == [late, mine, terms]
    assert found(overdue_at=desk.now) == [late]
    assert found(officer="bo") == [terms, decided]
    assert found(officer="ada") == [late, mine, terms, decided]
    assert found(officer="ada", ground=Ground.TERMS, outcome=PlatformStatus.NONE_YET) == [terms]


def test_a_period_has_both_its_days_in_it() -> None:
    desk = Desk()
    first = desk.log()
    desk.now += timedelta(days=1)
    second = desk.log()
    day = NOW.date()
    assert found(since=day, until=day) == [first]
    assert found(until=day + timedelta(days=1)) == [second, first]
    assert found(until=row(second).logged_at) == [first]
    assert found(until=date.max) == [second, first]
    assert found(since=day + timedelta(days=1), q="knife") == [second]


def test_a_period_that_ends_before_it_begins_is_refused() -> None:
    with pytest.raises(PeriodBackwards) as told:
        found(since=NOW.date(), until=NOW.date() - timedelta(days=1))
    assert told.value.at == "until"


def test_an_officer_nobody_knows_is_refused() -> None:
    with pytest.raises(OfficerUnknown):
        found(officer="nobody")
    with pytest.raises(TextTooLong):
        found(officer="x" * 1000)


WISHES: dict[str, Callable[[ReferralRow], bool]] = {
    "state": lambda it: it.state == State.LOGGED,
    "platform": lambda it: it.platform == "youtube",
    "harm": lambda it: it.harm == "V1",
    "ground": lambda it: it.ground == Ground.BOTH,
    "outcome": lambda it: it.platform_status == PlatformStatus.NONE_YET,
    "officer": lambda it: BO.ref in {it.logged_by_id, it.owner_id},
    "q": lambda it: it.number % 2 == 0,
    "overdue_at": lambda it: it.number % 3 == 0,
}


@pytest.mark.parametrize("most_read", [50_000, -1], ids=["by index", "by looks alone"])
def test_page_by_page_a_list_gives_all_that_is_like_it_and_nothing_else(
    monkeypatch: pytest.MonkeyPatch, most_read: int
) -> None:
    monkeypatch.setattr(looking, "MOST", 3)
    monkeypatch.setattr(looking, "MOST_READ", most_read)
    monkeypatch.setattr(referrals, "PAGE", 2)
    desk = Desk()
    for turn in range(14):
        address = f"https://youtu.be/{turn:011d}" if turn % 4 else ""
        even = looking_ahead() % 2 == 0
        reference = desk.log(address, said=intake(description="A zebra." if even else "A lion."))
        if turn % 5 > 1:
            desk.do(reference, "submit")
        if row(reference).number % 3 == 0:
            due(reference, desk, days=-1)
    asked = {
        "state": State.LOGGED,
        "platform": "youtube",
        "harm": "V1",
        "ground": Ground.BOTH,
        "outcome": PlatformStatus.NONE_YET,
        "officer": "bo",
        "q": "zebra",
        "overdue_at": desk.now,
    }
    everything = list(ReferralRow.objects.order_by("-logged_at", "-number"))
    for count in range(4):
        for names in combinations(WISHES, count):
            expected = [
                it.reference for it in everything if all(WISHES[name](it) for name in names)
            ]
            chosen = Filter(**{name: asked[name] for name in names})  # type: ignore[arg-type]
            pages = list(pages_of(chosen))
            assert [line.reference for it in pages for line in it.lines] == expected, names
            assert len(pages) <= len(everything)


def looking_ahead() -> int:
    """Give the number that the next referral gets."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT last_value + is_called::int FROM referral_number")
        return int(cursor.fetchone()[0])


def test_a_look_that_ends_early_says_how_far_it_went_and_goes_on_from_there(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(looking, "MOST", 3)
    desk = Desk()
    old = desk.log(said=intake(description="A zebra."))
    common = [desk.log(said=intake(description="A lion.")) for _ in range(3)]
    monkeypatch.setattr(looking, "MOST_READ", -1)
    first, second = pages_of(Filter(q="zebra"))
    assert (first.lines, first.looked_back_to) == ([], row(common[0]).logged_at)
    assert [it.reference for it in second.lines] == [old]
    assert (second.next, second.looked_back_to) == (None, None)


def test_referrals_logged_at_one_moment_are_all_listed_once(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(referrals, "PAGE", 2)
    desk = Desk()
    acting = desk.by(ADA)
    from evenhand.actions.referrals import Admitted, admit, log_several

    addresses = [f"https://many.example/{number}" for number in range(5)]
    several = [Admitted(admit(it, intake(), acting=acting), it) for it in addresses]
    logged = log_several(several, intake(), acting=acting)
    listed = [line.reference for page in pages_of(Filter()) for line in page.lines]
    assert listed == logged[::-1]


STATEMENT = re.compile(r"\bLIMIT (\d+)")


@pytest.mark.parametrize(
    "chosen",
    [
        {},
        {"state": State.LOGGED},
        {"state": State.LOGGED, "platform": "youtube"},
        {"ground": Ground.BOTH, "outcome": PlatformStatus.NONE_YET},
        {"officer": "ada", "harm": "V1", "since": NOW.date()},
        {"overdue_at": NOW, "state": State.SENT},
        {"q": "zebra"},
        {"q": "lion", "state": State.CLOSED},
        {"q": "unheard", "officer": "ada", "overdue_at": NOW},
        {"q": VIDEO},
        {"q": "2026-000001", "state": State.LOGGED},
    ],
)
@pytest.mark.parametrize("most_read", [50_000, -1], ids=["by index", "by looks alone"])
def test_every_statement_of_a_list_has_a_bound(
    chosen: dict[str, object], most_read: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(looking, "MOST_READ", most_read)
    desk = Desk()
    for _ in range(3):
        desk.log(said=intake(description="A lion."))
    with CaptureQueriesContext(connection) as captured:
        found(**chosen)
    said = [it["sql"] for it in captured.captured_queries]
    # All but the entering of the look, which PostgreSQL has planned before: its text is not kept.
    asked = [sql for sql in said if sql and "machinery.consultation" not in sql]
    assert len(asked) <= 5
    assert len(said) == len(asked) + 1
    for sql in asked:
        bounds = [int(it) for it in STATEMENT.findall(sql)]
        of_each = sql.count("FROM referral WHERE") + sql.count('FROM "words"')
        assert sql.startswith("EXPLAIN") or (of_each <= len(bounds) and bounds), sql
        assert max(bounds, default=0) <= looking.MOST + 1
        assert "OFFSET" not in sql
        assert "COUNT(" not in sql.upper()


@pytest.mark.parametrize("cursor", ["A" * 22, "AAAAAAAAAAAAAAAAAAAAAAA", "_" * 22, "A" * 21 + "B"])
def test_a_cursor_is_taken_only_as_a_list_writes_it(cursor: str) -> None:
    if cursor == "A" * 22:
        assert found(cursor=cursor) == []
    else:
        with pytest.raises(CursorWrong):
            found(cursor=cursor)


def test_a_reference_is_found_as_people_remember_it() -> None:
    desk = Desk()
    desk.log()
    wanted = desk.log()
    year, number = wanted.split("-")
    for asked in (wanted, f"{year}-{int(number)}", f" {year}/{int(number)} ", number):
        assert found(q=asked) == [wanted], asked
    assert found(q=f"{year}-999999999") == []


def test_a_site_is_found_by_its_name_in_any_spelling_of_it() -> None:
    desk = Desk()
    video, other = desk.log(VIDEO), desk.log("https://www.clips.example/v/1?a=b")
    assert found(q="youtube.com") == found(q="https://m.youtube.com/") == [video]
    assert found(q="Clips.example") == [other]
    assert found(q="clips.example", state=State.CLOSED) == []
    assert found(q="nowhere.example") == []
    named = desk.log("https://clipnest.example/v/found-1")
    assert found(q="clipnest.example") == found(platform="clipnest.example") == [named]
    assert found(platform=row(named).platform) == [named]
    for no_site in ("https://user@clips.example/", "http://10.0.0.1/", "ftp://clips.example"):
        assert found(q=no_site) == []


@pytest.mark.parametrize("spelling", ["http://clips.example/v/1/", "www.clips.example/v/1"])
def test_a_page_of_any_site_is_found_in_the_spellings_that_mostly_show_the_same(
    spelling: str,
) -> None:
    desk = Desk()
    one, _other = desk.log("https://clips.example/v/1"), desk.log("https://clips.example/v/2")
    assert found(q=spelling) == [one]
    assert [*referrals.earlier_ones([spelling], officer=ADA)] == [spelling]
    with refused(SameContent):
        desk.log(spelling)


def test_a_disarmed_address_is_found() -> None:
    reference = Desk().log(VIDEO)
    assert found(q="hxxps://youtu[.]be/dQw4w9WgXcQ") == [reference]


def test_the_platforms_own_number_leads_to_the_referral() -> None:
    desk = Desk()
    other, reference = desk.brought_to(State.SENT), desk.brought_to(State.SENT)
    answers.record(
        reference, AnswerKind.ACKNOWLEDGED, their_reference="FB-20261187", acting=desk.by(ADA)
    )
    assert found(q="20261187") == [reference]
    assert other in found()
