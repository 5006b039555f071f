"""Six officers carry two hundred referrals through a day: in browsers, by forms, by the API."""

import os
from pathlib import Path

import pytest

from tests.desks import FreshDesk
from tests.stories import end_of_the_day as end
from tests.stories import scenes
from tests.stories import scenes_at_noon as noon
from tests.stories.browser import CHROMIUM
from tests.stories.day import Day, a_day


@pytest.mark.skipif(
    not CHROMIUM.exists() and not os.environ.get("CI"),
    reason="NO BROWSER TEST WAS RUN: install Debian's package chromium",
)
def test_six_officers_carry_two_hundred_referrals_through_a_day(
    fresh_desk: FreshDesk, tmp_path: Path
) -> None:
    # Given a desk whose platforms have owed eight answers for two months,
    with a_day(fresh_desk, tmp_path) as day:
        # when everyone works at once in the morning, from what comes in to what goes out,
        the_morning(day)
        # and they meet over the same referrals at noon,
        noon.two_approvers_take_the_same_one(day)
        noon.platforms_are_reminded(day)
        noon.a_colleague_is_told(day)
        noon.what_is_not_public_stays_out(day)
        # and in the afternoon the answers come,
        the_afternoon(day)
        noon.work_changes_hands(day)
        noon.everything_is_found(day)
        # then the record says what they did, exactly, and no more.
        end.every_referral_stands_where_it_was_brought(day)
        end.every_act_has_its_entry(day)
        end.the_counts_are_those_of_the_day(day)
        end.the_mail_is_what_was_sent(day)
        end.nothing_that_is_done_waits(day)
        day.ada.leaves()
        day.sam.leaves()
    end.the_logs_hold_no_fault_and_no_word(day)


def the_morning(day: Day) -> None:
    """Have everyone log, look, assess, decide and send, until nothing more is to be done."""
    scenes.dee_signs_a_form_off(day)
    day.half(0)
    day.office.asks("ada", lambda: scenes.ada_pastes_a_list(day))
    day.office.asks("bo", lambda: scenes.bo_sends_a_list(day))
    for case in day.cases:
        if not case.logged_by.endswith("-list"):
            case.steps.insert(0, f"{case.logged_by} log")
            day.office.goes_on(case)
    day.office.works()
    day.everything_is_out()


def the_afternoon(day: Day) -> None:
    """Have everyone record answers, look again, close, withdraw and reopen."""
    day.half(1)
    for case in day.cases:
        day.office.goes_on(case)
    day.office.works()
