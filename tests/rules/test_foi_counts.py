"""An exact answer in the words of a reply: what is not decided is a range, what is small hidden."""

import json
import re
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evenhand.rules.foi_counts import (
    check_apart_still,
    check_divided,
    check_is_over,
    check_tells_no_more,
    read,
    table_for,
    told_apart,
    told_as_at,
    written,
)
from evenhand.rules.public_foi_counts import in_words
from evenhand.rules.publishing import SmallNumberWouldShow, publishable
from evenhand.rules.publishing_tables import Published
from evenhand.rules.questions import Answer, By, Checkpoint, Line, Question, QuestionWrong
from evenhand.rules.questions_library import LIBRARY

DAY = date(2026, 6, 1)
DAYS = st.dates(date(2000, 1, 1), date(2100, 1, 1))


def code_of(_by: str, code: str) -> str:
    return code or "Not said"


def answer(exact: int, *, at_least: int | None = None, code: str = "people") -> Answer:
    return Answer(
        question=Question(code=code, as_at=DAY),
        meaning=LIBRARY[code],
        exact=exact,
        lines=[Line((), exact)],
        at_least=at_least,
        balance=[],
        checkpoint=Checkpoint(7, ""),
        digest=bytes(32),
    )


def whole(exact: int, *, at_least: int | None = None, code: str = "people") -> str:
    found = answer(exact, at_least=at_least, code=code)
    told = publishable(table_for(found), earlier=[])
    apart = told_apart(found, told, earlier=[])
    return in_words(found, told, apart=apart, called=code_of, said=str)


def said(exact: int, *, at_least: int | None = None) -> str:
    return whole(exact, at_least=at_least).splitlines()[0]


def test_only_a_number_of_days_says_from_which_day_it_counts() -> None:
    assert "Counted from the beginning" in whole(40, code="logged")
    assert "Counted" not in whole(40)


def test_a_number_says_from_which_day_to_which_it_counts() -> None:
    found = answer(40, code="logged")
    asked = replace(found.question, start=DAY, end=DAY + timedelta(days=1))
    told = publishable(table_for(found), earlier=[])
    for start, end, words in (
        (asked.start, asked.end, "Counted from 2026-06-01 to before 2026-06-02, as"),
        (asked.start, None, "Counted from 2026-06-01, as"),
        (None, asked.end, "Counted from the beginning to before 2026-06-02, as"),
    ):
        of_days = replace(found, question=replace(asked, start=start, end=end))
        assert words in in_words(of_days, told, called=code_of, said=str)


def test_another_number_than_was_replied_before_is_said_to_correct_it() -> None:
    found = answer(40)
    was, told = (publishable(table_for(answer(it)), earlier=[]) for it in (30, 40))
    says = in_words(found, told, before=(DAY, was), called=code_of, said=str).splitlines()
    assert says[0] == "This corrects what we replied on 2026-06-01, which was: 30."
    assert "corrects" not in in_words(found, told, before=(DAY, told), called=code_of, said=str)


def divided(numbers: dict[str, int]) -> Answer:
    found = answer(sum(numbers.values()), code="logged")
    lines = [Line((name,), number) for name, number in numbers.items()]
    return replace(found, question=replace(found.question, by=(By.PLATFORM,)), lines=lines)


def corrected(was: dict[str, int], now: dict[str, int]) -> str:
    """Give the line that says what was wrong; nothing where none does."""
    told, shown = (publishable(table_for(divided(it)), earlier=[]) for it in (was, now))
    says = in_words(divided(now), shown, before=(DAY, told), called=code_of, said=str).splitlines()[
        0
    ]
    return says.removeprefix("This corrects what we replied on 2026-06-01, which was: ")


def test_what_is_corrected_names_the_lines_that_were_wrong() -> None:
    assert corrected({"A": 9, "": 20}, {"A": 11, "": 18}) == "Not said: 20; A: 9."
    assert corrected({"A": 9, "B": 20}, {"A": 9, "B": 21}) == "29; B: 20."
    assert corrected({"A": 9, "B": 20}, {"A": 9, "C": 20}).startswith("Referrals logged: 29")


def test_what_only_one_of_two_replies_hides_was_not_wrong() -> None:
    found = answer(40)
    shown = publishable(table_for(found), earlier=[])
    hidden = publishable(table_for(answer(3)), earlier=[])
    for was, now in ((shown, hidden), (hidden, shown)):
        assert "corrects" not in in_words(found, now, before=(DAY, was), called=code_of, said=str)


def test_a_number_that_is_divided_otherwise_than_drafted_is_answered_anew() -> None:
    one, more = (
        publishable(table_for(divided(it)), earlier=[]) for it in ({"A": 9}, {"A": 9, "B": 8})
    )
    for drafted, now in ((one, more), (more, one)):
        with pytest.raises(SmallNumberWouldShow, match="other categories"):
            check_tells_no_more(drafted, now)


def test_an_answer_is_in_the_language_of_its_letter() -> None:
    found = answer(40, at_least=20)
    told = publishable(table_for(found), earlier=[])
    apart = told_apart(found, told, earlier=[])
    says = in_words(found, told, apart=apart, called=code_of, said=lambda it: f"{it}!").splitlines()
    assert says[0] == f"{LIBRARY['people'].title}!: at least 20, at most 40!"
    assert all(line.endswith("!") for line in says)


def test_the_digest_of_an_answer_never_lets_a_hidden_number_be_guessed() -> None:
    assert "Digest" in whole(40)
    assert "Digest" not in whole(3)
    assert "Digest" not in whole(40, at_least=38)


@pytest.mark.parametrize(
    ("exact", "at_least", "words"),
    [
        (40, None, "40"),
        (40, 40, "40"),
        (40, 38, "at most 40"),
        (40, 30, "at least 30, at most 40"),
        (40, 31, "at most 40"),
        (40, 3, "at most 40"),
        (40, 9, "at most 40"),
        (40, 10, "at least 10, at most 40"),
        (40, 0, "at most 40"),
        (10, 9, "at most 10"),
        (9, 8, "[c]"),
    ],
)
def test_a_number_of_people_is_a_range_or_hidden(
    exact: int, at_least: int | None, words: str
) -> None:
    assert said(exact, at_least=at_least) == f"{LIBRARY['people'].title}: {words}"


def test_what_is_kept_as_told_is_in_the_words_and_nothing_else_is() -> None:
    for exact in range(1, 26):
        kept = publishable(table_for(answer(exact)), earlier=[]).text(frozenset())
        for least in range(exact):
            words = said(exact, at_least=least).rpartition(": ")[2]
            told = set(map(int, re.findall("[0-9]+", words)))
            assert ("[c]" in words) == (kept == "[c]")
            assert kept in words
            assert told <= {exact, least}
            # Neither of the two is told where one of them is small.
            assert least not in told or min(least, exact - least) >= 10


def apart_on(day: date, exact: int, at_least: int, *earlier: Published) -> Published | None:
    """Give what is told of how many there are at least, beside what was told before."""
    found = answer(exact, at_least=at_least)
    found = replace(found, question=replace(found.question, as_at=day))
    told = publishable(table_for(found), earlier=[])
    return told_apart(found, told, earlier=earlier)


def test_how_many_there_are_at_least_is_held_against_what_was_told_of_other_days() -> None:
    first = apart_on(DAY, 40, 30)
    assert first is not None
    next_day = DAY + timedelta(days=1)
    for exact, at_least, is_told in (
        (60, 31, False),  # one person more is told apart
        (60, 49, False),  # one person more is not
        (60, 30, True),
        (80, 50, True),
    ):
        assert apart_on(next_day, exact, at_least) is not None
        assert (apart_on(next_day, exact, at_least, first) is not None) is is_told
    assert apart_on(DAY, 41, 30, first) is None  # another number of the same day
    assert apart_on(DAY, 40, 30, first) == first


def test_what_was_drafted_as_at_least_is_told_while_it_may_be() -> None:
    drafted = apart_on(DAY, 40, 30)
    check_apart_still(drafted, drafted)
    check_apart_still(None, drafted)
    with pytest.raises(SmallNumberWouldShow):
        check_apart_still(drafted, None)


@given(received=DAYS, began=DAYS, waits=st.integers(0, 800))
def test_a_number_is_told_as_at_a_day_that_is_over_and_that_the_desk_knows(
    received: date, began: date, waits: int
) -> None:
    today = max(received, began) + timedelta(days=waits)
    if today <= began:
        with pytest.raises(QuestionWrong) as refused:
            told_as_at(received, since=began, today=today)
        assert refused.value.values["since"] == began.isoformat()
        assert date.fromisoformat(refused.value.values["first"]) > began
        return
    day = told_as_at(received, since=began, today=today)
    assert began <= day < today
    assert day == max(received, began) or day == today - timedelta(days=1) < received


def test_a_register_is_told_of_a_day_that_is_over() -> None:
    check_is_over(DAY, today=DAY + timedelta(days=1))
    for today in (DAY, DAY - timedelta(days=1)):
        with pytest.raises(QuestionWrong):
            check_is_over(DAY, today=today)


def test_a_drafted_number_is_told_while_nothing_more_of_it_is_hidden_since() -> None:
    shown, hidden = (publishable(table_for(answer(it)), earlier=[]) for it in (40, 3))
    check_tells_no_more(shown, shown)
    check_tells_no_more(hidden, shown)
    with pytest.raises(SmallNumberWouldShow):
        check_tells_no_more(shown, hidden)


@pytest.mark.parametrize("end", [DAY, None])
def test_a_question_that_is_written_down_is_read_again(end: date | None) -> None:
    asked = Question(code="logged", as_at=DAY, start=end, end=end, by=(By.PLATFORM,))
    assert read(written(asked)) == asked


def test_a_question_is_written_down() -> None:
    asked = Question(code="logged", as_at=DAY, start=DAY, end=DAY, by=(By.PLATFORM,))
    assert json.loads(written(asked)) == {
        "code": "logged",
        "as_at": "2026-06-01",
        "start": "2026-06-01",
        "end": "2026-06-01",
        "by": ["platform"],
    }
    assert json.loads(written(Question(code="people", as_at=DAY)))["end"] == ""
    with pytest.raises(QuestionWrong):
        check_divided(Question(code="logged", as_at=DAY, by=(By.KIND, By.SYSTEM, By.MONTH)))


@pytest.mark.parametrize("code", ["people", "people_under_18", "people_under_13"])
def test_an_undivided_number_is_of_the_subject_that_its_divided_one_is_of(code: str) -> None:
    table = table_for(answer(40, code=code))
    assert (table.subject, table.part) == (LIBRARY[code].subject, LIBRARY[code].part)
