"""What officers set for their own pages."""

import pytest

from evenhand.actions import preferences
from evenhand.rules.consultations import BreakWish, BreakWishWrong, Preferences
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


def test_a_wish_that_cannot_be_is_refused_and_nothing_is_kept() -> None:
    with pytest.raises(BreakWishWrong):
        preferences.prefer(Preferences(breaks=BreakWish(0, None)), acting=Desk().by(ADA))
    assert not PreferenceRow.objects.exists()
