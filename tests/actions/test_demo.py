"""The demo's desk: everyone who is needed, and a case at every stage, by the house's own acts."""

import json
from collections import Counter
from datetime import timedelta
from typing import Any

import pytest
from procrastinate.contrib.django.models import ProcrastinateJob

from evenhand.actions import demo
from evenhand.actions.carriers import MAIL_NOW
from evenhand.actions.demo_cases import CASES
from evenhand.actions.stories import Step
from evenhand.ledger.acts import Act
from evenhand.queries import officers, platform_tokens, platforms, scrutiny
from evenhand.rules.foi import FoiStanding
from evenhand.rules.holds import HoldKind
from evenhand.rules.notices import Transport
from evenhand.rules.officers import Role
from evenhand.rules.people import PersonStanding
from evenhand.rules.public_rights import RightsKind
from evenhand.rules.referrals import State
from evenhand.rules.rights import RightsStanding, Withheld
from evenhand.rules.rights_replies import LetterStanding
from evenhand.rules.scrutiny import Told
from evenhand.rules.sharing import Standing
from evenhand.store.casework import NoticeRow
from evenhand.store.foi import FoiRequestRow
from evenhand.store.foi_replies import FoiDisclosureRow, FoiPartRow
from evenhand.store.log import EntryRow
from evenhand.store.people import PersonRow
from evenhand.store.referrals import ReferralRow
from evenhand.store.retention import HoldRow, ReviewRow
from evenhand.store.rights import RightsRequestRow
from evenhand.store.rights_letters import RightsPackRow
from evenhand.store.sharing import DisclosureRow
from tests.builders import NOW
from tests.mail import mail_server

pytestmark = pytest.mark.django_db


def test_a_demo_has_a_case_in_every_state_and_everyone_who_is_needed(
    settings: Any,
) -> None:
    assert not demo.is_seeded()
    with mail_server() as server:
        settings.SMTP_URL = server.address
        shown = demo.seed(now=NOW, carrier=MAIL_NOW)
    assert demo.is_seeded()

    assert set(ReferralRow.objects.values_list("state", flat=True)) == set(State)
    assert not ReferralRow.objects.filter(logged_at__gt=NOW).exists()
    assert not ReferralRow.objects.filter(state_since__gt=NOW).exists()
    days = [it.logged_at.date() for it in ReferralRow.objects.order_by("number")]
    assert days[0] < days[-1] <= NOW.date()

    _check_register_of_scrutiny()
    standing = Counter(PersonRow.objects.values_list("standing", flat=True))
    assert standing == {PersonStanding.HELD: 2, PersonStanding.PROPOSED: 1}
    assert DisclosureRow.objects.get().standing == Standing.APPROVED
    assert HoldRow.objects.get().kind == HoldKind.FOI
    review = ReviewRow.objects.get()
    assert review.by.name == "Lena Voss"
    # Whoever releases it on the demo is not told that it changed since.
    assert review.referral is not None
    assert (review.referral.state, review.seen_version) == (
        State.NOT_FOR_US,
        review.referral.version,
    )

    requests = FoiRequestRow.objects.order_by("received_on").values_list("standing", flat=True)
    assert list(requests) == [FoiStanding.REPLIED, FoiStanding.OPEN]
    assert FoiPartRow.objects.filter(request__standing=FoiStanding.OPEN).count() == 2
    assert FoiDisclosureRow.objects.count() == 1
    about_data = RightsRequestRow.objects.open().values_list("kind", flat=True)
    assert list(about_data) == [RightsKind.ACCESS, RightsKind.ERASURE]
    assert RightsPackRow.objects.get().letter.standing == LetterStanding.PROPOSED
    replied = RightsRequestRow.objects.get(standing=RightsStanding.REPLIED)
    assert replied.marks.get().withheld == Withheld.RESTRICTED_UNTOLD

    has = Counter(role for it in shown for role in it.roles)
    assert (has[Role.OFFICER], has[Role.APPROVER], has[Role.CHILD_APPROVER]) == (3, 3, 3)
    assert (has[Role.SENIOR_APPROVER], has[Role.DPO], has[Role.OVERSEER]) == (1, 1, 1)
    assert has[Role.ADMINISTRATOR] == 1
    # One answers, one agrees, and whoever had no hand in it looks at it again.
    assert has[Role.RIGHTS_OFFICER] == 2
    for one in shown:
        officer = officers.of_token(one.token, now=NOW + timedelta(days=1))
        assert officer is not None
        assert officer.may_decide
        assert officer.roles == set(one.roles)

    sent = sum(it.steps.count(Step.SEND) + it.steps.count(Step.CHASE) for it in CASES)
    # Whoever had a referral that is withdrawn is told so.
    sent += sum({Step.SEND, Step.WITHDRAW} <= set(it.steps) for it in CASES)
    assert len(server.taken) == sent
    leaves = EntryRow.objects.values_list("leaf", flat=True)
    acts = Counter(json.loads(bytes(it))["act"] for it in leaves)
    assert acts[Act.NOTICE_ACCEPTED] == sent
    assert ProcrastinateJob.objects.count() == 1

    overseer = officers.of_token(shown[7].token, now=NOW)
    assert overseer is not None
    unsigned = [
        it.code
        for it in platforms.signed_off(officer=overseer).lines
        if not it.leave(Transport.EMAIL)
    ]
    assert unsigned == []


def _check_register_of_scrutiny() -> None:
    register = scrutiny.as_at(NOW.date())
    [recommended] = register.found[0].recommendations
    assert recommended.standing is Told.IN_HAND
    assert sum(day is not None for day in register.none.values()) == 3


def test_a_demo_without_a_mail_server_says_in_the_log_that_nothing_left() -> None:
    demo.seed(now=NOW)
    assert NoticeRow.objects.filter(failure="synthetic").count() == 1


def test_a_fictional_platform_has_a_token_for_its_program() -> None:
    demo.seed(now=NOW)
    shown = platform_tokens.shown(demo.token_of_program("murmur", now=NOW), now=NOW)
    assert shown is not None
    assert shown.platform == "murmur"


def test_a_password_of_the_demo_can_be_typed_and_is_never_the_same() -> None:
    passwords = {demo.new_password() for _ in range(200)}
    assert len(passwords) == 200
    assert all(it.isascii() and it == it.lower() and len(it) > 15 for it in passwords)
