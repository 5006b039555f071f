"""From when a letter about somebody's own data may leave that was written and did not."""

import pytest
from django.utils import timezone

from evenhand.actions import rights_letters, rights_sending, rights_withdrawing
from evenhand.queries.rights_letters import to_send_on
from evenhand.rules.public_rights import RightsKind
from evenhand.rules.rights_replies import QUIET_FOR, Route
from tests.actions.asking_rights import NOTHING, replied, requested, row_of, searched
from tests.actions.reviewing_rights import agreed, held_back, reviewed, somebody
from tests.builders import DEE, RIA
from tests.journeys import Desk

pytestmark = pytest.mark.django_db


def test_a_letter_that_is_written_waits_to_be_sent_until_it_is_on_its_way() -> None:
    desk = Desk()
    desk.by(RIA)
    request = requested(desk, RightsKind.COMPLAINT, wish="You were rude.")
    assert to_send_on(row_of(request)) is None
    letter = rights_letters.acknowledge(request, acting=desk.by(RIA))
    assert to_send_on(row_of(request)) == timezone.localdate(desk.now)
    rights_sending.send(request, letter, Route.MAIL, acting=desk.by(RIA))
    assert to_send_on(row_of(request)) is None


def test_a_reply_waits_once_it_is_approved_and_one_that_gives_nothing_waits_for_its_day() -> None:
    desk = Desk()
    for officer in (RIA, DEE):
        desk.by(officer)
    request = requested(desk)
    searched(desk, request)
    replied(desk, request, NOTHING)
    assert to_send_on(row_of(request)) == timezone.localdate(desk.now) + QUIET_FOR


def test_that_a_request_was_withdrawn_is_sent_and_nothing_else_of_what_has_ended() -> None:
    desk = Desk()
    desk.by(RIA)
    request = requested(desk, RightsKind.COMPLAINT, wish="You were rude.")
    rights_letters.acknowledge(request, acting=desk.by(RIA))
    letter = rights_withdrawing.withdraw(request, "They telephoned.", acting=desk.by(RIA))
    assert to_send_on(row_of(request)) == timezone.localdate(desk.now)
    rights_sending.send(request, letter, Route.POST, acting=desk.by(RIA))
    assert to_send_on(row_of(request)) is None


def test_what_is_owed_is_named_as_owed() -> None:
    desk = Desk()
    request, piece = held_back(desk, somebody(desk))
    reviewed(desk, request, piece)
    agreed(desk, request)
    assert to_send_on(row_of(request)) is None
