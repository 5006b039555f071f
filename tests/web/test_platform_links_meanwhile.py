"""A platform answers while somebody at the desk works on the same request."""

from datetime import timedelta

import pytest
from django.test import Client

from evenhand.rules.referrals import State
from tests.actions.test_platform_links import token_of
from tests.journeys import Desk, row
from tests.web.filling import carried
from tests.web.people import now, text_of


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
