"""A token of a platform's program: made by an administrator, kept as a hash, ended at once."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.test import override_settings

from evenhand.actions import platform_tokens as making
from evenhand.ledger.acts import Act
from evenhand.queries import platform_tokens
from evenhand.queries.history import act_of
from evenhand.rules.officers import RoleMissing
from evenhand.rules.platform_tokens import LASTS, PlatformTokenUnknown, TooManyTokens
from evenhand.rules.referrals import NotFound
from evenhand.store.log import EntryRow
from evenhand.store.platforms import PlatformTokenRow
from tests.builders import ADA, MAX
from tests.journeys import Desk, changing_nothing, earlier, refused

pytestmark = pytest.mark.django_db


def test_a_token_is_given_once_and_only_its_hash_is_kept() -> None:
    desk = Desk()
    by_max = desk.by(MAX)
    token = making.make("youtube", acting=by_max)
    shown = platform_tokens.shown(token, now=by_max.at)
    assert shown is not None
    assert shown.platform == "youtube"
    assert platform_tokens.shown("another", now=by_max.at) is None
    row = PlatformTokenRow.objects.get()
    assert token.encode() not in bytes(row.digest)
    with override_settings(SECRET_KEY="another key of the desk"):
        assert platform_tokens.shown(token, now=by_max.at) is None
    [line] = platform_tokens.in_force("youtube", acting=desk.by(ADA))
    assert (line.id, line.made_by) == (row.id, MAX.name)
    assert platform_tokens.shown(token, now=by_max.at + LASTS) is None


def test_two_are_in_force_at_once_and_the_old_one_is_ended() -> None:
    desk = Desk()
    by_max = desk.by(MAX)
    old, new = (making.make("youtube", acting=by_max) for _ in range(2))
    with changing_nothing(), refused(TooManyTokens):
        making.make("youtube", acting=by_max)
    first = platform_tokens.shown(old, now=by_max.at)
    assert first is not None
    with changing_nothing(), refused(PlatformTokenUnknown):
        making.end("murmur", first.token, acting=by_max)
    making.end("youtube", first.token, acting=by_max)
    assert platform_tokens.shown(old, now=by_max.at) is None
    assert platform_tokens.shown(new, now=by_max.at) is not None
    with changing_nothing(), refused(PlatformTokenUnknown):
        making.end("youtube", first.token, acting=by_max)
    making.make("youtube", acting=by_max)
    entries = EntryRow.objects.filter(obj=first.token).order_by("number")
    assert [act_of(it.leaf) for it in entries] == [
        Act.PLATFORM_TOKEN_MADE,
        Act.PLATFORM_TOKEN_ENDED,
    ]


def test_one_that_ran_out_leaves_room_for_another() -> None:
    desk = Desk()
    past = earlier(desk.by(MAX), days=LASTS / timedelta(days=1))
    for _ in range(2):
        making.make("youtube", acting=past)
    making.make("youtube", acting=desk.by(MAX))


def test_only_whoever_keeps_platforms_makes_and_ends_tokens() -> None:
    desk = Desk()
    with changing_nothing(), refused(RoleMissing):
        making.make("youtube", acting=desk.by(ADA))
    with changing_nothing(), refused(RoleMissing):
        making.end("youtube", uuid4(), acting=desk.by(ADA))


def test_only_a_platform_that_is_kept_has_tokens() -> None:
    desk = Desk()
    with changing_nothing(), refused(NotFound):
        making.make("nobody.example", acting=desk.by(MAX))
