"""The frame leads each officer to the rooms their roles open, and marks where they are."""

import re
from uuid import UUID

import pytest

from evenhand.rules.officers import Officer, OfficerRef, Role
from evenhand.web.frame import ROOMS, around


def shown(*roles: Role, at: str = "/") -> list[tuple[str, bool]]:
    officer = Officer(ref=OfficerRef(UUID(int=7)), roles=frozenset(roles), name="Ada")
    drawn = str(around(officer, path=at)["navigation"])
    ways = re.findall(r"<a [^>]*href=[^>]*>.*?</a>", drawn, re.DOTALL)
    return [(re.sub(r"<[^>]+>", "", it).strip(), "aria-current" in it) for it in ways]


def test_an_officer_sees_every_room_that_their_roles_open() -> None:
    assert [text for text, _ in shown(Role.OFFICER)] == [
        "Worklist",
        "Log content",
        "Referrals",
        "Reports",
        "Counts",
        "Platforms",
    ]


def test_a_role_without_casework_sees_no_way_into_it() -> None:
    nobody = Officer(ref=OfficerRef(UUID(int=8)), roles=frozenset())
    assert around(nobody, path="/")["navigation"] == ""
    assert [text for text, _ in shown(Role.ADMINISTRATOR)] == ["Platforms", "Training"]
    assert [text for text, _ in shown(Role.EQUALITY_LEAD)] == [
        "What stands out",
        "Documents",
        "Yearly reports",
    ]


@pytest.mark.parametrize(
    ("at", "here"),
    [
        ("/", "Worklist"),
        ("/referrals/", "Referrals"),
        ("/referrals/2026-000001/history/", "Referrals"),
        ("/referrals/lists/", "Referrals"),
    ],
)
def test_one_room_is_marked_as_the_one_the_page_is_in(at: str, here: str) -> None:
    assert [text for text, active in shown(Role.OFFICER, at=at) if active] == [here]


def test_outside_every_room_none_is_marked() -> None:
    assert not any(active for _, active in shown(Role.OFFICER, at="/account/"))


def test_nobody_signed_in_sees_no_rooms() -> None:
    assert around(None, path="/")["navigation"] == ""


def test_no_room_is_named_twice() -> None:
    assert len({room.page for room in ROOMS}) == len(ROOMS)
