"""A platform's tokens on its page: made and shown once, listed, ended."""

import re
from datetime import timedelta

import pytest
from django.test import Client

from evenhand.queries import platform_tokens
from tests.builders import ADA, MAX
from tests.journeys import Desk
from tests.web.filling import carried, check_valid
from tests.web.people import now, signed_in, text_of

pytestmark = pytest.mark.django_db
ONE = "/platforms/clipnest/tokens/"


@pytest.fixture
def max_signed_in() -> Client:
    desk = Desk(now=now() - timedelta(days=1))
    desk.by(ADA)
    desk.by(MAX)
    return signed_in(MAX)


def test_a_token_is_made_shown_once_and_ended(max_signed_in: Client) -> None:
    assert ONE in max_signed_in.get("/platforms/clipnest/").content.decode()
    empty = max_signed_in.get(ONE)
    check_valid(empty)
    assert "It has no token." in text_of(empty)
    made = max_signed_in.post(ONE)
    check_valid(made)
    assert "no-store" in made["Cache-Control"]
    found = re.search(r'<pre class="[^"]+">([A-Za-z0-9_-]{43})</pre>', made.content.decode())
    assert found
    shown = platform_tokens.shown(found[1], now=now())
    assert shown is not None
    again = max_signed_in.get(ONE)
    assert found[1] not in again.content.decode()
    assert MAX.name in text_of(again)
    end = f"{ONE}{shown.token}/end/"
    done = max_signed_in.post(end, carried(again), follow=True)
    assert "The token does not work any more." in text_of(done)
    assert platform_tokens.shown(found[1], now=now()) is None
    late = max_signed_in.post(end, carried(done), follow=True)
    assert "This token is not in force any more." in text_of(late)


def test_a_third_token_is_refused_with_what_to_do(max_signed_in: Client) -> None:
    for _ in range(2):
        max_signed_in.post(ONE)
    refused = max_signed_in.post(ONE)
    assert refused.status_code == 409
    assert "two tokens in force already" in text_of(refused)


def test_others_see_the_tokens_and_make_none(max_signed_in: Client) -> None:
    max_signed_in.post(ONE)
    ada = signed_in(ADA)
    page = ada.get(ONE)
    assert MAX.name in text_of(page)
    assert "Make a token" not in text_of(page)
    assert ada.post(ONE).status_code == 403
