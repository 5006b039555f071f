"""Questions of the library: exact, the same for ever, and equal to counting the rows by hand."""

from collections import Counter
from datetime import date, timedelta

import pytest
from django.conf import settings
from django.utils import timezone

from evenhand.actions import combinations, exports, notification, recalls, sharing
from evenhand.actions.adding_up import add_up
from evenhand.queries import questions
from evenhand.rules.counting import Counted
from evenhand.rules.notification import Decision, RestrictionGround, Telling
from evenhand.rules.officers import WORKER, RoleMissing
from evenhand.rules.questions import By, Question, QuestionWrong
from evenhand.rules.questions_library import LIBRARY
from evenhand.rules.referrals import State
from evenhand.store.day_counts import DayCountRow, DaySumRow
from evenhand.store.referrals import ReferralRow
from evenhand.store.retention import DisposalRow
from evenhand.store.sharing import RecallRow
from tests.a_lived_in_desk import a_lived_in_desk, shown
from tests.actions.people import decision_of, known_person
from tests.actions.sharing import in_force, released
from tests.actions.test_exports import allowed
from tests.builders import ADA, CY, DEE, GUS, RIA, SID, proposal
from tests.desks import FreshDesk
from tests.journeys import Desk
from tests.queries.test_counts_as_at import as_owner, the_database_is_on
from tests.web.people import queries_of

SAME = {
    "logged": Counted.LOGGED,
    "requests": Counted.REFERRED,
    "removals": Counted.REMOVALS,
}
"""Numbers that the counts of a month give too."""


def today() -> date:
    return timezone.localdate()


def ask(code: str, *by: By, **more: date) -> dict[tuple[str, ...], int]:
    question = Question(code=code, as_at=more.pop("as_at", today()), by=by, **more)
    found = questions.answer(question, officer=RIA, today=today())
    return {it.of: it.number for it in found.lines}


@pytest.mark.django_db
def test_on_a_new_desk_every_question_has_the_answer_nought() -> None:
    for code in LIBRARY:
        found = questions.answer(Question(code=code, as_at=today()), officer=RIA, today=today())
        assert (code, found.exact) == (code, 0) or code in {"steps", "acts", "acts_on_nobody"}


def test_what_is_answered_is_what_counting_the_rows_gives(fresh_desk: FreshDesk) -> None:
    assert fresh_desk.database_url
    a_lived_in_desk()
    gone = Counter(
        (it,) for it in DisposalRow.objects.filter(what="record").values_list("because", flat=True)
    )
    assert ask("records_held") == {(): ReferralRow.objects.count()}
    assert ask("records_disposed", By.BECAUSE) == dict(gone)
    assert ask("records_created") == {(): ReferralRow.objects.count() + sum(gone.values())}
    for code, what in SAME.items():
        of_months = {(str(month),): n for (month, it), n in shown().items() if it is what}
        assert ask(code, By.MONTH) == of_months, code


def test_counted_anew_from_the_rows_and_added_up_every_answer_is_the_same(
    fresh_desk: FreshDesk,
) -> None:
    desk = Desk()
    for state in (State.CLOSED, State.STATUTORY_ROUTE, State.NO_RESPONSE, State.NOT_REFERRED):
        desk.brought_to(state)
    person = known_person(desk)
    sharing.recall_one(released(desk, person, in_force(desk)), "wrongly_sent", acting=desk.by(SID))
    exports.take(allowed(desk, desk.log()), acting=desk.by(SID))
    before = {code: ask(code, *it.by) for code, it in LIBRARY.items()}
    for sql in (
        "DELETE FROM machinery.day_count WHERE counted NOT LIKE 'account%'",
        "DELETE FROM machinery.counted_as",
        f"SELECT machinery.count_days_before('{settings.TIME_ZONE}')",
    ):
        as_owner(fresh_desk, sql)
    assert {code: ask(code, *it.by) for code, it in LIBRARY.items()} == before
    the_database_is_on(today() + timedelta(days=1), fresh_desk)
    add_up()
    assert DaySumRow.objects.count() > 15
    assert {code: ask(code, *it.by) for code, it in LIBRARY.items()} == before
    assert sum(bool(it) for it in before.values()) > 15


def test_an_answer_reads_days_and_not_rows(fresh_desk: FreshDesk) -> None:
    assert fresh_desk.database_url
    desk = Desk()
    desk.brought_to(State.SENT)
    lines, asked_of = DayCountRow.objects.count(), queries_of(lambda: ask("requests", By.PLATFORM))
    for _more in range(4):
        desk.brought_to(State.SENT)
    assert DayCountRow.objects.count() == lines
    assert queries_of(lambda: ask("requests", By.PLATFORM)) == asked_of < 12


def test_records_that_may_be_one_persons_are_a_range_until_somebody_decides(
    fresh_desk: FreshDesk,
) -> None:
    assert fresh_desk.database_url
    desk = Desk()
    first, second = known_person(desk), known_person(desk, said=proposal(name="Orla Tangent"))
    assert in_range() == (2, 2)
    pair = combinations.propose(first, second, "The same street.", acting=desk.by(CY))
    assert in_range() == (1, 2)
    combinations.join(pair, "They are.", acting=desk.by(GUS))
    assert in_range() == (1, 1)
    assert ask("people_by_role", By.ROLE) == {("victim",): 1}
    assert ask("records_held") == {(): 4}


def in_range() -> tuple[int | None, int]:
    question = Question(code="people", as_at=today())
    found = questions.answer(question, officer=RIA, today=today())
    return found.at_least, found.exact


def test_a_recall_is_overdue_until_it_is_sent_and_until_it_is_answered(
    fresh_desk: FreshDesk,
) -> None:
    desk = Desk()
    package = released(desk, known_person(desk), in_force(desk))
    sharing.recall_one(package, "wrongly_sent", acting=desk.by(SID))
    assert ask("recalls_overdue") == {(): 1}
    recall = RecallRow.objects.get().id
    desk.now = timezone.now()
    recalls.give_up(recall, acting=desk.by(WORKER))
    recalls.sent_on_paper(recall, acting=desk.by(SID))
    assert ask("recalls_overdue") == {(): 0}
    long_after = today() + timedelta(days=60)
    the_database_is_on(long_after, fresh_desk)
    late = Question(code="recalls_overdue", as_at=long_after)
    assert questions.answer(late, officer=RIA, today=long_after).exact == 1
    recalls.acknowledge(recall, timezone.localdate(), acting=desk.by(SID))
    assert questions.answer(late, officer=RIA, today=long_after).exact == 0


def test_whoever_is_not_told_in_time_is_overdue(fresh_desk: FreshDesk) -> None:
    assert fresh_desk.database_url
    desk = Desk()
    late = known_person(desk)
    assert ask("people_told", By.TELLING) == {("undecided",): 1}
    assert ask("people_told_overdue") == {(): 0}
    months = today() + timedelta(days=120)
    question = Question(code="people_told_overdue", as_at=months)
    assert questions.answered(question, today=months).exact == 1
    tell = Decision(telling=Telling.TELL, reasons="Nothing speaks against it.")
    notification.decide(late, tell, acting=desk.by(RIA))
    assert questions.answered(question, today=months).exact == 0
    other = known_person(desk, said=proposal(name="Orla Tangent"))
    withheld = Decision(
        telling=Telling.RESTRICT,
        reasons="It would warn them.",
        ground=RestrictionGround.CRIME,
        review_on=desk.now.date() + timedelta(days=60),
    )
    notification.decide(other, withheld, acting=desk.by(RIA))
    notification.confirm(other, "It would.", seen=decision_of(other), acting=desk.by(DEE))
    assert ask("people_told_overdue") == {(): 0}
    assert questions.answered(question, today=months).exact == 1
    assert questions.known_since() <= today()


def test_content_that_was_disposed_of_is_no_record_that_went(fresh_desk: FreshDesk) -> None:
    as_owner(
        fresh_desk,
        "INSERT INTO machinery.day_count (counted, day, parts, slot, number) VALUES"
        """ ('disposed', '2026-11-01', '["referral", "content", "evenhand", "reviewed"]', 0, 2)""",
    )
    assert ask("records_disposed") == {(): 0}


@pytest.mark.django_db
def test_who_may_not_ask_has_no_answer() -> None:
    with pytest.raises(RoleMissing):
        questions.answer(Question(code="people", as_at=today()), officer=ADA, today=today())


@pytest.mark.django_db
def test_nothing_is_answered_as_at_a_day_that_has_not_come() -> None:
    with pytest.raises(QuestionWrong):
        ask("people", as_at=today() + timedelta(days=1))


def test_a_day_that_is_closed_and_not_over_is_named(fresh_desk: FreshDesk) -> None:
    assert questions.closed_too_early(today=today()) is None
    as_owner(fresh_desk, f"UPDATE machinery.known_since SET added_up = '{today()}'")
    assert questions.closed_too_early(today=today()) == today()
    assert questions.closed_too_early(today=today() + timedelta(days=1)) is None
