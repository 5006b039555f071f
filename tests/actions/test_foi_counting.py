"""Parts of requests are answered from the library, as at receipt, and small numbers stay hidden."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.utils import dateformat, translation
from django.utils.translation import gettext

from evenhand.actions import (
    figures,
    foi_counting,
    foi_ending,
    foi_letters,
    foi_parts,
    foi_wording,
)
from evenhand.actions.foi_wording import message_of
from evenhand.queries import foi as known
from evenhand.queries import foi_published
from evenhand.queries.foi_counts import library
from evenhand.rules.foi import FoiStep
from evenhand.rules.foi_parts import Wanted
from evenhand.rules.officers import WORKER, Acting, RoleMissing
from evenhand.rules.publishing import SmallNumberWouldShow
from evenhand.rules.publishing_tables import WHOLE, About, Published
from evenhand.rules.questions import (
    Answer,
    By,
    Line,
    NotHeldIsUntrue,
    Question,
    QuestionWrong,
)
from evenhand.rules.referrals import State
from evenhand.store import answering, people_series
from evenhand.store import foi_counting as stored
from evenhand.store.foi_replies import FoiDisclosureRow
from evenhand.store.lawbook import lawbook
from tests.actions.foi import (
    approved,
    letter_of,
    on_paper,
    proposed,
    replied,
    row_of,
    stepped,
    withheld,
)
from tests.actions.people import known_person
from tests.builders import ADA, DEE, RIA
from tests.journeys import Desk, changing_nothing, refused

pytestmark = pytest.mark.django_db


def count(desk: Desk, number: str, code: str, *by: By, part: int = 0, **of: Any) -> str:
    """Have a part answered with a number, a new one unless one is given; give its words."""
    if not part:
        part = foi_parts.add(number, "How many?", Wanted.TOTAL, acting=desk.by(RIA))
    tomorrow = Acting(officer=RIA, at=desk.now + timedelta(days=1))
    foi_counting.give(number, part, code, by=by, **of, acting=tomorrow)
    return known.one(number, acting=desk.by(RIA)).parts[part - 1].answer


def test_a_count_is_answered_with_its_meaning_and_day() -> None:
    desk = Desk(now=datetime.now(UTC))
    desk.log()
    desk.log()
    number = on_paper(desk)
    words = count(desk, number, "logged", By.SOURCE)
    assert words.startswith("Referrals logged: 2\n  An officer of this desk found it: 2\n")
    assert f"at the end of {desk.now.date()}" in words
    assert "how the desk came to know of the content" in words
    found = known.one(number, acting=desk.by(RIA)).parts[0]
    assert "logged" in found.fact.question
    with refused(NotHeldIsUntrue):
        foi_parts.not_held(number, 1, "We do not know.", acting=desk.by(RIA))
    desk.log()
    assert count(desk, number, "logged").startswith("Referrals logged: 3\n")


def test_the_same_question_is_answered_alike_after_it_was_published() -> None:
    desk = Desk(now=datetime.now(UTC))
    desk.log()
    first = on_paper(desk)
    said = count(desk, first, "records_held", By.KIND)
    replied(desk, first)
    assert (
        count(desk, on_paper(desk), "records_held", By.KIND).splitlines()[0] == said.splitlines()[0]
    )


def undecided(monkeypatch: pytest.MonkeyPatch, exact: int, at_least: int) -> None:
    """Have so many people on record, of whom some may be one with another."""

    def answered(question: Question, *, today: date) -> Answer:
        found = answering.answered(question, today=today)
        return replace(found, exact=exact, lines=[Line((), exact)], at_least=at_least)

    for module in (foi_counting, foi_wording):
        monkeypatch.setattr(module, "answered", answered)


def test_how_many_people_there_are_at_least_is_not_told_where_one_person_would_show(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    desk = Desk(now=datetime.now(UTC))
    first, second = (on_paper(desk, days_ago=it) for it in (2, 1))
    monkeypatch.setattr(foi_counting, "told_as_at", lambda on, **_and: on)
    monkeypatch.setattr(answering, "check_question", lambda *_of, **_and: None)
    undecided(monkeypatch, 40, 30)
    assert "at least 30, at most 40" in count(desk, first, "people")
    published = replied(desk, first)
    assert "at least 30, at most 40" in published.body
    undecided(monkeypatch, 60, 31)
    assert "People on record: at most 60" in count(desk, second, "people")
    foi_ending.forget(row_of(first).id, acting=desk.by(WORKER))
    assert "People on record: at most 60" in count(desk, second, "people", part=1)
    undecided(monkeypatch, 60, 40)
    assert "at least 40, at most 60" in count(desk, second, "people", part=1)
    both = foi_parts.add(second, "How many?", Wanted.TOTAL, acting=desk.by(RIA))
    assert "at least 40, at most 60" in count(desk, second, "people", part=both)
    undecided(monkeypatch, 60, 41)
    with refused(SmallNumberWouldShow), changing_nothing():
        proposed(desk, second)


def test_few_people_are_not_told_apart() -> None:
    desk = Desk(now=datetime.now(UTC))
    known_person(desk)
    words = count(desk, on_paper(desk), "people")
    assert "[c]" in words.splitlines()[0]


def test_records_are_told_by_their_kind_so_that_people_are_not_mixed_with_others() -> None:
    desk = Desk(now=datetime.now(UTC))
    desk.log()
    number = on_paper(desk)
    for by in ((), (By.SYSTEM,)):
        with refused(SmallNumberWouldShow):
            count(desk, number, "records_held", *by)


def test_a_part_of_a_number_is_not_told_beside_it_of_other_days() -> None:
    desk = Desk(now=datetime.now(UTC))
    number, other = on_paper(desk), on_paper(desk)
    days = [desk.now.date() - timedelta(days=it) for it in (9, 5, 4)]
    count(desk, number, "disclosures", start=days[0], end=days[1])
    with refused(SmallNumberWouldShow):
        count(desk, number, "people_disclosed", start=days[0], end=days[2])
    count(desk, other, "people_disclosed", start=days[0], end=days[2])
    proposed(desk, number)
    foi_letters.give_back(number, "Not now.", seen=1, acting=desk.by(DEE))
    approved(desk, other)  # What is only drafted is told to nobody.
    with refused(SmallNumberWouldShow), changing_nothing():
        proposed(desk, number)
    count(desk, number, "people_disclosed", start=days[0], end=days[2], part=1)
    replied(desk, number)


def test_on_the_day_of_receipt_a_number_is_as_at_the_last_day_that_is_over() -> None:
    desk = Desk(now=datetime.now(UTC) + timedelta(days=2))
    desk.log()
    number = on_paper(desk)
    before = desk.now.date() - timedelta(days=1)
    part = foi_parts.add(number, "How many?", Wanted.TOTAL, acting=desk.by(RIA))
    foi_counting.give(number, part, "logged", acting=desk.by(RIA))
    words = known.one(number, acting=desk.by(RIA)).parts[0].answer
    assert words.startswith("Referrals logged: 1")
    assert f"at the end of {before}" in words
    replied(desk, number)
    stepped(desk, number, FoiStep.ERROR_FOUND)
    desk.log()
    words = count(desk, number, "logged")
    assert words.startswith(f"This corrects what we replied on {desk.now.date()}, which was: 1.")
    assert f"at the end of {before}" in words
    assert f"at the end of {desk.now.date()}" in count(desk, number, "requests")


def test_on_its_first_day_a_desk_says_from_when_on_a_number_is_told() -> None:
    desk = Desk(now=datetime.now(UTC))
    number = on_paper(desk)
    part = foi_parts.add(number, "How many?", Wanted.TOTAL, acting=desk.by(RIA))
    with changing_nothing(), refused(QuestionWrong) as early:
        foi_counting.give(number, part, "logged", acting=desk.by(RIA))
    assert early.value.values == {
        "since": str(desk.now.date()),
        "first": str(desk.now.date() + timedelta(days=1)),
    }
    assert count(desk, number, "logged", part=part).startswith("Referrals logged: 0")


def test_a_question_that_is_none_of_the_library_is_refused() -> None:
    desk = Desk(now=datetime.now(UTC))
    number = on_paper(desk)
    with refused(QuestionWrong):
        count(desk, number, "nothing")
    with refused(QuestionWrong):
        count(desk, number, "records_held", By.KIND, By.SYSTEM, By.KIND)
    with refused(RoleMissing):
        foi_counting.give(number, 1, "records_held", acting=desk.by(ADA))
    part = foi_parts.add(number, "How many?", Wanted.TOTAL, acting=desk.by(RIA))
    with refused(QuestionWrong):
        foi_counting.give(number, part, "records_held", acting=desk.by(RIA))
    assert "records_held" in library()


def published(desk: Desk, code: str, start: date, end: date) -> None:
    """Have a figure given and published."""
    tomorrow = Acting(officer=RIA, at=desk.now + timedelta(days=1))
    figure = figures.give(
        Question(code=code, as_at=desk.now.date(), start=start, end=end), acting=tomorrow
    )
    figures.publish(figure, acting=desk.by(RIA))


def test_a_part_tells_nothing_that_a_published_figure_gives_away() -> None:
    desk = Desk(now=datetime.now(UTC))
    days = [desk.now.date() - timedelta(days=it) for it in (9, 5, 4)]
    number = on_paper(desk)
    published(desk, "disclosures", days[0], days[1])
    with refused(SmallNumberWouldShow):
        count(desk, number, "people_disclosed", start=days[0], end=days[2])
    count(desk, number, "disclosures", start=days[0], end=days[1])


def test_a_part_tells_nothing_that_the_series_of_people_gives_away(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    desk = Desk(now=datetime.now(UTC))
    told = Published(
        subject="people",
        about=About.GROUPS,
        start=None,
        end=desk.now.date() + timedelta(days=1),
        axes=(WHOLE,),
        rounded=False,
        numbers={frozenset(): 40, frozenset({("all", "all")}): 40},
    )
    monkeypatch.setattr(people_series, "published", lambda: [told])  # no quarter is over yet
    with refused(SmallNumberWouldShow):
        count(desk, on_paper(desk), "people")


def test_what_the_log_of_disclosures_tells_counts_after_its_request_is_erased() -> None:
    desk = Desk(now=datetime.now(UTC))
    days = [desk.now.date() - timedelta(days=it) for it in (9, 5, 4)]
    number, other = on_paper(desk), on_paper(desk)
    count(desk, number, "disclosures", start=days[0], end=days[1])
    replied(desk, number)
    before = foi_published.numbers()
    assert [it.subject for it in before] == ["disclosures"]
    foi_ending.forget(row_of(number).id, acting=desk.by(WORKER))
    assert foi_published.numbers() == before
    with refused(SmallNumberWouldShow):
        count(desk, other, "people_disclosed", start=days[0], end=days[2])


def test_what_a_reply_told_before_the_log_of_disclosures_kept_it_is_kept_at_the_end() -> None:
    desk = Desk(now=datetime.now(UTC))
    number, other = on_paper(desk), on_paper(desk)
    with pytest.MonkeyPatch.context() as before_it_was:
        before_it_was.setattr(stored, "written", lambda _parts: "[]")
        count(desk, number, "disclosures")
        replied(desk, number)
        replied(desk, other)
    assert {it.tables for it in FoiDisclosureRow.objects.all()} == {"[]"}
    before = foi_published.numbers()
    for one in (number, other):
        foi_ending.forget(row_of(one).id, acting=desk.by(WORKER))
    assert foi_published.numbers() == before
    assert [it.subject for it in before] == ["disclosures"]


def test_a_number_is_replied_in_the_language_of_who_asked_and_published_in_english() -> None:
    desk = Desk(now=datetime.now(UTC))
    number = on_paper(desk, language="cy")
    count(desk, number, "records_held", By.KIND)
    published = replied(desk, number)
    letter = message_of(row_of(number), letter_of(number), "cy").body
    with translation.override("cy"):
        title = gettext(library()["records_held"].title)
    assert title != "Records held"
    assert f"{title}: 0" in letter
    assert "Records held" not in letter
    assert "as the desk knew it" not in letter.lower()
    assert "Records held: 0" in published.body


def test_what_a_number_is_divided_by_is_replied_in_the_language_of_who_asked() -> None:
    desk = Desk(now=datetime.now(UTC))
    desk.log()
    number = on_paper(desk, language="cy")
    count(desk, number, "logged", By.SOURCE)
    published = replied(desk, number)
    letter = message_of(row_of(number), letter_of(number), "cy").body
    assert "  Swyddog o’r ddesg hon a’i canfu: 1" in letter
    assert "  An officer of this desk found it: 1" in published.body
    assert "officer_found" not in letter + published.body


def test_an_exemption_is_named_in_the_language_of_who_asked() -> None:
    desk = Desk()
    number = on_paper(desk, language="cy")
    withheld(desk, number)
    published = replied(desk, number)
    letter = message_of(row_of(number), letter_of(number), "cy").body
    assert "s.42, Braint broffesiynol gyfreithiol" in letter
    assert "s.42, Legal professional privilege" in published.body


def test_a_reply_names_platforms_harms_and_months_and_shows_no_code() -> None:
    desk = Desk(now=datetime.now(UTC))
    desk.brought_to(State.SENT)
    number = on_paper(desk, language="cy")
    words = count(desk, number, "requests", By.HARM, By.PLATFORM)
    count(desk, number, "requests", By.MONTH, By.HARM)
    day = desk.now.date()
    replied(desk, number)
    letter = message_of(row_of(number), letter_of(number), "cy").body
    [harm] = [it for it in lawbook().harms.values() if f"{it.code} {it.title}" in words]
    with translation.override("cy"):
        title, month = gettext(harm.title), dateformat.format(day, "F")
    assert title != harm.title
    assert f"{harm.code} {title}" in letter
    assert f"{month} {day.year}" in letter
    assert f"{day:%Y-%m}:" not in letter
