"""Platforms are listed with their sign-offs; the data protection officer gives them."""

from datetime import timedelta

import pytest

from evenhand.queries import platforms
from evenhand.rules.notices import ANY_OTHER_SITE
from tests.builders import ADA, BO, DEE, MAX, OLA
from tests.journeys import Desk
from tests.web.filling import carried, fill
from tests.web.people import now, queries_of, signed_in, text_of

pytestmark = pytest.mark.django_db
PLATFORMS = "/platforms/"


@pytest.fixture
def desk() -> Desk:
    desk = Desk(now=now() - timedelta(days=60))
    for officer in (ADA, DEE):
        desk.by(officer)
    return desk


def answers(**changes: str) -> dict[str, str]:
    review = now() + timedelta(days=90)
    return {
        "transport": "email",
        "contact": "reports@video.example",
        "basis": "DPA 2018 s.77: <urgent> & needed",
        "review_on_day": str(review.day),
        "review_on_month": str(review.month),
        "review_on_year": str(review.year),
    } | changes


def line(code: str) -> platforms.PlatformLine:
    return platforms.one_line(code, officer=DEE)


@pytest.mark.usefixtures("desk")
@pytest.mark.parametrize("code", ["youtube", ANY_OTHER_SITE])
def test_the_data_protection_officer_signs_a_platform_off(code: str) -> None:
    client = signed_in(DEE)
    done = fill(client, f"/platforms/{code}/sign-off/", **answers())
    assert done.status_code == 302
    assert line(code).leaves[0].basis == answers()["basis"]
    page = text_of(client.get(done["Location"]))
    assert "is signed off." in page
    assert "reports@video.example" in page


def test_an_overdue_review_is_marked(desk: Desk) -> None:
    desk.now -= timedelta(days=700)
    desk.sign_off("youtube")
    page = text_of(signed_in(ADA).get(PLATFORMS))
    assert "Review overdue" in page
    assert "Not signed off" in page
    assert "Any other site" in page


@pytest.mark.usefixtures("desk")
def test_only_the_data_protection_officer_is_offered_to_sign_off() -> None:
    assert "/youtube/sign-off/" in text_of(signed_in(DEE).get(PLATFORMS))
    assert "/youtube/sign-off/" not in text_of(signed_in(ADA).get(PLATFORMS))
    refused = signed_in(ADA).post("/platforms/youtube/sign-off/", answers())
    assert refused.status_code == 403
    assert not line("youtube").leaves


@pytest.mark.parametrize("who", [OLA, MAX, BO])
def test_who_may_see_the_list_sees_it(desk: Desk, who: object) -> None:
    desk.by(who)  # type: ignore[arg-type]
    assert signed_in(who).get(PLATFORMS).status_code == 200  # type: ignore[arg-type]


@pytest.mark.usefixtures("desk")
@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"contact": "nobody"}, "E-TRF-70"),
        ({"contact": "a@b.example\r\nBcc: x@y.example"}, "There is a problem"),
        ({"contact": "ä@b.example"}, "E-TRF-70"),
        ({"basis": "   "}, "Enter the basis"),
        ({"basis": "\0"}, "There is a problem"),
        ({"review_on_year": "2001"}, "E-TRF-70"),
        ({"review_on_year": "9999"}, "E-TRF-70"),
        ({"review_on_day": "32"}, "must be a real date"),
        ({"transport": "pigeon"}, "There is a problem"),
    ],
)
def test_a_sign_off_that_cannot_stand_is_refused_and_its_answers_are_kept(
    changes: dict[str, str], told: str
) -> None:
    refused = fill(signed_in(DEE), "/platforms/youtube/sign-off/", **answers(**changes))
    assert refused.status_code == 422
    assert told in text_of(refused)
    assert "There is a problem" in text_of(refused)
    assert not line("youtube").leaves


def test_who_signs_off_sees_the_address_that_is_kept_and_not_signed_off(desk: Desk) -> None:
    told = "Kept on the platform’s page, and not signed off"
    desk.sign_off("clipnest", contact="abuse@clipnest.example")
    page = text_of(signed_in(DEE).get("/platforms/clipnest/sign-off/"))
    assert told in page
    assert "referrals@clipnest.example" in page
    desk.sign_off("clipnest", contact="referrals@clipnest.example")
    page = text_of(signed_in(DEE).get("/platforms/clipnest/sign-off/"))
    assert "https://forms.clipnest.example" in page
    assert page.count("referrals@clipnest.example") == 2
    assert told not in text_of(signed_in(DEE).get("/platforms/other/sign-off/"))


@pytest.mark.usefixtures("desk")
@pytest.mark.parametrize("code", ["nobody", "%00", "..%2f", "YOUTUBE", "x" * 3000])
def test_an_unknown_platform_is_not_signed_off(code: str) -> None:
    told = signed_in(DEE).get(f"/platforms/{code}/sign-off/")
    assert told.status_code == 404


@pytest.mark.usefixtures("desk")
def test_a_sign_off_sent_twice_is_given_once() -> None:
    client = signed_in(DEE)
    sent = carried(client.get("/platforms/youtube/sign-off/")) | answers()
    client.post("/platforms/youtube/sign-off/", sent)
    assert client.post("/platforms/youtube/sign-off/", sent).status_code == 302
    from evenhand.store.platforms import SignOffRow

    assert SignOffRow.objects.filter(platform="youtube").count() == 1


@pytest.mark.usefixtures("desk")
def test_the_form_begins_with_what_is_in_force() -> None:
    client = signed_in(DEE)
    fill(client, "/platforms/youtube/sign-off/", **answers())
    page = text_of(client.get("/platforms/youtube/sign-off/"))
    assert 'value="reports@video.example"' in page


def test_more_sign_offs_take_no_more_queries(desk: Desk) -> None:
    client = signed_in(DEE)
    client.get(PLATFORMS)
    few = queries_of(lambda: client.get(PLATFORMS))
    for code in ("youtube", "tiktok", "vimeo", "site1.example", "site2.example"):
        desk.sign_off(code)
    assert queries_of(lambda: client.get(PLATFORMS)) == few <= 15


def test_the_data_protection_officer_ends_a_sign_off(desk: Desk) -> None:
    desk.sign_off("youtube")
    client = signed_in(DEE)
    page = text_of(client.get("/platforms/youtube/sign-off/"))
    assert "End the sign-off for" in page
    sent = {"by": "email"}
    assert signed_in(ADA).post("/platforms/youtube/sign-off/end/", sent).status_code == 403
    assert client.post("/platforms/youtube/sign-off/end/", sent).status_code == 302
    assert line("youtube").leaves == []
    again = client.post("/platforms/youtube/sign-off/end/", sent)
    assert (again.status_code, "There is no sign-off to end." in text_of(again)) == (404, True)
    assert client.post("/platforms/youtube/sign-off/end/", {"by": "pigeon"}).status_code == 422
