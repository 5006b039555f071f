"""Questions of the library: exact, the same for ever, and equal to counting the rows by hand."""

from collections import Counter
from datetime import date

import pytest
from django.utils import timezone

from evenhand.queries import questions
from evenhand.rules.questions import By, Question
from evenhand.rules.questions_library import LIBRARY
from evenhand.store.referrals import ReferralRow
from evenhand.store.retention import DisposalRow
from tests.a_lived_in_desk import a_lived_in_desk
from tests.builders import RIA
from tests.desks import FreshDesk


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
        assert (code, found.exact) == (code, 0) or code in {"steps", "acts"}


def test_what_is_answered_is_what_counting_the_rows_gives(fresh_desk: FreshDesk) -> None:
    a_lived_in_desk()
    gone = Counter(DisposalRow.objects.filter(what="record").values_list("because"))
    assert ask("records_held") == {(): ReferralRow.objects.count()}
    assert ask("records_disposed", By.BECAUSE) == dict(gone)
    assert ask("records_created") == {(): ReferralRow.objects.count() + sum(gone.values())}
