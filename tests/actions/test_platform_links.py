"""A platform answers by the link of a notice, without an account and without seeing the desk."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.conf import settings
from django.core.signing import Signer

from evenhand.actions import platform_links
from evenhand.actions.answers import AnswerWords
from evenhand.ledger.acts import Act
from evenhand.queries import history
from evenhand.queries import platform_links as links
from evenhand.queries import referral as one_referral
from evenhand.rules.answers import DSA, AnswerKind, Outcome, StatementWrong
from evenhand.rules.officers import WORKER
from evenhand.rules.platform_links import (
    LASTS,
    MOST_A_DAY,
    PATH,
    LinkEnded,
    LinkUnknown,
    TooManyAnswers,
    Writing,
    without_links,
)
from evenhand.rules.referrals import ChangedMeanwhile, State
from evenhand.rules.texts import TextMissing, TextTooLong
from evenhand.store.platform_links import SALT
from evenhand.store.sealing import open_record_key
from tests.builders import ADA, OLA, as_reader
from tests.journeys import Desk, changing_nothing, refused, row

pytestmark = pytest.mark.django_db
SAID_NOTHING = AnswerWords()
STATEMENT = {
    "decision_visibility": ["DECISION_VISIBILITY_CONTENT_REMOVED"],
    "decision_ground": "DECISION_GROUND_ILLEGAL_CONTENT",
    "illegal_content_legal_ground": "Offences against the Person Act 1861 s.16",
    "illegal_content_explanation": "It threatens a named person.",
    "content_type": ["CONTENT_TYPE_VIDEO"],
    "category": "STATEMENT_CATEGORY_VIOLENCE",
    "content_date": "2026-11-01",
    "application_date": "2026-11-20",
    "decision_facts": "A notice reached us, and a person looked.",
    "source_type": "SOURCE_TYPE_OTHER_NOTIFICATION",
    "automated_detection": "No",
    "automated_decision": "AUTOMATED_DECISION_NOT_AUTOMATED",
    "puid": "clip-7",
}


def token_of(reference: str) -> str:
    address = links.address_of(reference)
    start = f"{settings.PUBLIC_URL}{PATH}"
    assert address.startswith(start)
    return address.removeprefix(start).rstrip("/")


def answer(
    desk: Desk,
    token: str,
    said: AnswerKind | Outcome,
    words: AnswerWords = SAID_NOTHING,
    version: int | None = None,
) -> None:
    platform_links.answer(token, said, words, seen_version=version, acting=desk.by(WORKER))


def sent(desk: Desk) -> tuple[str, str]:
    reference = desk.brought_to(State.SENT)
    return reference, token_of(reference)


def test_the_link_stands_in_the_notice_and_says_until_when() -> None:
    desk = Desk()
    reference = desk.brought_to(State.SENT)
    [notice] = one_referral.one(reference, acting=as_reader(ADA)).notices
    assert notice.message is not None
    told = notice.message.replace("=\r\n", "")
    assert f"{settings.PUBLIC_URL}{PATH}" in told
    assert token_of(reference) in told
    assert "It works until:" in told


def test_a_platform_acknowledges_and_then_decides() -> None:
    desk = Desk()
    reference, token = sent(desk)
    answer(desk, token, AnswerKind.ACKNOWLEDGED, AnswerWords("CASE-7"))
    assert row(reference).state == State.ACKNOWLEDGED
    answer(desk, token, Outcome.RESTRICTED_IN_FULL, AnswerWords("", "Our rule on threats."))
    read = one_referral.one(reference, acting=as_reader(ADA))
    assert read.fact.state is State.DECIDED
    assert not row(reference).is_removal
    first, last = read.answers
    assert (first.by, first.their_reference) == (None, "CASE-7")
    assert (last.by, last.outcome) == (None, Outcome.RESTRICTED_IN_FULL)
    assert last.ground_relied_on == "Our rule on threats."
    acts = [it.act for it in history.of(reference, officer=ADA).lines]
    assert acts.count(Act.ANSWER_GIVEN) == 2


def test_a_statement_of_reasons_comes_in_and_goes_out_without_loss() -> None:
    desk = Desk()
    reference, token = sent(desk)
    words = AnswerWords(statement_of_reasons={"facts": "It threatens.", DSA: STATEMENT})
    answer(desk, token, Outcome.RESTRICTED_IN_FULL, words)
    [given] = one_referral.one(reference, acting=as_reader(ADA)).answers
    assert given.statement_of_reasons == {"facts": "It threatens.", DSA: STATEMENT}


@pytest.mark.parametrize(
    "wrong",
    [
        {"puid": "no spaces here"},
        {"category": "STATEMENT_CATEGORY_MUSIC"},
        {"decision_facts": "x" * 5001},
        {"content_date": "yesterday"},
    ],
)
def test_a_statement_that_the_database_would_not_take_is_refused(wrong: dict[str, str]) -> None:
    desk = Desk()
    _reference, token = sent(desk)
    words = AnswerWords(statement_of_reasons={DSA: STATEMENT | wrong})
    with changing_nothing(), refused(StatementWrong):
        answer(desk, token, Outcome.DECLINED, words)


def test_a_whole_statement_fits_and_a_longer_one_is_refused() -> None:
    desk = Desk()
    _reference, token = sent(desk)
    whole = STATEMENT | {
        "decision_facts": "é" * 5000,
        "illegal_content_explanation": "é" * 2000,
        "illegal_content_legal_ground": "é" * 500,
    }
    too_long = AnswerWords(statement_of_reasons={"facts": "x" * 40_000})
    with changing_nothing(), refused(TextTooLong):
        answer(desk, token, Outcome.DECLINED, too_long)
    answer(desk, token, Outcome.DECLINED, AnswerWords(statement_of_reasons={DSA: whole}))


def test_a_link_is_no_use_where_one_sign_of_it_is_another() -> None:
    desk = Desk()
    reference, token = sent(desk)
    other = Signer(sep=".", salt="something else").sign(f"{row(reference).id.hex}-1")
    gone = Signer(sep=".", salt=SALT).sign(f"{uuid4().hex}-1")
    odd = [Signer(sep=".", salt=SALT).sign(it) for it in ("x-1", "1", "-", f"{uuid4().hex}-x")]
    for wrong in ("", "x", token[:-1], token.swapcase(), f"{token}x", other, gone, *odd):
        with changing_nothing(), refused(LinkUnknown):
            answer(desk, wrong, AnswerKind.ACKNOWLEDGED)
        with refused(LinkUnknown):
            links.opened(wrong, now=desk.now)


def test_before_anything_was_sent_there_is_nothing_to_answer() -> None:
    desk = Desk()
    reference = desk.brought_to(State.APPROVED)
    with changing_nothing(), refused(LinkUnknown):
        answer(desk, token_of(reference), AnswerKind.ACKNOWLEDGED)


def test_a_link_ends_after_its_time() -> None:
    desk = Desk()
    reference, token = sent(desk)
    approved_at = row(reference).approved_at
    assert approved_at is not None
    last = links.opened(token, now=approved_at + LASTS - timedelta(seconds=1))
    assert last.reference == reference
    with refused(LinkEnded):
        links.opened(token, now=approved_at + LASTS)


def test_a_link_that_was_taken_back_is_no_use_and_the_next_one_is() -> None:
    desk = Desk()
    reference, token = sent(desk)
    platform_links.take_back(reference, "It was published.", acting=desk.by(ADA))
    with changing_nothing(), refused(LinkEnded):
        answer(desk, token, AnswerKind.ACKNOWLEDGED)
    answer(desk, token_of(reference), AnswerKind.ACKNOWLEDGED)
    [*_others, made] = one_referral.one(reference, acting=as_reader(ADA)).moves
    assert (made.move, made.reason) == ("link_taken_back", "It was published.")


def test_a_platform_sees_our_request_and_its_own_answers_and_nothing_else() -> None:
    desk = Desk()
    reference, token = sent(desk)
    answer(desk, token, AnswerKind.ACKNOWLEDGED)
    desk.do(reference, Outcome.DECLINED)
    found = links.opened(token, now=desk.now)
    assert [it.said for it in found.answers] == [AnswerKind.ACKNOWLEDGED]
    assert found.url
    assert not {"state", "officer", "harm"} & set(dir(found))


def test_what_is_not_waited_for_is_refused_without_saying_how_it_stands() -> None:
    desk = Desk()
    reference, token = sent(desk)
    desk.do(reference, "withdraw")
    assert links.opened(token, now=desk.now).possible == ()
    with changing_nothing(), refused(LinkEnded) as told:
        answer(desk, token, Outcome.DECLINED)
    assert "withdrawn" not in str(told)


def test_an_answer_is_about_what_was_shown() -> None:
    desk = Desk()
    _reference, token = sent(desk)
    seen = links.opened(token, now=desk.now).version
    answer(desk, token, AnswerKind.ACKNOWLEDGED, version=seen)
    with changing_nothing(), refused(ChangedMeanwhile):
        answer(desk, token, Outcome.DECLINED, version=seen)


def test_by_one_link_no_more_is_answered_than_a_person_would() -> None:
    desk = Desk()
    _reference, token = sent(desk)
    for _ in range(MOST_A_DAY):
        answer(desk, token, Outcome.DECLINED)
    with changing_nothing(), refused(TooManyAnswers):
        answer(desk, token, Outcome.DECLINED)
    desk.now += timedelta(days=1)
    answer(desk, token, Outcome.RESTRICTED_IN_PART)


def test_a_question_and_a_wrong_address_come_as_mail_that_waits_to_be_read() -> None:
    desk = Desk()
    reference, token = sent(desk)
    for what, text in ((Writing.QUESTION, "Which minute?"), (Writing.WRONG_ADDRESS, "")):
        platform_links.write(token, what, text, acting=desk.by(WORKER))
    first, last = row(reference).mailrows.order_by("at")
    assert (first.kind, first.read_at, row(reference).mail_since) == ("letter", None, first.at)
    key = open_record_key(row(reference).key)
    assert "Which minute?" in first.message.opened(key).decode()
    assert f"[{reference}] The platform says" in last.message.opened(key).decode()
    assert row(reference).state == State.SENT


def test_the_same_words_at_the_same_moment_are_kept_once() -> None:
    desk = Desk()
    reference, token = sent(desk)
    acting = desk.by(WORKER)
    for _ in range(2):
        platform_links.write(token, Writing.QUESTION, "Which minute?", acting=acting)
    assert row(reference).mailrows.count() == 1


def test_nothing_is_no_question_and_what_has_ended_takes_none() -> None:
    desk = Desk()
    _reference, token = sent(desk)
    with changing_nothing(), refused(TextMissing):
        platform_links.write(token, Writing.QUESTION, " ", acting=desk.by(WORKER))
    ended = desk.brought_to(State.CLOSED)
    address = token_of(ended)
    desk.do(ended, "reopen", "statutory")
    with changing_nothing(), refused(LinkEnded):
        platform_links.write(address, Writing.QUESTION, "Why?", acting=desk.by(WORKER))


def test_who_may_not_send_takes_no_link_back() -> None:
    from evenhand.rules.officers import RoleMissing

    desk = Desk()
    reference, _token = sent(desk)
    desk.by(OLA)
    with changing_nothing(), refused(RoleMissing):
        platform_links.take_back(reference, "I want to.", acting=desk.by(OLA))


def test_no_log_line_holds_a_link() -> None:
    line = without_links('"GET /public/answer/abc.DEF-1/decided/ HTTP/1.1" 200')
    assert line == '"GET /public/answer/-/decided/ HTTP/1.1" 200'
