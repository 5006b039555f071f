"""Lists of platforms and of their versions, a page at a time, however many there are."""

from dataclasses import replace

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from evenhand.actions import platforms
from evenhand.queries import platforms as known
from evenhand.queries.beside_lists import beside
from evenhand.queries.platforms import PAGE
from evenhand.rules.notices import ANY_OTHER_SITE, Transport
from evenhand.rules.referrals import NotFound
from evenhand.rules.texts import TextUnreadable
from evenhand.store.lawbook import lawbook
from tests.builders import ADA, DEE, MAX
from tests.journeys import Desk

pytestmark = pytest.mark.django_db


def test_platforms_of_the_desk_come_by_code_a_page_at_a_time_and_each_once() -> None:
    desk = Desk()
    plain = known.current("youtube", officer=ADA).platform
    added = [f"site-{number:02}.example" for number in range(30)]
    for code in added:
        platforms.add(replace(plain, code=code, name=f"Site {code[5:7]}"), acting=desk.by(MAX))
    desk.sign_off("a-site.example")
    desk.sign_off(added[3])
    law = [*lawbook().platforms, ANY_OTHER_SITE]
    with CaptureQueriesContext(connection) as captured:
        first = known.signed_off(officer=ADA)
    assert len(captured) == 3
    assert [it.code for it in first.lines] == [*law, "a-site.example", *added[:24]]
    assert first.next == added[23]
    second = known.signed_off(first.next, officer=ADA)
    assert ([it.code for it in second.lines], second.next) == (added[24:], None)
    assert {it.code: it.name for it in second.lines}[added[29]] == "Site 29"
    one = known.one_line(added[3], officer=ADA)
    assert (one.name, [it.transport for it in one.leaves]) == ("Site 03", [Transport.EMAIL])


@pytest.mark.parametrize(("kept", "asked"), [(PAGE, 2), (PAGE + 1, 3)])
def test_a_list_names_the_desks_own_platforms_and_asks_again_only_where_there_are_more(
    kept: int, asked: int
) -> None:
    desk = Desk()
    plain = known.current("youtube", officer=ADA).platform
    for number in range(kept):
        code = f"site-{number:02}.example"
        platforms.add(replace(plain, code=code, name=f"Site {number:02}"), acting=desk.by(MAX))
    last = f"site-{kept - 1:02}.example"
    beside(ADA, sites=())
    with CaptureQueriesContext(connection) as captured:
        sites = beside(ADA, sites=()).sites
        names = known.called_beside(sites, {last, "youtube", "nobodys.example"})
    assert len(captured) == asked + 2  # the officers and the lists come with the first question
    assert sites.are_all is (kept <= PAGE)
    assert (last in sites.names) is sites.are_all
    assert names == {
        last: f"Site {kept - 1:02}",
        "youtube": plain.name,
        "nobodys.example": "nobodys.example",
    }


@pytest.mark.parametrize("code", ["nowhere.example", "", "a\0b"])
def test_a_platform_that_nobody_keeps_or_signed_off_is_none(code: str) -> None:
    with pytest.raises(NotFound):
        known.one_line(code, officer=ADA)


def test_a_place_in_the_list_that_cannot_be_stored_is_refused() -> None:
    with pytest.raises(TextUnreadable):
        known.signed_off("\0", officer=ADA)


def test_versions_come_a_page_at_a_time_down_to_the_law_datas_own() -> None:
    desk = Desk()
    kept = known.current("youtube", officer=ADA)
    for number in range(1, 31):
        changed = replace(kept.platform, first_chase_days=number % 9 + 1)
        platforms.edit(changed, seen=number, acting=desk.by(MAX))
    first = known.versions("youtube", officer=DEE)
    assert [it.number for it in first.lines] == list(range(31, 6, -1))
    assert first.next == 7
    second = known.versions("youtube", before=first.next, officer=DEE)
    assert [it.number for it in second.lines] == [6, 5, 4, 3, 2, 1]
    assert second.next is None
