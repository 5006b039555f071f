"""What officers set for their own pages."""

import pytest

from evenhand.actions import preferences
from evenhand.rules.consultations import PUT_AWAY, BreakWish, BreakWishWrong, Preferences
from evenhand.store.machinery import PreferenceRow
from tests.builders import ADA, BO
from tests.journeys import Desk

pytestmark = pytest.mark.django_db


def test_each_officer_has_their_own_and_the_newest_counts() -> None:
    desk = Desk()
    wanted = Preferences(shortcuts=False, breaks=BreakWish(20, None))
    preferences.prefer(Preferences(shortcuts=True, breaks=BreakWish(None, 45)), acting=desk.by(ADA))
    preferences.prefer(wanted, acting=desk.by(ADA))
    preferences.prefer(Preferences(), acting=desk.by(BO))
    kept = {it.officer: it.as_fact() for it in PreferenceRow.objects.all()}
    assert kept == {ADA.ref: wanted, BO.ref: Preferences()}


def test_a_reminder_is_put_away_for_oneself_and_comes_back_with_a_new_wish() -> None:
    desk = Desk()
    wish = Preferences(breaks=BreakWish(20, None))
    for officer in (ADA, BO):
        preferences.prefer(wish, acting=desk.by(officer))
    preferences.put_reminder_away(acting=desk.by(ADA))
    kept = {it.officer: it.as_fact().quiet_until for it in PreferenceRow.objects.all()}
    assert kept == {ADA.ref: desk.now + PUT_AWAY, BO.ref: None}
    preferences.prefer(wish, acting=desk.by(ADA))
    assert PreferenceRow.objects.get(officer=ADA.ref).as_fact() == wish


def test_a_wish_that_cannot_be_is_refused_and_nothing_is_kept() -> None:
    with pytest.raises(BreakWishWrong):
        preferences.prefer(Preferences(breaks=BreakWish(0, None)), acting=Desk().by(ADA))
    assert not PreferenceRow.objects.exists()
