"""Of many steps on one referral a page shows the latest; the rest come a page at a time, whole."""

import pytest

from evenhand.actions import notes
from evenhand.queries import all_steps
from evenhand.queries import notes as between
from evenhand.queries import referral as one_referral
from evenhand.queries.filters import CursorWrong
from evenhand.queries.steps import AssessmentMade, CheckMade, NoteMade
from evenhand.rules.officers import RoleMissing
from evenhand.rules.referrals import NotFound, State
from evenhand.store.casework import NoteRow
from evenhand.store.whole import KINDS, MOST_STEPS
from tests.builders import ADA, MAX, OLA, acting, as_reader
from tests.journeys import Desk, refused
from tests.web.people import queries_of

pytestmark = pytest.mark.django_db
MANY = 2 * MOST_STEPS + 3
TEXTS = [f"Note {number:02}" for number in range(MANY)]


@pytest.fixture
def desk() -> Desk:
    return Desk()


@pytest.fixture
def reference(desk: Desk) -> str:
    """A referral with more notes than two pages, three at each moment, and looks between."""
    reference = desk.brought_to(State.CHECKED)
    for number, text in enumerate(TEXTS):
        if number % 3 == 0:
            desk.by(ADA)
        notes.write(reference, text, ["cy"], acting=acting(ADA, desk.now))
        if number % 10 == 0:
            desk.do(reference, "look_visible")
    return reference


def all_pages(reference: str) -> list[all_steps.StepsPage]:
    pages = [all_steps.of(reference, acting=as_reader(ADA))]
    while after := pages[-1].next:
        pages.append(all_steps.of(reference, after, acting=as_reader(ADA)))
    return pages


def test_a_referral_shows_the_latest_of_each_kind_and_says_that_there_are_others(
    desk: Desk, reference: str
) -> None:
    found = one_referral.one(reference, acting=as_reader(ADA))
    assert len(found.notes) == MOST_STEPS
    assert {it.text for it in found.notes[-2:]} < set(TEXTS[-4:])
    assert [it.at for it in found.notes] == sorted(it.at for it in found.notes)
    assert [it.number for it in found.assessments] == [1]
    assert found.last_assessment == 1
    assert found.older_steps
    few = one_referral.one(desk.log(), acting=as_reader(ADA))
    assert not few.older_steps
    assert few.last_assessment == 0


def test_all_steps_come_a_page_at_a_time_the_latest_first_and_each_once(reference: str) -> None:
    pages = all_pages(reference)
    steps = [it for page in pages for it in page.steps]
    assert {len(it.steps) for it in pages[:-1]} == {MOST_STEPS}
    assert [it.at for it in steps] == sorted((it.at for it in steps), reverse=True)
    told = [it.text for it in steps if isinstance(it, NoteMade)]
    assert sorted(it or "" for it in told) == TEXTS
    assert sum(isinstance(it, CheckMade) for it in steps) == 7
    assert sum(isinstance(it, AssessmentMade) for it in steps) == 1
    [made] = {tuple(it.mentions) for it in steps if isinstance(it, NoteMade)}
    assert made == ("Cy",)


def test_every_kind_of_step_can_be_read() -> None:
    assert {*all_steps.READ, NoteRow} == {it.model for it in KINDS}


def test_notes_come_a_page_at_a_time_the_oldest_first_and_each_once(reference: str) -> None:
    pages = [between.notes_on(reference, acting=as_reader(ADA))]
    while after := pages[-1].next:
        pages.append(between.notes_on(reference, after, acting=as_reader(ADA)))
    assert [len(it.items) for it in pages] == [MOST_STEPS, MOST_STEPS, 3]
    read = [it for page in pages for it in page.items]
    assert sorted(it.text or "" for it in read) == TEXTS
    assert [it.at for it in read] == sorted(it.at for it in read)


def test_pages_ask_no_more_questions_of_many_steps_than_of_few(desk: Desk, reference: str) -> None:
    short = desk.log()
    notes.write(short, "One.", ["cy"], acting=acting(ADA, desk.now))

    def asked(of: str) -> list[int]:
        return [
            queries_of(lambda: one_referral.one(of, acting=as_reader(ADA))),
            queries_of(lambda: all_steps.of(of, acting=as_reader(ADA))),
            queries_of(lambda: between.notes_on(of, acting=as_reader(ADA))),
        ]

    assert asked(reference) == asked(short)


@pytest.mark.parametrize(
    "cursor", ["x", "1", "1-", "-1-1", f"{'9' * 17}-{'a' * 32}", f"1-{'g' * 32}"]
)
def test_a_cursor_of_ones_own_making_is_refused(desk: Desk, cursor: str) -> None:
    reference = desk.log()
    with refused(CursorWrong):
        all_steps.of(reference, cursor, acting=as_reader(ADA))
    with refused(CursorWrong):
        between.notes_on(reference, cursor, acting=as_reader(ADA))


def test_all_steps_are_shown_to_who_may_read_a_referral_and_words_to_who_may_read_them(
    desk: Desk,
) -> None:
    reference = desk.do(desk.log(), "not_for_us")
    notes.write(reference, "Between us.", acting=desk.by(ADA))
    withheld = all_steps.of(reference, acting=as_reader(OLA)).steps
    assert [getattr(it, "text", getattr(it, "reason", "")) for it in withheld] == [None, None]
    with refused(RoleMissing):
        all_steps.of(reference, acting=as_reader(MAX))
    with refused(NotFound):
        all_steps.of("2026-999999", acting=as_reader(ADA))
