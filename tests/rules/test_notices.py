"""What may be sent, and when a platform is reminded."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evenhand.rules.clocks import Standing, chase_due_at
from evenhand.rules.notices import (
    AlreadyInThePost,
    NoChaseYet,
    NotSignedOff,
    SignOffWrong,
    Transport,
    TransportUnknown,
    check_goes_by_mail,
    check_may_chase,
    check_may_send,
    check_sign_off,
    contact_at,
    is_silent,
)
from evenhand.rules.referrals import MOVES, MoveForbidden, State
from tests.builders import NOW, TODAY, clocks, referral, review_date, sign_off

CLOCKS = clocks(first_chase_days=7, chase_gap_days=5, chases_before_silence=2)
# NOW is a Friday: five whole working days later it is the end of the next one.
LATER = datetime(2026, 11, 30, tzinfo=UTC)
DAY = timedelta(days=1)


def sent(chases: int = 0) -> Standing:
    return Standing(State.SENT, NOW, last_message_at=NOW, chases=chases)


@pytest.mark.parametrize("state", list(State))
def test_only_what_a_second_officer_approved_is_sent(state: State) -> None:
    if state in {State.APPROVED, State.UNDELIVERABLE}:
        signed = check_may_send(referral(state), sign_off(), "email", today=TODAY)
        assert signed == sign_off()
        return
    with pytest.raises(MoveForbidden):
        check_may_send(referral(state), sign_off(), "email", today=TODAY)


def test_nothing_is_sent_without_a_current_sign_off() -> None:
    approved = referral(State.APPROVED)
    with pytest.raises(NotSignedOff, match="youtube"):
        check_may_send(approved, None, "email", today=TODAY)
    with pytest.raises(NotSignedOff):
        check_may_send(approved, sign_off(review_on=TODAY - DAY), "email", today=TODAY)
    check_may_send(approved, sign_off(review_on=TODAY), "email", today=TODAY)


@pytest.mark.parametrize("transport", ["", "portal", "EMAIL", "x" * 1000])
def test_a_channel_that_was_not_signed_off_is_refused(transport: str) -> None:
    with pytest.raises(TransportUnknown) as told:
        check_may_send(referral(State.APPROVED), sign_off(), transport, today=TODAY)
    assert told.value.at == "transport"
    assert len(str(told.value)) < 120


def test_what_is_being_sent_is_not_sent_twice() -> None:
    with pytest.raises(AlreadyInThePost):
        check_may_send(referral(State.APPROVED, in_the_post=True), sign_off(), "email", today=TODAY)


@pytest.mark.parametrize(
    "contact",
    [
        "reports@platform.example",
        "law+uk@sub.platform.example",
        "a@b.co",
        "{platform}@mail.example",
        "reports@{platform}",
        "O'Brien_1@x-y.example",
    ],
)
def test_an_address_of_a_platform_is_taken(contact: str) -> None:
    check_sign_off("youtube", Transport.EMAIL, contact, "s.77", review_date(), today=TODAY)


@pytest.mark.parametrize(
    "contact",
    [
        "",
        "reports",
        "@platform.example",
        "reports@",
        "reports@platform",
        "reports@platform.example ",
        "a b@platform.example",
        "a@b.example,c@d.example",
        "a@b.example;c@d.example",
        "a@b.example\r\nBcc: c@d.example",
        "a@b.example\n",
        "<a@b.example>",
        "Ann <a@b.example>",
        "ännchen@platform.example",
        "a@pl\u00e4tform.example",
        "a@b..example",
        "a@-b.example",
        "a@b.example\0",
        "a" * 65 + "@platform.example",
        "a@" + "b." * 130 + "example",
    ],
)
def test_what_is_no_single_plain_address_is_refused(contact: str) -> None:
    with pytest.raises(SignOffWrong) as told:
        check_sign_off("youtube", Transport.EMAIL, contact, "s.77", review_date(), today=TODAY)
    assert told.value.at == "contact"


@pytest.mark.parametrize("basis", ["", "  ", "\n"])
def test_a_sign_off_has_a_basis(basis: str) -> None:
    with pytest.raises(SignOffWrong) as told:
        check_sign_off("youtube", Transport.EMAIL, "a@b.example", basis, review_date(), today=TODAY)
    assert told.value.at == "basis"


@pytest.mark.parametrize("platform", ["", "You Tube", "a,b", "É", "x" * 254, "a\n", "a\0"])
def test_a_sign_off_is_for_a_platform_that_can_be_named(platform: str) -> None:
    with pytest.raises(SignOffWrong) as told:
        check_sign_off(platform, Transport.EMAIL, "a@b.example", "s.77", review_date(), today=TODAY)
    assert told.value.at == "platform"


def _by_mail(platform: str, review_on: date) -> None:
    check_sign_off(platform, Transport.EMAIL, "a@b.example", "s.77", review_on, today=TODAY)


@pytest.mark.parametrize(
    ("platform", "contact", "at"),
    [
        ("youtube", "reports@youtube.example", "contact"),
        ("youtube", "http://forms.youtube.example", "contact"),
        ("youtube", "https://forms.youtube.example/a b", "contact"),
        ("other", "https://forms.youtube.example", "transport"),
    ],
)
def test_a_form_is_signed_off_at_its_web_address_and_for_one_platform(
    platform: str, contact: str, at: str
) -> None:
    with pytest.raises(SignOffWrong) as told:
        check_sign_off(platform, Transport.PORTAL, contact, "s.77", review_date(), today=TODAY)
    assert told.value.at == at


def test_a_forms_web_address_is_taken() -> None:
    address = "https://forms.youtube.example:8443/a?b=c"
    check_sign_off("youtube", Transport.PORTAL, address, "s.77", review_date(), today=TODAY)


def test_what_goes_by_a_form_is_not_left_to_the_worker() -> None:
    check_goes_by_mail(sign_off())
    with pytest.raises(TransportUnknown):
        check_goes_by_mail(sign_off(transport=Transport.PORTAL))


@pytest.mark.parametrize("days", [-1, 0, 367])
def test_a_sign_off_is_looked_at_again_within_a_year(days: int) -> None:
    with pytest.raises(SignOffWrong) as told:
        check_sign_off(
            "other", Transport.EMAIL, "a@b.example", "s.77", TODAY + days * DAY, today=TODAY
        )
    assert told.value.at == "review_on"


@pytest.mark.parametrize("days", [1, 366])
def test_a_review_tomorrow_or_in_a_year_will_do(days: int) -> None:
    check_sign_off(
        "_x.example", Transport.EMAIL, "a@b.example", "s.77", TODAY + days * DAY, today=TODAY
    )


def test_a_sign_off_for_any_other_site_writes_to_each_of_them() -> None:
    assert contact_at("abuse@{platform}", "videos.example") == "abuse@videos.example"
    assert contact_at("desk@hub.example", "videos.example") == "desk@hub.example"


def test_the_first_chase_and_the_later_ones_have_their_own_working_days() -> None:
    assert chase_due_at(sent(), CLOCKS) == datetime(2026, 12, 2, tzinfo=UTC)
    assert chase_due_at(sent(1), CLOCKS) == LATER
    assert chase_due_at(sent(4), CLOCKS) == LATER


@given(st.integers(0, 5), st.integers(-10, 10))
def test_a_platform_is_silent_when_the_last_reminder_had_its_time(chases: int, days: int) -> None:
    silent = is_silent(sent(chases), CLOCKS, now=LATER + days * DAY)
    assert silent == (chases >= 2 and days >= 0)


def test_a_platform_that_acknowledged_is_silent_once_it_had_its_time_anew() -> None:
    acknowledged = Standing(State.ACKNOWLEDGED, NOW, last_message_at=NOW - 30 * DAY, chases=2)
    assert is_silent(replace(acknowledged, state=State.SENT), CLOCKS, now=NOW)
    assert not is_silent(acknowledged, CLOCKS, now=LATER - timedelta(seconds=1))
    assert is_silent(acknowledged, CLOCKS, now=LATER)


def test_a_platform_is_reminded_when_its_time_is_over_and_not_before() -> None:
    waiting = referral(State.SENT)
    due = datetime(2026, 12, 2, tzinfo=UTC)
    with pytest.raises(NoChaseYet):
        check_may_chase(waiting, sent(), CLOCKS, now=due - timedelta(seconds=1))
    check_may_chase(waiting, sent(), CLOCKS, now=due)
    with pytest.raises(AlreadyInThePost):
        check_may_chase(referral(State.SENT, in_the_post=True), sent(), CLOCKS, now=NOW + 99 * DAY)


@pytest.mark.parametrize("state", [it for it in State if State.NO_RESPONSE not in MOVES[it]])
def test_a_platform_that_owes_no_answer_is_not_reminded(state: State) -> None:
    with pytest.raises(MoveForbidden):
        check_may_chase(referral(state), sent(), CLOCKS, now=NOW + 99 * DAY)
