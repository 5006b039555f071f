"""Whether the desk's own profile says what the public must be told."""

from dataclasses import replace

from django.conf import settings
from django.test import override_settings

from evenhand.queries.public_notice import not_published


def test_what_the_profile_of_the_desk_leaves_out_is_said() -> None:
    assert not_published() is None
    with override_settings(DESK=replace(settings.DESK, dpo_email="")):
        told = not_published()
    assert told is not None
    assert told.values == {"lines": "dpo_email"}
