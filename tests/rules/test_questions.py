"""The rules of questions and of figures: what has an exact answer, and what stands published."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from itertools import combinations, permutations
from uuid import UUID

import pytest

from evenhand.ledger.acts import Act
from evenhand.rules import counted_words
from evenhand.rules.balance import CountsDoNotBalance
from evenhand.rules.figures import (
    Correction,
    CorrectionWrong,
    Figure,
    FigureDiffers,
    OwnCorrection,
    check_correction,
    check_may_answer,
    check_may_publish,
)
from evenhand.rules.foi_questions import RECURRING, answered_by, how_to_answer
from evenhand.rules.officers import OfficerRef
from evenhand.rules.operations import NO_EFFECT, OPERATIONS, acts_of_operations
from evenhand.rules.people_ages import ALL_BANDS, ALL_KNOWN, BANDS, OLDEST, UNKNOWN_AGE, band_of
from evenhand.rules.publishing import SmallNumberWouldShow, publishable
from evenhand.rules.publishing_asked import MOST_WAYS, table_of, with_all_categories
from evenhand.rules.publishing_tables import About, Axis, Published
from evenhand.rules.questions import (
    Answer,
    Balanced,
    By,
    Checkpoint,
    Line,
    NotHeldIsUntrue,
    Question,
    QuestionWrong,
    check_balances,
    check_may_say_not_held,
    check_question,
)
from evenhand.rules.questions_library import LIBRARY, UNDER_18, meaning_of
from evenhand.rules.questions_of_acts import CREATING, STEPS
from evenhand.rules.texts import TextMissing
from tests.builders import TODAY

SINCE = TODAY - timedelta(days=90)
HELD = Question(code="records_held", as_at=TODAY)
LOGGED = Question(code="logged", as_at=TODAY)
FIGURE = Figure(
    question=b"q", value=b"1", as_at=TODAY, given_on=TODAY + timedelta(days=1), is_published=True
)
OTHER = replace(FIGURE, value=b"2", is_published=False)
AUTHOR, SECOND = (OfficerRef(UUID(int=it)) for it in (7, 8))


def answer(code: str, lines: Mapping[tuple[str, ...], int], *by: By) -> Answer:
    return Answer(
        question=Question(code=code, as_at=TODAY, by=by),
        meaning=meaning_of(code),
        exact=sum(lines.values()),
        lines=[Line(of, number) for of, number in lines.items()],
        at_least=None,
        balance=(),
        checkpoint=Checkpoint(0, ""),
        digest=b"",
    )


def checked(question: Question) -> None:
    check_question(question, meaning_of(question.code), since=SINCE, today=TODAY)


@pytest.mark.parametrize(
    ("question", "at"),
    [
        (replace(HELD, as_at=SINCE - timedelta(days=1)), "as_at"),
        (replace(HELD, as_at=TODAY + timedelta(days=1)), "as_at"),
        (replace(HELD, start=SINCE), "start"),
        (replace(HELD, end=TODAY), "start"),
        (replace(LOGGED, start=TODAY, end=TODAY), "end"),
        (replace(HELD, by=(By.MONTH,)), "by"),
        (replace(LOGGED, by=(By.SOURCE, By.SOURCE)), "by"),
    ],
)
def test_a_question_without_an_exact_answer_is_refused(question: Question, at: str) -> None:
    with pytest.raises(QuestionWrong) as told:
        checked(question)
    assert told.value.at == at


def test_a_question_of_days_that_have_come_is_let_through() -> None:
    checked(HELD)
    checked(replace(LOGGED, start=SINCE, end=TODAY, by=(By.SOURCE, By.MONTH)))
    checked(replace(LOGGED, start=SINCE))


def test_a_question_that_the_library_does_not_have_is_refused() -> None:
    with pytest.raises(QuestionWrong):
        meaning_of("watched_accounts")


def test_whatever_it_is_divided_by_is_a_part_that_is_counted() -> None:
    for code, it in LIBRARY.items():
        assert it.code == code
        assert {*it.by} - {By.MONTH} <= {*it.parts}, code
        assert it.only.keys() <= {*it.parts}, code
        assert (By.MONTH not in it.by) or it.basis.is_of_days, code


def test_numbers_with_people_among_them_are_published_as_numbers_of_people() -> None:
    divided = [it for it in LIBRARY.values() if By.KIND in it.parts]
    assert {it.code for it in divided} == {"records_held", "records_created", "records_disposed"}
    assert {it.about for it in divided} == {About.PEOPLE}


def test_records_created_by_kind_and_month_hide_few_people() -> None:
    table = table_of(
        answer(
            "records_created",
            {("person", "2026-10"): 12, ("person", "2026-11"): 1,
             ("referral", "2026-10"): 40, ("referral", "2026-11"): 30},
            By.KIND,
            By.MONTH,
        )
    )  # fmt: skip
    shown = publishable(table, earlier=())
    assert shown.numbers[frozenset({("kind", "person"), ("month", "2026-11")})] is None
    assert shown.numbers[frozenset({("kind", "person"), ("month", "2026-10")})] is None
    assert shown.says


def test_groups_of_nobody_are_as_hidden_as_groups_of_few() -> None:
    """Whoever is known to be 12 would have a row: a table without one says that nobody is."""
    shown = publishable(
        table_of(answer("people", {("35-49",): 12, ("50-64",): 2}, By.AGE)), earlier=()
    )
    [axis] = shown.axes
    assert axis.categories == ALL_BANDS
    assert {shown.numbers[frozenset({("age", it)})] for it in ALL_BANDS if it < "3"} == {None}
    young = table_of(answer("people_under_18", {("13-15",): 30}, By.AGE))
    assert set(young.rows.categories) == UNDER_18
    known = table_of(answer("people", {("age",): 30}, By.KNOWN))
    assert known.rows.categories == ALL_KNOWN


def test_what_was_told_of_groups_without_rows_is_compared_with_all_of_them() -> None:
    whole = publishable(
        table_of(answer("people", {("25-34", "age"): 30}, By.AGE, By.KNOWN)), earlier=()
    )
    once = replace(
        whole,
        axes=(Axis("age", ("25-34",)), Axis("known", ("age",))),
        numbers={key: 30 for key in whole.numbers if {"25-34", "age"} >= {it[1] for it in key}},
    )
    told = with_all_categories(once)
    assert ({*told.axes}, told.numbers.keys()) == ({*whole.axes}, whole.numbers.keys())
    assert {number for key, number in told.numbers.items() if key not in once.numbers} == {0}
    assert with_all_categories(whole) == whole
    work = publishable(table_of(answer("logged", {("court",): 1}, By.SOURCE)), earlier=())
    assert with_all_categories(work) == work


NESTED = ("people", "people_under_18", "people_under_13")


def published(*several: tuple[str, int]) -> list[Published]:
    found: list[Published] = []
    for code, number in several:
        found.append(publishable(table_of(answer(code, {(): number})), earlier=found))
    return found


@pytest.mark.parametrize("order", list(permutations(zip(NESTED, (25, 24, 25), strict=True))))
def test_numbers_that_nest_are_not_published_when_they_tell_of_one_person(
    order: list[tuple[str, int]],
) -> None:
    for first, second in combinations(order, 2):
        with pytest.raises(SmallNumberWouldShow):
            published(first, second)


def test_numbers_that_nest_are_published_when_they_are_far_apart_or_hidden() -> None:
    for numbers in permutations(zip(NESTED, (90, 40, 12), strict=True)):
        assert all(None not in it.numbers.values() for it in published(*numbers))
    few = published(("people", 25), ("people_under_18", 3))
    assert {*few[1].numbers.values()} == {None}
    with pytest.raises(SmallNumberWouldShow):
        published(("people_under_18", 3), ("people_under_13", 30))


def test_a_part_of_a_number_is_not_published_beside_the_number_divided() -> None:
    whole = answer("people", {("13-15",): 30, ("25-34",): 50}, By.AGE)
    by_age = publishable(table_of(whole), earlier=())
    part = table_of(answer("people_under_18", {(): 30}))
    with pytest.raises(SmallNumberWouldShow):
        publishable(part, earlier=[by_age])
    later = replace(part, end=part.end + timedelta(days=30))
    assert publishable(later, earlier=[by_age]).part == ("people_under_18",)
    divided = table_of(answer("people_under_18", {("13-15",): 30}, By.AGE))
    assert publishable(divided, earlier=published(("people", 80))).subject == "people"


def test_the_acts_that_are_counted_are_acts_of_the_log() -> None:
    known = {str(it) for it in Act}
    for it in LIBRARY.values():
        assert it.only.get(By.ACT, frozenset()) <= known
    assert CREATING < STEPS
    assert acts_of_operations() <= known


def test_nothing_that_goes_on_by_itself_makes_a_record() -> None:
    assert not acts_of_operations() & CREATING
    assert {it.effect for it in OPERATIONS} > {NO_EFFECT}


def test_records_that_are_not_explained_keep_every_figure_back() -> None:
    line = Balanced(
        kind="referral", system="old", created=1, imported=3, held=2, disposed=1, transferred=1
    )
    check_balances([line])
    with pytest.raises(CountsDoNotBalance):
        check_balances([line, replace(line, held=3)])


def test_not_held_is_refused_of_what_the_library_answers() -> None:
    for id_ in RECURRING:
        with pytest.raises(NotHeldIsUntrue):
            check_may_say_not_held(answered_by(id_))
    check_may_say_not_held(answered_by("How many cars?"))


def test_another_question_is_answered_by_the_codes_that_it_names() -> None:
    assert [it.code for it in how_to_answer("Q1", ["people", "logged"]).counts] == [
        "people", "logged"
    ]  # fmt: skip
    for codes in ([], ["people", "watched_accounts"]):
        with pytest.raises(QuestionWrong):
            how_to_answer("Q1", codes)


def test_whoever_acts_and_is_no_named_officer_is_explained_beside_their_number() -> None:
    others = counted_words.CODES[By.ACTOR].keys() - {"officer"}
    divided = [it for it in RECURRING.values() if any(By.ACTOR in one.by for one in it.counts)]
    assert divided
    for it in divided:
        assert all(f"“{who}”" in " ".join(it.says) for who in others)


def test_every_number_that_answers_a_recurring_question_is_in_the_library() -> None:
    for it in RECURRING.values():
        for asked in it.counts:
            checked(Question(code=asked.code, as_at=TODAY, by=asked.by))
            assert len(asked.by) <= MOST_WAYS  # else no letter could say it


def test_every_age_is_in_one_band() -> None:
    assert band_of(None) == UNKNOWN_AGE
    bands = [band_of(it) for it in range(OLDEST + 5)]
    assert sorted(set(bands), key=bands.index) == [name for name, _end in BANDS]
    assert (band_of(9), band_of(10), band_of(17), band_of(18)) == ("0-9", "10-12", "16-17", "18-24")


def test_a_figure_is_published_once_and_no_other_beside_it() -> None:
    check_may_publish(OTHER, None)
    same = replace(OTHER, value=FIGURE.value)
    for figure, stands in ((FIGURE, None), (same, FIGURE), (OTHER, FIGURE)):
        with pytest.raises(FigureDiffers):
            check_may_publish(figure, stands)


@pytest.mark.parametrize(
    ("wrong", "right", "is_corrected"),
    [
        (replace(FIGURE, is_published=False), OTHER, False),
        (FIGURE, OTHER, True),
        (FIGURE, replace(OTHER, question=b"another"), False),
        (FIGURE, replace(OTHER, value=FIGURE.value), False),
        (FIGURE, replace(OTHER, is_published=True), False),
    ],
)
def test_a_correction_is_of_what_stands_by_another_value(
    wrong: Figure, right: Figure, is_corrected: bool
) -> None:
    check_correction(FIGURE, OTHER, "One was counted twice.", is_corrected=False)
    with pytest.raises(CorrectionWrong):
        check_correction(wrong, right, "One was counted twice.", is_corrected=is_corrected)


def test_a_correction_says_what_was_wrong() -> None:
    with pytest.raises(TextMissing):
        check_correction(FIGURE, OTHER, " ", is_corrected=False)


def test_a_correction_is_answered_once_by_somebody_else() -> None:
    correction = Correction(written_by=AUTHOR, is_confirmed=False, is_declined=False)
    check_may_answer(correction, SECOND)
    with pytest.raises(OwnCorrection):
        check_may_answer(correction, AUTHOR)
    answered = (replace(correction, is_confirmed=True), replace(correction, is_declined=True))
    for one in answered:
        with pytest.raises(CorrectionWrong):
            check_may_answer(one, SECOND)
