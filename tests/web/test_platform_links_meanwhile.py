"""A platform answers while somebody at the desk works on the same request."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from evenhand.actions import closing
from evenhand.actions.entering import about
from evenhand.ledger.acts import Act
from evenhand.rules.officers import WORKER
from evenhand.rules.referrals import State
from evenhand.rules.retention import Closed
from evenhand.store.referrals import ReferralRow
from evenhand.store.writing import writing
from evenhand.web.platform_links import pages
from tests.actions.test_platform_links import token_of
from tests.builders import ADA
from tests.journeys import Desk, row
from tests.web.filling import carried, entered, invalid_html
from tests.web.people import now, signed_in, text_of

TYPED = {
    "outcome": "declined",
    "facts": "We found no threat.",
    "their_reference": "Case 7",
    "statement": "",
}


@pytest.mark.parametrize(
    ("state", "step"), [(State.SENT, "withdraw"), (State.NO_RESPONSE, "close")]
)
@pytest.mark.usefixtures("fresh_desk")
def test_what_was_typed_while_the_request_ended_is_kept_and_can_be_sent_as_a_message(
    state: State, step: str
) -> None:
    desk = Desk(now=now() - timedelta(days=60))
    reference = desk.brought_to(state)
    client, link = Client(), f"/public/answer/{token_of(reference)}/"
    sent = carried(client.get(f"{link}outcome/")) | TYPED
    desk.do(reference, step)
    told = client.post(f"{link}outcome/", sent)
    assert told.status_code == 404
    shown = text_of(told)
    assert "E-LINK-02" in shown
    assert "Nothing that you typed was sent" in shown
    for it in ("We will not act", "We found no threat.", "Case 7"):
        assert it in shown
    assert f'action="{link}question/"' in shown
    message = {name: value for name, [value] in entered(told).items()}
    assert "We found no threat." in message["text"]
    assert client.post(f"{link}question/", message).status_code == 302
    record = text_of(signed_in(ADA).get(f"/referrals/{reference}/"))
    assert "A question of the platform" in record


@pytest.mark.usefixtures("fresh_desk")
def test_no_message_is_offered_that_would_be_refused() -> None:
    desk = Desk(now=now() - timedelta(days=60))
    reference = desk.brought_to(State.SENT)
    client, link = Client(), f"/public/answer/{token_of(reference)}/"
    sent = carried(client.get(f"{link}outcome/")) | TYPED
    desk.do(reference, "withdraw")
    with writing() as pen:
        ended = ReferralRow.objects.locked(reference)
        closing.close(ended, Closed.EVIDENCE, pen, acting=desk.by(WORKER))
        ended.keep()
        pen.enter(about(ended, Act.RECORD_DATED, None, acting=desk.by(WORKER)))
    told = client.post(f"{link}outcome/", sent)
    shown = text_of(told)
    assert (told.status_code, "We found no threat." in shown) == (404, True)
    assert "Copy it, and answer our message by e-mail." in shown
    assert invalid_html(told) == []
    assert "Send it as a message" not in shown
    assert "question/" not in told.content.decode()
    message = {"text": "We found no threat."}
    assert client.post(f"{link}question/", message).status_code == 404


@pytest.mark.usefixtures("fresh_desk")
def test_a_request_that_ends_while_its_answer_is_taken_loses_nothing_either(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    desk = Desk(now=now() - timedelta(days=60))
    reference = desk.brought_to(State.SENT)
    client, address = Client(), f"/public/answer/{token_of(reference)}/outcome/"
    sent = carried(client.get(address)) | TYPED
    take = pages._take

    def ended_first(token: str, given: Mapping[str, Any]) -> None:
        desk.do(reference, "withdraw")
        take(token, given)

    monkeypatch.setattr(pages, "_take", ended_first)
    told = client.post(address, sent)
    assert told.status_code == 404
    assert "We found no threat." in text_of(told)


@pytest.mark.usefixtures("fresh_desk")
def test_what_changed_meanwhile_is_shown_again_with_all_that_was_typed() -> None:
    desk = Desk(now=now() - timedelta(days=60))
    reference = desk.brought_to(State.SENT)
    client, address = Client(), f"/public/answer/{token_of(reference)}/outcome/"
    typed = {"outcome": "declined", "facts": "We found no threat."}
    sent = carried(client.get(address)) | typed
    desk.do(reference, "acknowledge")
    again = client.post(address, sent)
    assert again.status_code == 409
    assert "Something changed since you opened the form." in text_of(again)
    assert "We found no threat." in text_of(again)
    assert row(reference).state == State.ACKNOWLEDGED
    assert client.post(address, carried(again) | typed).status_code == 302
    assert row(reference).state == State.DECIDED
