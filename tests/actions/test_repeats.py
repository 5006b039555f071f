"""The same request twice is done once."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from django.db import connections, transaction

from evenhand.actions import drafts, referrals
from evenhand.actions.repeats import KeyUnusable, KeyUsed, Reply, once
from evenhand.rules.texts import ReasonMissing
from evenhand.store.machinery import RepeatRow
from evenhand.store.referrals import ReferralRow
from tests.builders import ADA, BO, NOW
from tests.journeys import Desk, changing_nothing, refused


def logging(desk: Desk) -> Callable[[], Reply]:
    return lambda: Reply(201, f'{{"reference": "{desk.log()}"}}'.encode())


@pytest.mark.django_db
def test_a_repeated_request_gets_the_same_answer_and_is_done_once() -> None:
    desk = Desk()
    first = once("k", b"POST /referrals", logging(desk), officer=ADA.ref, now=NOW)
    with changing_nothing():
        again = once("k", b"POST /referrals", logging(desk), officer=ADA.ref, now=NOW)
    assert again == first
    assert ReferralRow.objects.count() == 1


@pytest.mark.django_db
def test_a_key_names_one_request() -> None:
    desk = Desk()
    once("k", b"one", logging(desk), officer=ADA.ref, now=NOW)
    with changing_nothing(), refused(KeyUsed):
        once("k", b"another", logging(desk), officer=ADA.ref, now=NOW)


@pytest.mark.django_db
def test_a_key_is_its_officers_own() -> None:
    desk = Desk()
    for officer in (ADA, BO):
        once("k", b"one", logging(desk), officer=officer.ref, now=NOW)
    assert ReferralRow.objects.count() == 2


@pytest.mark.django_db
def test_a_refused_request_keeps_no_key() -> None:
    desk = Desk()
    reference = desk.log()

    def close(reason: str) -> Reply:
        referrals.withdraw(reference, reason, acting=desk.by(ADA))
        return Reply(200, b"{}")

    with changing_nothing(), refused(ReasonMissing):
        once("k", b"one", lambda: close(""), officer=ADA.ref, now=NOW)
    assert not RepeatRow.objects.exists()
    assert once("k", b"one", lambda: close("Sorry."), officer=ADA.ref, now=NOW).status == 200


@pytest.mark.django_db
@pytest.mark.parametrize("key", ["", "x" * 256, "a\0b"])
def test_a_key_is_a_short_text(key: str) -> None:
    with refused(KeyUnusable):
        once(key, b"one", logging(Desk()), officer=ADA.ref, now=NOW)


@pytest.mark.django_db
@pytest.mark.parametrize("key", ["x" * 255, "👩", "\ud800", "'; DROP TABLE"])
def test_any_short_text_will_do(key: str) -> None:
    desk = Desk()
    first = once(key, b"one", logging(desk), officer=ADA.ref, now=NOW)
    assert once(key, b"one", logging(desk), officer=ADA.ref, now=NOW) == first


@pytest.mark.django_db
def test_an_answer_that_is_kept_holds_no_word_in_the_clear() -> None:
    once("k", b"Rosebud", lambda: Reply(201, b"Rosebud"), officer=ADA.ref, now=NOW)
    row = RepeatRow.objects.get()
    for kept in (row.answer, row.request_digest, row.key_digest, row.wrapped_key):
        assert b"osebud" not in bytes(kept or b"")


@pytest.mark.django_db
def test_old_answers_are_tidied_away() -> None:
    once("old", b"one", lambda: Reply(200, b""), officer=ADA.ref, now=NOW)
    once("new", b"one", lambda: Reply(200, b""), officer=ADA.ref, now=NOW + timedelta(days=1))
    drafts.tidy(now=NOW + timedelta(days=2, seconds=1))
    assert RepeatRow.objects.count() == 1


@pytest.mark.usefixtures("fresh_desk")
def test_a_request_that_breaks_off_leaves_neither_key_nor_deed() -> None:
    desk = Desk()
    desk.by(ADA)

    def break_off() -> Reply:
        desk.log()
        raise ZeroDivisionError

    with changing_nothing(), pytest.raises(ZeroDivisionError), transaction.atomic():
        once("k", b"one", break_off, officer=ADA.ref, now=NOW)
    assert not RepeatRow.objects.exists()


@pytest.mark.usefixtures("fresh_desk")
def test_the_same_request_four_times_at_once_is_done_once() -> None:
    desk = Desk()
    desk.by(ADA)
    start = Barrier(4)

    def request(_: int) -> Reply:
        try:
            start.wait()
            here = Desk(now=desk.now, here={ADA.ref})
            return once("k", b"one", logging(here), officer=ADA.ref, now=NOW)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(4) as pool:
        replies = list(pool.map(request, range(4)))
    assert len(set(replies)) == 1
    assert ReferralRow.objects.count() == 1


@pytest.mark.django_db
def test_the_statutory_route_destroys_the_answers_that_told_of_the_referral() -> None:
    desk = Desk()
    reference = desk.log()

    def act() -> Reply:
        return Reply(201, b"Zauberwort", about=(reference,))

    once("k", b"one", act, officer=ADA.ref, now=NOW)
    once("other", b"two", lambda: Reply(200, b"x"), officer=ADA.ref, now=NOW)
    desk.do(reference, "statutory")
    with refused(KeyUsed):
        once("k", b"one", act, officer=ADA.ref, now=NOW)
    assert once("other", b"two", act, officer=ADA.ref, now=NOW).body == b"x"
    row = RepeatRow.objects.get(about__contains=[reference])
    assert (row.answer, row.wrapped_key) == (None, None)
