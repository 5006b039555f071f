"""The closed list of who deals with what is not for the desk."""

import tomllib
from pathlib import Path

import pytest

from evenhand.rules.lawbook import LawDataWrong
from evenhand.rules.signposts import read_signposts

ROOT = Path(__file__).parents[2]
SHIPPED = ROOT / "src/evenhand/config/law/signposts.toml"
ONE = {
    "code": "mayor",
    "title": "The mayor",
    "deals_with": "Holes in the road.",
    "tell": "Write to the mayor.",
    "verified": False,
    "source": "From memory",
}
NEEDED = {
    "emergency-999",
    "police-101",
    "report-fraud",
    "iwf",
    "report-harmful-content",
    "platform-report",
    "ico",
    "ofcom",
}


def document(*rows: dict[str, object]) -> dict[str, object]:
    return {
        "version": 1,
        "in_force_from": tomllib.loads("d = 2026-01-01")["d"],
        "signpost": list(rows),
    }


def test_the_shipped_list_can_be_read_and_knows_where_most_things_go() -> None:
    found = read_signposts(tomllib.loads(SHIPPED.read_text("utf-8")))
    assert set(found) >= NEEDED
    assert all(it.tell.endswith(".") and it.deals_with.endswith(".") for it in found.values())


def test_one_is_read_as_it_stands() -> None:
    found = read_signposts(document(ONE))["mayor"]
    assert (found.title, found.tell, found.verified) == ("The mayor", "Write to the mayor.", False)


@pytest.mark.parametrize(
    ("rows", "fault"),
    [
        ([ONE, ONE], "signposts.toml, signpost mayor: this is used 2 times."),
        ([ONE | {"code": "The Mayor"}], "is not of the form"),
        ([{k: v for k, v in ONE.items() if k != "verified"}], "verified is missing."),
        ([ONE | {"tell": " "}], "tell is empty."),
        ([ONE | {"telephone": "1"}], "telephone is not a key that we know."),
    ],
)
def test_a_fault_is_told_with_its_place(rows: list[dict[str, object]], fault: str) -> None:
    with pytest.raises(LawDataWrong, match=r"signposts\.toml") as told:
        read_signposts(document(*rows))
    assert fault in str(told.value)
