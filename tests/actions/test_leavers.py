"""Six years after an officer left, their name and account are gone, and their id stays."""

from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator
from django.contrib.auth.models import User

from evenhand.actions import absences, erasing_again, leavers, officers, preferences
from evenhand.ledger.acts import Act
from evenhand.ledger.erasures import Erased
from evenhand.queries import referral as known
from evenhand.queries.history import act_of
from evenhand.rules.consultations import BreakWish, Preferences
from evenhand.rules.officers import WORKER, Permission
from evenhand.store.log import EntryRow
from evenhand.store.machinery import PreferenceRow
from evenhand.store.officers import FORMER, AbsenceRow, OfficerRow, TokenRow
from evenhand.store.training import TrainingRow
from tests.builders import ADA, BO, CY
from tests.journeys import Desk, changing_nothing

pytestmark = pytest.mark.django_db
SIX_YEARS = timedelta(days=6 * 366)


def one_who_left(desk: Desk) -> str:
    """Have Ada log something, be away once, get a token, and leave it all to Bo."""
    reference = desk.log()
    desk.by(BO)
    today = desk.now.date()
    absences.set_absence("ada", first_day=today, last_day=today, acting=desk.by(ADA))
    wish = Preferences(shortcuts=False, breaks=BreakWish(after_looks=5))
    preferences.prefer(wish, acting=desk.by(ADA))
    officers.create_token("ada", may_decide=False, acting=desk.by(WORKER))
    desk.train(ADA)
    account = User.objects.get(username="ada")
    Authenticator.objects.create(user=account, type=Authenticator.Type.TOTP, data={})
    officers.retire("ada", hand_over_to="bo", acting=desk.by(WORKER))
    return reference


def test_after_six_years_a_leavers_name_account_tokens_and_absences_are_gone() -> None:
    desk = Desk()
    reference = one_who_left(desk)
    assert not PreferenceRow.objects.filter(officer=ADA.ref).exists()
    desk.now += SIX_YEARS - timedelta(days=10)
    with changing_nothing():
        assert leavers.forget_old(acting=desk.by(WORKER)) == 0
    desk.now += timedelta(days=20)
    assert leavers.forget_old(acting=desk.by(WORKER)) == 1
    assert act_of(EntryRow.objects.latest("number").leaf) is Act.OFFICER_FORGOTTEN
    row = OfficerRow.objects.select_related("account").get(id=ADA.ref)
    assert (row.name, row.account.is_active, row.account.has_usable_password()) == (
        FORMER,
        False,
        False,
    )
    assert not User.objects.filter(username="ada").exists()
    for table in (TokenRow, AbsenceRow, TrainingRow):
        assert not table.objects.filter(officer=ADA.ref).exists()
    assert not Authenticator.objects.exists()
    found = known.one(reference, why=Permission.READ_REFERRAL, acting=desk.by(BO))
    assert found.logged_by == FORMER
    with changing_nothing():
        assert leavers.forget_old(acting=desk.by(WORKER)) == 0


def test_who_works_here_is_never_forgotten() -> None:
    desk = Desk()
    desk.by(CY)
    desk.now += 2 * SIX_YEARS
    with changing_nothing():
        assert leavers.forget_old(acting=desk.by(WORKER)) == 0


@pytest.mark.parametrize("knows", [True, False])
def test_a_restored_backup_forgets_a_leaver_again_whether_or_not_it_knows_that_they_left(
    *, knows: bool
) -> None:
    desk = Desk()
    if knows:
        one_who_left(desk)
    desk.by(ADA)
    said = Erased(1, b"\0" * 32, Act.OFFICER_FORGOTTEN, ADA.ref, desk.now.date())
    assert erasing_again.erase_again(said, acting=desk.by(WORKER))
    row = OfficerRow.objects.get(id=ADA.ref)
    assert (row.name, row.retired_at is None) == (FORMER, False)
    assert not erasing_again.erase_again(said, acting=desk.by(WORKER))
