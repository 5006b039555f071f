"""The register of scrutiny from outside: a few add to it, everybody reads it."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from tests.builders import ADA, DEE, OLA
from tests.journeys import Desk
from tests.web.filling import check_valid, fill
from tests.web.people import now, signed_in, text_of

pytestmark = pytest.mark.django_db
PUBLIC = "/public/scrutiny/"


@pytest.fixture
def desk() -> Desk:
    desk = Desk(now=now() - timedelta(days=20))
    for officer in (DEE, OLA, ADA):
        desk.by(officer)
    return desk


def on(day: Any, name: str) -> dict[str, str]:
    parts = {"day": day.day, "month": day.month, "year": day.year}
    return {f"{name}_{part}": str(value) for part, value in parts.items()}


def read(query: str = "") -> str:
    page = Client().get(PUBLIC + query)
    check_valid(page)
    return text_of(page)


def test_everybody_reads_what_came_of_an_audit_and_what_was_done(desk: Desk) -> None:
    assert "The register has no entry" in read()
    dee, today = signed_in(DEE), now().date()
    done = fill(
        dee,
        "/scrutiny/record/",
        kind="audit",
        body="The Commissioner",
        scope="How people are told.",
        **on(today, "held_on"),
    )
    assert done.status_code == 302, text_of(done)
    add = "/scrutiny/1/add/"
    assert "About which recommendation" not in text_of(dee.get(add))
    fill(dee, add, what="recommendation", text="Tell them sooner.", **on(today, "day"))
    page = dee.get(add)
    assert "Tell them sooner." in text_of(page)
    without = fill(dee, add, what="done", text="We do.", **on(today, "day"))
    assert "E-SCR-03" in without.content.decode()
    asked = page.content.decode().partition('name="about"')[2].partition('value="')[2][:36]
    answered = fill(dee, add, what="done", about=asked, text="We do.", **on(today, "day"))
    assert answered.status_code == 302, text_of(answered)
    assert "Done" in text_of(signed_in(OLA).get("/scrutiny/1/"))
    found = read()
    for words in ("The Commissioner", "How people are told.", "Tell them sooner.", "We do."):
        assert words in found
    assert "Dee" not in found
    yesterday = (today - timedelta(days=1)).isoformat()
    assert "The Commissioner" not in read(f"?as_at={yesterday}")
    assert Client().get(f"{PUBLIC}?as_at=never").status_code == 404


def test_none_is_told_with_its_day_and_only_where_the_register_holds_none(desk: Desk) -> None:
    dee, today = signed_in(DEE), now().date()
    said = fill(dee, "/scrutiny/none/", kind="appeal", **on(today, "true_on"))
    assert said.status_code == 302, text_of(said)
    assert "None. That was last true on" in read()
    later = today + timedelta(days=2)
    refused = fill(dee, "/scrutiny/none/", kind="audit", **on(later, "true_on"))
    assert "has not come yet" in text_of(refused)


def test_the_overseer_reads_the_list_and_an_officer_does_not(desk: Desk) -> None:
    assert "Record scrutiny" not in text_of(signed_in(OLA).get("/scrutiny/"))
    assert signed_in(OLA).get("/scrutiny/record/").status_code == 403
    assert signed_in(ADA).get("/scrutiny/").status_code == 403
    assert signed_in(DEE).get("/scrutiny/4/").status_code == 404
