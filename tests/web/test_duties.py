"""What is to be erased without a request, on pages and by program, and to who oversees."""

from datetime import timedelta

import pytest

from evenhand.rules.disposal_duty import ERASE_WITHIN
from tests.actions.test_duties import dropped
from tests.builders import ADA, BO, CY, DEE, LEE, OLA, RIA, RON
from tests.journeys import Desk
from tests.web.filling import check_valid, fill
from tests.web.people import now, signed_in, text_of
from tests.web.test_disposal import ANSWERS, call, page, parts, today

pytestmark = pytest.mark.django_db


def a_desk(days_ago: int) -> Desk:
    desk = Desk(now=now() - timedelta(days=days_ago))
    for one in (ADA, BO, CY, DEE, RIA, LEE, OLA, RON):
        desk.add(one)
    return desk


def test_what_is_to_be_erased_is_not_kept_on_at_either_door() -> None:
    reference, _referral = dropped(a_desk(1))
    ron, until = signed_in(RON), today() + timedelta(days=5)
    listed = text_of(ron.get("/disposal/"))
    assert "It is to be erased" in listed
    assert "Records of people that are to be erased without a request: 1." in listed
    shown = ron.get(page(reference))
    check_valid(shown)
    assert "They are not suspected any more" in text_of(shown)
    answers = {"outcome": "retain", "reason": "Still.", **ANSWERS, **parts("until", until)}
    ron.post(f"/people/{reference}/", {"reason": "To review it."})
    on_page = fill(ron, page(reference, "review/"), **answers)
    assert (on_page.status_code, "E-ERA-25" in text_of(on_page)) == (409, True)
    told = ", ".join(f'"{name}": "{text}"' for name, text in ANSWERS.items())
    sent = f'{{"outcome": "retain", "reason": "Still.", {told}, "until": "{until}"}}'.encode()
    called = call(RON, "POST", f"/kept/{reference}/reviews", sent)
    assert (called.status, called.body["rule"]) == (409, "E-ERA-25")
    [line] = call(RON, "GET", "/due").body["items"]
    assert (line["because"], line["duty"]) == ("duty_to_erase", "not_suspected")
    assert call(RON, "GET", f"/kept/{reference}").body["duty"] == "not_suspected"


def test_who_oversees_sees_what_was_not_erased_in_time() -> None:
    reference, _referral = dropped(a_desk(ERASE_WITHIN.days + 2))
    seen = signed_in(OLA).get("/oversight/")
    check_valid(seen)
    assert "1 record of a person was not erased in time." in text_of(seen)
    assert reference not in text_of(seen)
