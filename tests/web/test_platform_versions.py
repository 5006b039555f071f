"""What is kept of a platform is changed on pages: each change a version, and nothing is lost."""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from functools import partial

import pytest
from django.test import Client

from evenhand.actions import platforms as adding
from evenhand.actions import saved_lists
from evenhand.queries import platforms
from evenhand.rules.lawbook import Platform
from evenhand.rules.notices import Transport
from tests.builders import ADA, DEE, MAX, OLA
from tests.journeys import Desk
from tests.web.filling import carried, check_valid, fill
from tests.web.people import logged, now, queries_of, signed_in, text_of

pytestmark = pytest.mark.django_db
ONE = "/platforms/clipnest/"


@pytest.fixture
def max_signed_in() -> Client:
    desk = Desk(now=now() - timedelta(days=60))
    for officer in (ADA, DEE, OLA, MAX):
        desk.by(officer)
    return signed_in(MAX)


def kept(code: str = "clipnest") -> Platform:
    return platforms.current(code, officer=MAX).platform


def policy(**changes: object) -> dict[str, object]:
    return {
        "title": "Loud noise",
        "clause": "No hate.",
        "version": "3",
        "harms": ["R1"],
        "source": "Its page, today",
        "in_force_from_day": "1",
        "in_force_from_month": "6",
        "in_force_from_year": "2026",
    } | changes


def test_a_platforms_page_shows_ways_form_policies_and_versions(max_signed_in: Client) -> None:
    shown = max_signed_in.get(ONE)
    check_valid(shown)
    page = text_of(shown)
    for words in ("Clipnest Example Limited", "Address of the clip", "from the law data"):
        assert words in page
    assert "Add a policy" in page
    assert "Add a policy" not in text_of(signed_in(ADA).get(ONE))


def test_how_to_reach_it_and_chase_times_become_a_new_version(max_signed_in: Client) -> None:
    done = fill(
        max_signed_in,
        f"{ONE}reach/",
        contact="new@clipnest.example",
        form_address="https://forms.clipnest.example/x",
        first_chase_days="3",
        chase_gap_days="",
    )
    assert done.status_code == 302
    assert "Saved as version 2." in text_of(max_signed_in.get(done["Location"]))
    mail = kept().channel(Transport.EMAIL)
    assert mail is not None
    assert (mail.address, kept().first_chase_days) == ("new@clipnest.example", 3)
    changed = max_signed_in.get(f"{ONE}versions/2/")
    check_valid(changed)
    page = text_of(changed)
    assert "From “referrals@clipnest.example” to “new@clipnest.example”" in page
    assert "From “nothing” to “3”" in page
    first = text_of(max_signed_in.get(f"{ONE}versions/1/"))
    assert "It is the first version." in first


def test_what_cannot_be_used_is_told_at_its_field_and_kept(max_signed_in: Client) -> None:
    refused = fill(max_signed_in, f"{ONE}reach/", contact="nobody", form_address="http://x.example")
    page = text_of(refused)
    assert refused.status_code == 422
    assert "E-PLAT-01" in page
    assert 'href="#id_contact"' in page
    assert 'value="nobody"' in page
    too_long = fill(max_signed_in, f"{ONE}reach/", contact="x" * 600, first_chase_days="99")
    assert too_long.status_code == 422


def test_the_second_of_two_is_told_what_the_first_changed_and_loses_nothing(
    max_signed_in: Client,
) -> None:
    page = max_signed_in.get(f"{ONE}reach/")
    fill(max_signed_in, f"{ONE}reach/", contact="first@clipnest.example", first_chase_days="9")
    late = carried(page) | {"contact": "second@clipnest.example", "first_chase_days": "4"}
    told = max_signed_in.post(f"{ONE}reach/", late)
    check_valid(told)
    text = text_of(told)
    assert told.status_code == 409
    assert "E-PLAT-02" in text
    assert "to “first@clipnest.example”" in text
    assert 'value="second@clipnest.example"' in text
    again = carried(told) | {"contact": "second@clipnest.example", "first_chase_days": "4"}
    assert max_signed_in.post(f"{ONE}reach/", again).status_code == 302
    assert kept().first_chase_days == 4


def test_a_version_that_never_was_is_told_as_changed_too(max_signed_in: Client) -> None:
    sent = carried(max_signed_in.get(f"{ONE}reach/")) | {"seen": "99"}
    told = max_signed_in.post(f"{ONE}reach/", sent)
    assert told.status_code == 409
    assert "Nothing that can still be compared." in text_of(told)


def test_the_fields_of_a_form_are_entered_ordered_and_left_out(max_signed_in: Client) -> None:
    lines = {
        "place_0": "2", "label_0": "Second", "fills_0": "address", "longest_0": "1,000",
        "place_1": "1", "label_1": "First", "fills_1": "harm", "longest_1": "",
        "label_2": "", "fills_2": "harm", "verified": "on",
    }  # fmt: skip
    assert fill(max_signed_in, f"{ONE}form/", **lines).status_code == 302
    portal = kept().channel(Transport.PORTAL)
    assert portal is not None
    assert [(it.label, it.longest) for it in portal.fields] == [("First", 0), ("Second", 1000)]
    page = text_of(max_signed_in.get(f"{ONE}versions/2/"))
    assert "Field 1 of the form, label" in page


def test_a_field_needs_to_know_what_goes_in(max_signed_in: Client) -> None:
    refused = fill(max_signed_in, f"{ONE}form/", label_0="Link", fills_0="", longest_0="0")
    page = text_of(refused)
    assert refused.status_code == 422
    assert "Select what goes into this field" in page
    wrong = fill(max_signed_in, f"{ONE}form/", label_0="Link", fills_0="poem", place_0="x")
    assert wrong.status_code == 422


def test_a_policy_is_added_corrected_followed_and_taken_out(max_signed_in: Client) -> None:
    assert fill(max_signed_in, f"{ONE}policies/add/", **policy()).status_code == 302
    place = len(kept().policies) - 1
    added = kept().policies[place]
    assert (added.code, added.harms, added.verified) == ("loud-noise", ("R1",), False)
    at = f"{ONE}policies/{place}/"
    assert 'value="Loud noise"' in text_of(max_signed_in.get(at))
    newer = policy(how="new", version="4", in_force_from_month="9", verified="on")
    assert fill(max_signed_in, at, **newer).status_code == 302
    assert [it.version for it in kept().policies if it.code == "loud-noise"] == ["3", "4"]
    assert fill(max_signed_in, at, **policy(how="correct", clause="Not any.")).status_code == 302
    assert kept().policies[place].clause == "Not any."
    assert fill(max_signed_in, at, **policy(how="gone")).status_code == 302
    assert [it.version for it in kept().policies if it.code == "loud-noise"] == ["4"]
    again = policy(title="Loud noise!", version="1")
    fill(max_signed_in, f"{ONE}policies/add/", **again)
    assert kept().policies[-1].code == "loud-noise-2"
    fill(max_signed_in, f"{ONE}policies/add/", **policy(title="憎"))
    assert kept().policies[-1].code == "policy"
    check_valid(max_signed_in.get(ONE))


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"harms": []}, "Tick at least one harm"),
        ({"harms": ["C1"]}, "Select only answers on this page"),
        ({"title": ""}, "Enter the title"),
        ({"verified": "on", "in_force_from_day": "", "in_force_from_month": "",
          "in_force_from_year": ""}, "E-PLAT-01"),
        ({"clause": "\0"}, "There is a problem"),
    ],
)  # fmt: skip
def test_a_policy_that_could_not_be_cited_is_refused(
    max_signed_in: Client, wrong: dict[str, object], told: str
) -> None:
    refused = fill(max_signed_in, f"{ONE}policies/add/", **policy(**wrong))
    assert refused.status_code == 422
    assert told in text_of(refused)


def test_a_policy_that_a_colleague_took_out_meanwhile_is_told(max_signed_in: Client) -> None:
    at = f"{ONE}policies/0/"
    page = max_signed_in.get(at)
    fill(max_signed_in, at, **policy(how="gone"))
    told = max_signed_in.post(at, carried(page) | policy(how="correct"))
    assert told.status_code == 409
    assert "took out this version of the policy" in text_of(told)
    assert 'value="Loud noise"' in text_of(told)


def test_a_platform_that_nobody_knew_is_added(max_signed_in: Client) -> None:
    told = {
        "code": "videos.example",
        "name": "Videos",
        "provider": "Videos Limited",
        "country": "GB",
        "contact": "abuse@videos.example",
    }
    assert fill(max_signed_in, "/platforms/add/", **told).status_code == 302
    assert "Videos" in text_of(max_signed_in.get("/platforms/"))
    check_valid(max_signed_in.get("/platforms/videos.example/"))
    refused = fill(max_signed_in, "/platforms/add/", **told)
    assert (refused.status_code, "E-PLAT-03" in text_of(refused)) == (409, True)
    assert fill(max_signed_in, "/platforms/add/", **told | {"code": ""}).status_code == 422
    renamed = {**told, "name": "Clips", "seen": "1"}
    del renamed["seen"], renamed["code"]
    assert fill(max_signed_in, "/platforms/videos.example/reach/", **renamed).status_code == 302
    assert kept("videos.example").name == "Clips"


def test_the_emergency_route_of_the_desks_own_platform_stands_where_it_is_needed(
    max_signed_in: Client,
) -> None:
    reference = logged(ADA, "https://videos.example/v/1")
    emergency = f"/referrals/{reference}/emergency/"
    told = {"name": "Videos", "provider": "Videos Limited", "country": "GB"}
    fill(max_signed_in, "/platforms/add/", code="videos.example", **told)
    assert "No way is known to this desk" in text_of(
        max_signed_in.get("/platforms/videos.example/")
    )
    assert "knows no emergency route of theirs" in text_of(signed_in(ADA).get(emergency))
    reach, route = "/platforms/videos.example/reach/", "the number <b> on its page for police."
    assert fill(max_signed_in, reach, emergency=route, **told).status_code == 302
    shown = "the number &lt;b&gt; on its page for police."
    assert shown in text_of(max_signed_in.get("/platforms/videos.example/"))
    assert shown in text_of(max_signed_in.get(reach))
    page = text_of(signed_in(ADA).get(emergency))
    assert f"have the control room ask Videos by its emergency route: {shown}" in page
    assert "(Entered by this desk.)" in page
    assert 'name="emergency"' not in text_of(max_signed_in.get(ONE + "reach/"))


@pytest.mark.parametrize("who", [ADA, DEE, OLA], ids=lambda it: it.name)
@pytest.mark.parametrize("page", ["reach/", "form/", "policies/add/", "policies/0/", "../add/"])
def test_only_an_administrator_is_let_in(max_signed_in: Client, who: object, page: str) -> None:
    address = "/platforms/add/" if page == "../add/" else f"{ONE}{page}"
    assert signed_in(who).get(address).status_code == 403  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "address",
    ["nobody/", "nobody/reach/", "%00/", "clipnest/versions/9/", "clipnest/policies/99/", "other/"],
)
def test_what_is_not_kept_is_not_found(max_signed_in: Client, address: str) -> None:
    assert max_signed_in.get(f"/platforms/{address}").status_code == 404


def test_a_change_sent_twice_is_one_version(max_signed_in: Client) -> None:
    sent = carried(max_signed_in.get(f"{ONE}reach/")) | {"first_chase_days": "3"}
    for _ in range(2):
        assert max_signed_in.post(f"{ONE}reach/", sent).status_code == 302
    assert [it.number for it in platforms.versions("clipnest", officer=MAX).lines] == [2, 1]


def test_cancel_leads_back_to_the_platform(max_signed_in: Client) -> None:
    page = text_of(max_signed_in.get(f"{ONE}reach/"))
    assert re.search(r'<a class="govuk-link" href="/platforms/clipnest/">\s*Cancel', page)


def test_many_versions_take_no_more_queries(max_signed_in: Client) -> None:
    fill(max_signed_in, f"{ONE}reach/", first_chase_days="3")
    few = queries_of(lambda: max_signed_in.get(ONE))
    for days in ("4", "5", "6", "7"):
        fill(max_signed_in, f"{ONE}reach/", first_chase_days=days)
    assert queries_of(lambda: max_signed_in.get(ONE)) == few <= 15


def called_pages(desk: Desk, references: Sequence[str]) -> dict[str, str]:
    """Give every page that names the platforms of these referrals, by its address."""
    client = signed_in(ADA)
    saved_lists.add("Mine", {"platform": "site-0.example"}, acting=desk.by(ADA))
    first = references[0]
    pages = {
        address: text_of(client.get(address))
        for address in (
            "/",
            "/overdue/",
            "/assess-together/",
            "/colleagues/ada/work/",
            "/referrals/",
            "/referrals/?platform=site-0.example",
            "/referrals/lists/",
            "/referrals/lists/save/?platform=site-0.example",
            f"/referrals/{first}/",
            f"/referrals/{first}/triage/",
            f"/referrals/{first}/emergency/",
            f"/log-content/done/?reference={first}",
        )
    }
    together = client.post("/assess-together/", {"references": references[:2]})
    return pages | {"refused": text_of(together)}


def test_a_platform_of_the_desks_own_is_called_by_its_name_wherever_it_is_named() -> None:
    desk = Desk(now=now() - timedelta(days=60))
    sites = [f"site-{number}.example" for number in range(6)]
    references = [desk.log(f"https://{site}/videos/1") for site in sites]
    before = called_pages(desk, references)
    plain = kept("youtube")
    for number, site in enumerate(sites):
        adding.add(replace(plain, code=site, name=f"Station {number}"), acting=desk.by(MAX))
    after = called_pages(desk, references)
    assert [page for page, text in before.items() if "Station 0" in text] == []
    assert [page for page, text in after.items() if "Station 0" not in text] == []


def test_many_platforms_of_the_desks_own_cost_no_more_queries_than_one() -> None:
    desk = Desk(now=now() - timedelta(days=60))
    plain, taken = kept("youtube"), []
    asked = ("/", "/referrals/", "/overdue/", "/assess-together/", "/colleagues/ada/work/")
    for number in range(8):
        site = f"site-{number}.example"
        desk.log(f"https://{site}/videos/1")
        adding.add(replace(plain, code=site, name=f"Station {number}"), acting=desk.by(MAX))
        get = signed_in(ADA).get
        taken.append([queries_of(partial(get, it)) for it in ("/", *asked)][1:])
    assert taken[0] == taken[-1]


def test_whoever_changes_an_address_is_told_that_messages_still_go_to_the_signed_one(
    max_signed_in: Client,
) -> None:
    ways = {
        "contact": "referrals@clipnest.example",
        "form_address": "https://forms.clipnest.example",
    }
    fill(max_signed_in, f"{ONE}reach/", first_chase_days="3", **ways)
    assert "still go to the address" not in text_of(max_signed_in.get(ONE))
    fill(max_signed_in, f"{ONE}reach/", **ways | {"contact": "new@clipnest.example"})
    assert "still go to the address" in text_of(max_signed_in.get(ONE))
