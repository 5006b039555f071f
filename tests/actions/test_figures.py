"""Figures: given with an entry of the log, published once, corrected openly by two people."""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from functools import partial
from pathlib import Path
from uuid import UUID, uuid4

import psycopg
import pytest
from django.db import connection, transaction
from django.db.utils import IntegrityError
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from evenhand.actions import figures
from evenhand.actions.sequencing import Sequencer
from evenhand.ledger.acts import Act
from evenhand.ledger.entries import Entry
from evenhand.ledger.receipts import parse_receipt
from evenhand.queries import figures as known
from evenhand.rules.figures import (
    CorrectionWrong,
    DayNotOver,
    FigureDiffers,
    NotATable,
    OwnCorrection,
)
from evenhand.rules.officers import Acting, RoleMissing
from evenhand.rules.questions import By, Question, QuestionWrong
from evenhand.rules.receipts import ReceiptNotYet
from evenhand.rules.referrals import NotFound
from evenhand.rules.texts import TextMissing, TextTooLong
from evenhand.store.figures import ErratumRow, FigureRow
from evenhand.store.log import EntryRow
from evenhand.store.writing import writing
from tests.actions.foi import UNA
from tests.builders import ADA, DEE, LIA, OLA, RIA
from tests.journeys import Desk, changing_nothing, refused
from tests.signers import RunningSigner, running_signer

pytestmark = pytest.mark.django_db
WHY = "One referral was counted twice."
DECLINED = f"declined_by_id = '{LIA.ref}', declined_at = now(), declined_why = '{WHY}'"
MISTAKEN = "It was not counted twice: it was sent twice."


def now_desk() -> Desk:
    return Desk(now=timezone.now())


@pytest.fixture
def desk() -> Desk:
    return now_desk()


def today() -> date:
    return timezone.localdate()


def a_day_later(acting: Acting) -> Acting:
    """Have somebody act when today is over, so that a number as at its end can be published."""
    return replace(acting, at=timezone.now() + timedelta(days=1))


def given(desk: Desk, code: str = "records_held", *by: By) -> UUID:
    return figures.give(Question(code=code, as_at=today(), by=by), acting=a_day_later(desk.by(RIA)))


def miscounted(desk: Desk, ref: UUID) -> UUID:
    """Have a figure stand as one that was given by a program that counted wrongly."""
    row, wrong = FigureRow.objects.get(id=ref), uuid4()
    kept = json.loads(row.document) | {"exact": 7, "lines": [[[], 7]]}
    with writing() as pen:
        FigureRow(
            id=wrong,
            code=row.code,
            as_at=row.as_at,
            question_sha256=row.question_sha256,
            value_sha256=hashlib.sha256(b"7").digest(),
            document=json.dumps(kept),
            document_sha256=row.document_sha256,
            by_id=RIA.ref,
            at=row.at,
            entry=pen.number,
        ).save(force_insert=True)
        pen.enter(Entry(act=Act.QUESTION_ANSWERED, at=desk.now, who=RIA.ref))
    return wrong


def wrong_and_right(desk: Desk) -> tuple[UUID, UUID]:
    """Give a published figure that is wrong, and the right one."""
    right = given(desk, "logged")
    wrong = miscounted(desk, right)
    figures.publish(wrong, acting=desk.by(RIA))
    return wrong, right


def test_a_figure_is_the_same_whenever_it_is_asked(desk: Desk) -> None:
    desk.log()
    first, second = (known.one(given(desk), officer=RIA) for _twice in range(2))
    assert first.answer.digest == second.answer.digest
    assert first.answer.exact == 1
    assert [it.ref for it in known.newest(officer=OLA)] == [second.ref, first.ref]
    assert json.loads(first.file)["definition"].startswith("A record is one referral")


def test_the_newest_figures_are_listed_by_one_query_with_their_numbers(desk: Desk) -> None:
    refs = [given(desk, code) for code in ("records_held", "people", "logged")]
    with CaptureQueriesContext(connection) as captured:
        lines = known.newest(officer=RIA)
    assert len(captured) == 1
    assert [it.ref for it in lines] == refs[::-1]
    for it in lines:
        answer = known.one(it.ref, officer=RIA).answer
        assert (it.exact, it.at_least) == (answer.exact, answer.at_least)
        assert (it.code, it.as_at) == (answer.question.code, today())


def test_only_who_may_asks_publishes_and_confirms(desk: Desk) -> None:
    with refused(RoleMissing):
        figures.give(Question(code="people", as_at=today()), acting=desk.by(ADA))
    ref = given(desk)
    with refused(RoleMissing):
        figures.publish(ref, acting=desk.by(OLA))
    with refused(RoleMissing):
        known.one(ref, officer=ADA)
    with refused(RoleMissing):
        known.waiting(officer=RIA)
    with refused(RoleMissing):
        figures.correct(ref, ref, WHY, acting=desk.by(DEE))
    with refused(RoleMissing):
        figures.confirm(uuid4(), acting=desk.by(RIA))
    assert known.one(ref, officer=LIA).ref == ref
    with refused(QuestionWrong), changing_nothing():
        figures.give(Question(code="cars", as_at=today()), acting=desk.by(RIA))
    with refused(NotFound):
        known.one(uuid4(), officer=RIA)


def test_what_is_published_is_never_published_otherwise_without_a_correction(desk: Desk) -> None:
    wrong, right = wrong_and_right(desk)
    assert known.one(right, officer=RIA).beside == wrong
    with refused(FigureDiffers), changing_nothing():
        figures.publish(right, acting=desk.by(RIA))
    with refused(FigureDiffers):
        figures.publish(wrong, acting=desk.by(RIA))
    with refused(TextMissing), changing_nothing():
        figures.correct(wrong, right, "", acting=desk.by(RIA))
    erratum = figures.correct(wrong, right, WHY, acting=desk.by(RIA))
    with refused(CorrectionWrong):
        figures.correct(wrong, right, WHY, acting=desk.by(RIA))
    assert known.corrections() == []
    [waiting] = known.waiting(officer=LIA)
    assert (waiting.ref, waiting.is_now, waiting.exact_was, waiting.exact_now) == (
        erratum, None, 7, 0
    )  # fmt: skip
    figures.confirm(erratum, acting=desk.by(LIA))
    with refused(CorrectionWrong):
        figures.confirm(erratum, acting=desk.by(DEE))
    [corrected] = known.corrections()
    assert corrected.why == WHY
    assert corrected.was.numbers[frozenset()] == 7
    assert corrected.is_now is not None
    assert corrected.is_now.numbers[frozenset()] == 0
    assert known.one(wrong, officer=RIA).correction == corrected
    assert known.one(right, officer=RIA).correction == corrected
    assert known.waiting(officer=DEE) == []


def test_nobody_confirms_their_own_correction_and_none_that_is_not_there(desk: Desk) -> None:
    wrong, right = wrong_and_right(desk)
    at = desk.by(DEE).at
    with writing() as pen:
        erratum = ErratumRow(
            id=uuid4(), wrong_id=wrong, right_id=right, why=WHY, by_id=DEE.ref, at=at
        )
        erratum.save(force_insert=True)
        pen.enter(Entry(act=Act.CORRECTION_WRITTEN, at=desk.now, who=DEE.ref))
    with refused(OwnCorrection):
        figures.confirm(erratum.id, acting=desk.by(DEE))
    with refused(OwnCorrection):
        figures.decline(erratum.id, MISTAKEN, acting=desk.by(DEE))
    with refused(NotFound):
        figures.confirm(uuid4(), acting=desk.by(DEE))


def test_a_correction_that_is_a_mistake_is_declined_and_another_can_be_written(desk: Desk) -> None:
    wrong, right = wrong_and_right(desk)
    lia, dee = desk.by(LIA), desk.by(DEE)
    erratum = figures.correct(wrong, right, WHY, acting=desk.by(RIA))
    with refused(RoleMissing):
        figures.decline(erratum, MISTAKEN, acting=desk.by(RIA))
    with refused(TextMissing), changing_nothing():
        figures.decline(erratum, " ", acting=lia)
    with refused(TextTooLong), changing_nothing():
        figures.decline(erratum, "x" * 10_001, acting=lia)
    with refused(NotFound):
        figures.decline(uuid4(), MISTAKEN, acting=lia)
    figures.decline(erratum, MISTAKEN, acting=lia)
    newest = EntryRow.objects.order_by("-number").first()
    assert newest is not None
    assert b'"act":"figure.decline"' in bytes(newest.leaf)
    for answer in (figures.confirm, partial(figures.decline, why=MISTAKEN)):
        with refused(CorrectionWrong), changing_nothing():
            answer(erratum, acting=dee)
    assert (known.corrections(), known.waiting(officer=LIA)) == ([], [])
    [declined] = known.declined(officer=DEE)
    assert (declined.declined_why, declined.declined_by) == (MISTAKEN, LIA.name)
    assert known.correction(erratum, officer=LIA) == declined
    for figure in (wrong, right):
        found = known.one(figure, officer=RIA)
        assert (found.correction, found.ended) == (None, [declined])
    again = figures.correct(wrong, right, WHY, acting=desk.by(RIA))
    figures.confirm(again, acting=lia)
    [published] = known.corrections()
    assert published.ref == again
    with refused(RoleMissing):
        known.declined(officer=RIA)
    with refused(RoleMissing):
        known.correction(erratum, officer=ADA)


def test_a_correction_is_withdrawn_by_who_wrote_it_and_another_can_be_written(desk: Desk) -> None:
    wrong, right = wrong_and_right(desk)
    lia, ria = desk.by(LIA), desk.by(RIA)
    una = desk.by(UNA)
    erratum = figures.correct(wrong, right, WHY, acting=ria)
    assert known.one(right, officer=RIA).may_withdraw
    assert not known.one(right, officer=LIA).may_withdraw
    with refused(CorrectionWrong), changing_nothing():
        figures.withdraw(erratum, acting=una)
    with refused(RoleMissing):
        figures.withdraw(erratum, acting=lia)
    figures.withdraw(erratum, acting=ria)
    newest = EntryRow.objects.order_by("-number").first()
    assert newest is not None
    assert b'"act":"figure.withdraw"' in bytes(newest.leaf)
    for answer in (
        partial(figures.confirm, acting=lia),
        partial(figures.decline, why=MISTAKEN, acting=lia),
        partial(figures.withdraw, acting=ria),
    ):
        with refused(CorrectionWrong), changing_nothing():
            answer(erratum)
    assert (known.corrections(), known.waiting(officer=LIA), known.declined(officer=LIA)) == (
        [], [], []
    )  # fmt: skip
    withdrawn = known.correction(erratum, officer=RIA)
    assert withdrawn.withdrawn_at == ria.at
    found = known.one(wrong, officer=RIA)
    assert (found.correction, found.ended, found.may_withdraw) == (None, [withdrawn], False)
    figures.confirm(figures.correct(wrong, right, WHY, acting=ria), acting=lia)
    assert len(known.corrections()) == 1
    assert not known.one(wrong, officer=RIA).may_withdraw


@pytest.mark.parametrize(
    ("sql", "code"),
    [
        ("UPDATE erratum SET withdrawn_at = NULL", "E-COR-90"),
        (f"UPDATE erratum SET {DECLINED}", "E-COR-90"),
    ],
)
def test_the_database_keeps_a_withdrawn_correction_as_it_is(
    desk: Desk, sql: str, code: str
) -> None:
    erratum = figures.correct(*wrong_and_right(desk), WHY, acting=desk.by(RIA))
    figures.withdraw(erratum, acting=desk.by(RIA))
    assert_refused_by_the_database(sql, code)


def test_the_database_lets_no_correction_be_withdrawn_and_answered(desk: Desk) -> None:
    desk.by(LIA)
    figures.correct(*wrong_and_right(desk), WHY, acting=desk.by(RIA))
    sql = f"UPDATE erratum SET withdrawn_at = now(), {DECLINED}"
    assert_refused_by_the_database(sql, "withdrawn_unanswered")


def test_a_figure_that_was_asked_before_its_day_was_over_is_not_published(desk: Desk) -> None:
    asked = Question(code="logged", as_at=today())
    early, _second = figures.give(asked, acting=desk.by(RIA)), desk.by(LIA)
    with refused(DayNotOver), changing_nothing():
        figures.publish(early, acting=a_day_later(desk.by(RIA)))
    wrong, right = wrong_and_right(desk)
    with refused(DayNotOver), changing_nothing():
        figures.correct(wrong, early, WHY, acting=desk.by(RIA))
    with writing() as pen:
        written = {"wrong_id": wrong, "right_id": early, "why": WHY, "by_id": RIA.ref}
        before = ErratumRow(id=uuid4(), at=desk.now, **written)
        before.save(force_insert=True)
        pen.enter(Entry(act=Act.CORRECTION_WRITTEN, at=desk.now, who=RIA.ref))
    with refused(DayNotOver), changing_nothing():
        figures.confirm(before.id, acting=desk.by(LIA))
    figures.decline(before.id, MISTAKEN, acting=desk.by(LIA))
    figures.confirm(figures.correct(wrong, right, WHY, acting=desk.by(RIA)), acting=desk.by(LIA))


def test_a_table_of_three_ways_is_given_and_not_published(desk: Desk) -> None:
    desk.log()
    ref = given(desk, "logged", By.SOURCE, By.PLATFORM, By.MONTH)
    with refused(NotATable), changing_nothing():
        figures.publish(ref, acting=desk.by(RIA))
    tomorrow = today() + timedelta(days=1)
    of_days = Question(
        code="logged", as_at=today(), by=(By.SOURCE,), start=date(2026, 1, 1), end=tomorrow
    )
    ref = figures.give(of_days, acting=a_day_later(desk.by(RIA)))
    figures.publish(ref, acting=desk.by(RIA))
    published = known.one(ref, officer=RIA).published
    assert published is not None
    assert (published.start, published.end) == (date(2026, 1, 1), tomorrow)
    ref = given(desk, "records_held", By.KIND)
    figures.publish(ref, acting=desk.by(RIA))
    published = known.one(ref, officer=RIA).published
    assert published is not None
    assert published.axes[0].name == "kind"


def test_a_table_of_nothing_is_not_published(desk: Desk) -> None:
    with refused(NotATable):
        figures.publish(given(desk, "logged", By.SOURCE), acting=desk.by(RIA))


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE figure SET document = '{}'",
        "UPDATE figure SET published = NULL, published_at = NULL, published_by_id = NULL",
        "DELETE FROM figure",
        "UPDATE figure SET published = '{}', published_by_id = by_id, published_at = now()",
    ],
)
def test_the_database_lets_no_figure_change_and_none_stand_beside_another(
    desk: Desk, sql: str
) -> None:
    wrong_and_right(desk)
    assert_refused_by_the_database(sql, "E-COR-89")


@pytest.mark.parametrize(
    "sql", ["UPDATE erratum SET why = 'x'", "DELETE FROM erratum", "UPDATE erratum SET at = now()"]
)
def test_the_database_lets_no_correction_change(desk: Desk, sql: str) -> None:
    figures.correct(*wrong_and_right(desk), WHY, acting=desk.by(RIA))
    assert_refused_by_the_database(sql, "E-COR-90")


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE erratum SET declined_by_id = NULL, declined_at = NULL, declined_why = ''",
        "UPDATE erratum SET declined_why = 'x'",
        "UPDATE erratum SET confirmed_by_id = declined_by_id, confirmed_at = now()",
    ],
)
def test_the_database_keeps_a_declined_correction_as_it_is(desk: Desk, sql: str) -> None:
    erratum = figures.correct(*wrong_and_right(desk), WHY, acting=desk.by(RIA))
    figures.decline(erratum, MISTAKEN, acting=desk.by(LIA))
    assert_refused_by_the_database(sql, "E-COR-90")


@pytest.mark.parametrize(
    "declined",
    [
        f"declined_by_id = by_id, declined_at = now(), declined_why = '{WHY}'",
        f"declined_by_id = '{LIA.ref}', declined_at = now()",
        f"declined_at = now(), declined_why = '{WHY}'",
        f"{DECLINED}, confirmed_by_id = '{LIA.ref}', confirmed_at = now()",
    ],
)
def test_the_database_lets_a_correction_be_declined_by_another_with_a_reason_alone(
    desk: Desk, declined: str
) -> None:
    figures.correct(*wrong_and_right(desk), WHY, acting=desk.by(RIA))
    assert_refused_by_the_database(f"UPDATE erratum SET {declined}", "by_another")


def test_the_database_lets_one_correction_of_a_figure_stand(desk: Desk) -> None:
    wrong, right = wrong_and_right(desk)
    figures.correct(wrong, right, WHY, acting=desk.by(RIA))
    again = ErratumRow(wrong_id=wrong, right_id=right, why=WHY, by_id=RIA.ref, at=desk.by(RIA).at)
    with pytest.raises(IntegrityError, match="erratum_of_a_figure_once"), transaction.atomic():
        again.save(force_insert=True)


def assert_refused_by_the_database(sql: str, code: str) -> None:
    outcome = pytest.raises(IntegrityError)
    with outcome as told, transaction.atomic(), writing(), connection.cursor() as cursor:
        cursor.execute(sql)
    assert isinstance(told.value.__cause__, psycopg.errors.CheckViolation)
    assert code in str(told.value)


@pytest.fixture
def signer() -> Iterator[RunningSigner]:
    with running_signer() as running:
        yield running


def test_the_receipt_of_an_answer_holds_for_anybody_and_is_of_its_file(
    desk: Desk, signer: RunningSigner, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    ref = given(desk)
    with refused(ReceiptNotYet):
        known.receipt(ref, log=tmp_path / "log", acting=desk.by(RIA))
    Sequencer(tmp_path / "log", signer.socket).step(now=desk.now)
    receipt = known.receipt(ref, log=tmp_path / "log", acting=desk.by(RIA))
    file = known.one(ref, officer=RIA).file.encode()
    told = parse_receipt(receipt.encode()).proves()
    assert told["act"] == "question.answer"
    assert told["package"] == hashlib.sha256(file).hexdigest()
    assert "who" not in told
    again = known.one(given(desk), officer=RIA)
    assert again.answer.checkpoint.note != ""
