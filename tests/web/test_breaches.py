"""Breaches through the pages: recorded by anybody, kept by a few, never urgent unseen."""

from datetime import datetime, timedelta

import pytest
from django.utils import timezone

from evenhand.actions import breaches
from evenhand.rules.breaches import BreachKind
from evenhand.rules.officers import Acting
from tests.builders import ADA, DEE, LIA, OLA
from tests.journeys import Desk
from tests.web.filling import check_valid, fill
from tests.web.people import now, signed_in, text_of

pytestmark = pytest.mark.django_db
FOUR = {it: f"The {it}." for it in ("nature", "contact", "consequences", "measures")}


@pytest.fixture
def desk() -> Desk:
    desk = Desk(now=now() - timedelta(days=20))
    for officer in (DEE, LIA, OLA, ADA):
        desk.by(officer)
    return desk


def at(moment: datetime, name: str) -> dict[str, str]:
    local = timezone.localtime(moment)
    parts = ("day", "month", "year", "hour", "minute")
    return {f"{name}_{part}": str(getattr(local, part)) for part in parts}


def known_for(hours: float) -> int:
    """Have a breach recorded that is known for so long."""
    aware = now() - timedelta(hours=hours)
    acting = Acting(officer=ADA, at=now())
    return breaches.report([BreachKind.LOST], "A key is lost.", aware, acting=acting)


def test_a_breach_goes_its_whole_way_on_pages(desk: Desk) -> None:
    ada, dee = signed_in(ADA), signed_in(DEE)
    assert "Record a breach" in text_of(ada.get("/"))
    knew = at(now() - timedelta(hours=3), "aware_at")
    done = fill(ada, "/breaches/record/", kinds=["disclosed"], facts="A <list> went.", **knew)
    assert (done.status_code, done.headers["Location"]) == (302, "/"), text_of(done)
    assert "72 hours run" in text_of(dee.get("/"))
    page = "/breaches/1/"
    lacking = fill(dee, f"{page}told/", nature="So.", **at(now(), "told_at"))
    assert lacking.status_code == 422
    assert "One of the four contents is missing." in text_of(lacking)
    told = at(now() - timedelta(minutes=5), "told_at")
    first = fill(dee, f"{page}told/", nature="So.", rest_follows="on", **told)
    assert first.status_code == 302, text_of(first)
    fill(dee, f"{page}told/", **FOUR, **told)
    for what in ("effects", "remedy"):
        fill(dee, f"{page}add/", what=what, text=f"The {what}.")
    group = {"whom": "victims", "about": "3", "to_tell": "tell", "reasons": "Addresses."}
    assert fill(dee, f"{page}groups/", **group).status_code == 302
    shown = dee.get(page)
    assert "safe for them" in text_of(shown)
    tell = shown.content.decode().partition(f'href="{page}groups/')[2]
    tell = tell.partition(f'href="{page}groups/')[2].partition('"')[0]
    today = timezone.localdate()
    day = {"told_on_day": today.day, "told_on_month": today.month, "told_on_year": today.year}
    assert fill(dee, f"{page}groups/{tell}", **FOUR, **day).status_code == 302
    assert dee.post(f"{page}close/").status_code == 302
    closed = dee.get(page)
    check_valid(closed)
    assert "Closed" in text_of(closed)
    assert "Nothing waits" not in text_of(signed_in(OLA).get("/breaches/"))


@pytest.mark.parametrize(
    ("hours", "says"),
    [
        (25, "More than 24 hours gone"),
        (49, "More than 48 hours gone"),
        (61, "Less than 12 hours left"),
        (73, "Late: more than 72 hours gone"),
    ],
)
def test_what_is_urgent_stands_on_the_first_page_of_who_keeps_breaches(
    desk: Desk, hours: int, says: str
) -> None:
    number = known_for(hours)
    assert says in text_of(signed_in(LIA).get("/"))
    late = fill(signed_in(DEE), f"/breaches/{number}/told/", **FOUR, **at(now(), "told_at"))
    assert (late.status_code == 302) == (hours < 72) or "no reasons are given" in text_of(late)


def test_a_reason_is_needed_where_nobody_is_told(desk: Desk) -> None:
    number = known_for(1)
    dee = signed_in(DEE)
    lacking = fill(dee, f"/breaches/{number}/not-told/")
    assert lacking.status_code == 422
    done = fill(dee, f"/breaches/{number}/not-told/", reason="It was encrypted.")
    assert done.status_code == 302
    page = text_of(dee.get(f"/breaches/{number}/"))
    assert "It was encrypted." in page
    grounded = {"whom": "suspects", "about": "2", "to_tell": "restricted", "reasons": "So."}
    assert fill(dee, f"/breaches/{number}/groups/", **grounded).status_code == 422
    fill(dee, f"/breaches/{number}/groups/", **grounded, ground="crime")
    assert "prejudice" in text_of(dee.get(f"/breaches/{number}/"))


def test_who_only_reports_reads_none_and_the_overseer_changes_none(desk: Desk) -> None:
    number = known_for(1)
    assert signed_in(ADA).get("/breaches/").status_code == 403
    assert signed_in(OLA).get(f"/breaches/{number}/").status_code == 200
    assert signed_in(OLA).get(f"/breaches/{number}/told/").status_code == 403
    assert signed_in(OLA).get("/breaches/record/").status_code == 403
    assert "No breach" not in text_of(signed_in(OLA).get("/breaches/?before=x"))
