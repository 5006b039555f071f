"""A synthetic desk: realistic, told by its seed, and through the real acts."""

from collections import Counter
from datetime import timedelta

import pytest
from procrastinate.contrib.django.models import ProcrastinateJob

from evenhand.actions import generation
from evenhand.actions.generation_stories import PLATFORMS, YEARS, Plan, batches, tell
from evenhand.ledger.acts import Act
from evenhand.queries import history
from evenhand.rules.assurance import DocumentKind
from evenhand.rules.generation import GenerationWrong, NoPeopleHere
from evenhand.rules.referrals import State
from evenhand.rules.training import Course
from evenhand.store.casework import NoticeRow
from evenhand.store.lawbook import lawbook
from evenhand.store.log import EntryRow
from evenhand.store.officers import OfficerRow
from evenhand.store.platforms import SignOffRow
from evenhand.store.referrals import ReferralRow
from evenhand.store.training import TrainingRow
from tests.builders import ADA, NOW
from tests.journeys import Desk

COUNT = 150
PLAN = Plan(count=COUNT, seed=7, now=NOW, platforms=tuple(PLATFORMS))


@pytest.mark.django_db
def test_a_hundred_and_fifty_referrals_stand_in_every_state_and_every_act_has_its_entry() -> None:
    plan = generation.plan(COUNT, people=0, seed=7, now=NOW)
    before = EntryRow.objects.count()
    written = sum(generation.write(plan, run) for run in batches(COUNT, 100))

    assert written == ReferralRow.objects.count() == COUNT
    assert set(ReferralRow.objects.values_list("state", flat=True)) == set(State) - {
        State.UNDER_CHALLENGE
    }  # That begins at the public door, with words that nobody invents here.
    assert not ReferralRow.objects.filter(state_since__gt=NOW).exists()
    first, last = ReferralRow.objects.order_by("number")[0], ReferralRow.objects.latest("number")
    assert last.logged_at - first.logged_at > YEARS - timedelta(days=90)

    versions = sum(ReferralRow.objects.values_list("version", flat=True))
    assert EntryRow.objects.count() - before == versions

    assert ProcrastinateJob.objects.count() == 0
    taken = history.of(_a_sent_one(), officer=ADA).lines
    accepted = [it for it in taken if it.act is Act.NOTICE_ACCEPTED]
    assert [it.outcome for it in accepted] == ["synthetic"]


def _a_sent_one() -> str:
    reference: str = NoticeRow.objects.filter(
        delivery="accepted", referral__state=State.SENT, referral__chases=0
    ).values_list("referral__reference", flat=True)[0]
    return reference


@pytest.mark.django_db
def test_generating_again_uses_the_same_officers_and_collides_with_nothing() -> None:
    for _time in range(2):
        plan = generation.plan(16, people=0, seed=3, now=NOW)
        for run in batches(plan.count, 200):
            generation.write(plan, run)
    assert ReferralRow.objects.count() == 32
    assert OfficerRow.objects.count() == len(generation.TEAM)
    assert SignOffRow.objects.count() == len(_fictional())


@pytest.mark.django_db
def test_where_instructions_are_in_force_synthetic_officers_have_accepted_them_each_year() -> None:
    desk = Desk(now=NOW - timedelta(days=400))
    desk.put_in_force(DocumentKind.INSTRUCTIONS)
    generation.plan(100, people=0, seed=5, now=NOW)
    plan = generation.plan(100, people=0, seed=5, now=NOW)
    kept = TrainingRow.objects.filter(course=Course.INSTRUCTIONS)
    assert kept.count() == 2 * len(generation.TEAM)
    assert not kept.filter(at__gte=NOW).exists()
    assert sum(generation.write(plan, run) for run in batches(100, 100)) == 100


@pytest.mark.django_db
def test_only_fictional_platforms_get_a_sign_off_for_generated_referrals() -> None:
    generation.plan(8, people=0, seed=1, now=NOW)
    signed = set(SignOffRow.objects.values_list("platform", flat=True))
    assert signed == _fictional()


@pytest.mark.parametrize("count", [0, -1, 10**9])
def test_no_referrals_or_too_many_are_refused(count: int) -> None:
    with pytest.raises(GenerationWrong):
        generation.plan(count, people=0, seed=1, now=NOW)


def test_people_are_refused_until_the_desk_holds_any() -> None:
    with pytest.raises(NoPeopleHere):
        generation.plan(10, people=1, seed=1, now=NOW)


def test_the_same_seed_tells_the_same_and_another_seed_another() -> None:
    again = [tell(PLAN, index) for index in range(COUNT)]
    assert again == [tell(PLAN, index) for index in range(COUNT)]
    other = Plan(count=COUNT, seed=8, now=NOW, platforms=PLAN.platforms)
    assert again != [tell(other, index) for index in range(COUNT)]


def test_nothing_is_told_of_the_future() -> None:
    assert [it for it in range(COUNT) if tell(PLAN, it).start > NOW] == []


def test_most_is_told_of_the_platforms_that_most_use() -> None:
    stories = [tell(PLAN, index).story.address for index in range(COUNT)]
    on = Counter(it.split("/")[2] for it in stories)
    assert on.most_common(1)[0][0] in {"www.tiktok.com", "www.youtube.com"}
    assert len(on) > 8


def test_runs_cover_everything_once() -> None:
    assert [it for run in batches(1001, 200) for it in run] == list(range(1001))
    assert [len(it) for it in batches(10, 3)] == [8, 2]


def _fictional() -> set[str]:
    return {code for code, it in lawbook().platforms.items() if it.fictional}
