"""Ten years after figures, sign-offs, versions and agreements were replaced, they are gone."""

from dataclasses import replace
from datetime import timedelta

import pytest

from evenhand.actions import agreements, platform_tokens, platforms, schedules, superseded
from evenhand.ledger.acts import Act
from evenhand.queries.history import act_of
from evenhand.rules.notices import Transport
from evenhand.rules.officers import WORKER
from evenhand.rules.platform_tokens import LASTS
from evenhand.rules.referrals import State
from evenhand.store.assurance import DocumentRow
from evenhand.store.keys import RecordKeyRow
from evenhand.store.log import EntryRow
from evenhand.store.platforms import PlatformTokenRow, SignOffRow
from evenhand.store.schedules import ScheduleVersionRow
from evenhand.store.sharing import AgreementRow
from tests.actions.people import known_person
from tests.actions.sharing import in_force, released, staffed
from tests.actions.test_exports import agreed, asked
from tests.actions.test_schedules import SHORTER, waiting
from tests.builders import DEE, MAX, NED, RON
from tests.journeys import Desk, changing_nothing

pytestmark = pytest.mark.django_db
TEN_YEARS = timedelta(days=10 * 366)


def set_to(desk: Desk, months: int) -> None:
    """Have figures of the schedule proposed and approved."""
    schedules.propose("D02", replace(SHORTER, review=months), "Less.", acting=desk.by(RON))
    schedules.approve("D02", seen=waiting(), acting=desk.by(DEE))
    desk.now += timedelta(days=1)


def forget_old(desk: Desk) -> int:
    return superseded.forget_old(acting=desk.by(WORKER))


def test_what_was_replaced_ten_years_ago_goes_and_what_is_in_force_stays() -> None:
    desk = staffed()
    used, unused = in_force(desk), in_force(desk)
    released(desk, known_person(desk), used)
    for agreement in (used, unused):
        agreements.end(agreement, acting=desk.by(NED))
    stands = in_force(desk)
    desk.sign_off()
    [signed] = SignOffRow.objects.all()
    platforms.end_sign_off(signed.platform, Transport(signed.transport), acting=desk.by(DEE))
    set_to(desk, 3)
    set_to(desk, 2)
    keys, documents = RecordKeyRow.objects.count(), DocumentRow.objects.count()
    desk.now += TEN_YEARS - timedelta(days=40)
    with changing_nothing():
        assert forget_old(desk) == 0
    desk.now += timedelta(days=40)
    assert forget_old(desk) == 3
    assert act_of(EntryRow.objects.latest("number").leaf) is Act.SUPERSEDED_FORGOTTEN
    assert set(AgreementRow.objects.values_list("reference", flat=True)) == {used, stands}
    assert not SignOffRow.objects.exists()
    assert [it.review_months for it in ScheduleVersionRow.objects.all()] == [2]
    assert RecordKeyRow.objects.count() == keys - 3
    assert DocumentRow.objects.count() == documents
    with changing_nothing():
        assert forget_old(desk) == 0


def test_an_agreement_stays_while_an_export_under_it_does() -> None:
    desk = staffed()
    used = agreed(desk)
    asked(desk, desk.brought_to(State.SENT), used)
    agreements.end(used, acting=desk.by(NED))
    desk.now += TEN_YEARS
    with changing_nothing():
        assert forget_old(desk) == 0
    assert AgreementRow.objects.get().reference == used


def test_a_platforms_token_goes_ten_years_after_it_expired() -> None:
    desk = Desk()
    platform_tokens.make("youtube", acting=desk.by(MAX))
    desk.now += LASTS + TEN_YEARS - timedelta(days=40)
    with changing_nothing():
        assert forget_old(desk) == 0
    desk.now += timedelta(days=40)
    assert forget_old(desk) == 1
    assert not PlatformTokenRow.objects.exists()
