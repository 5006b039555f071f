"""A platform has two tokens at most, and sees what was sent to it within the time of a link."""

from datetime import timedelta

import pytest

from evenhand.rules.platform_links import LASTS, is_of
from evenhand.rules.platform_tokens import MOST_AT_ONCE, TooManyTokens, check_how_many, ends_at
from tests.builders import NOW


def test_two_tokens_are_in_force_at_most() -> None:
    check_how_many(MOST_AT_ONCE - 1)
    with pytest.raises(TooManyTokens):
        check_how_many(MOST_AT_ONCE)


def test_a_token_lasts_a_year() -> None:
    assert ends_at(NOW) - NOW == timedelta(days=365)


@pytest.mark.parametrize(
    ("changed", "is_its_own"),
    [
        ({}, True),
        ({"sent_to": "other.example"}, False),
        ({"sent_at": None}, False),
        ({"approved_at": None}, False),
        ({"now": NOW + LASTS}, False),
    ],
)
def test_a_platform_sees_what_was_sent_to_it_in_the_time_of_a_link(
    changed: dict[str, object], is_its_own: bool
) -> None:
    plain = {"sent_to": "clips.example", "approved_at": NOW, "sent_at": NOW, "now": NOW}
    assert is_of("clips.example", **(plain | changed)) is is_its_own  # type: ignore[arg-type]
