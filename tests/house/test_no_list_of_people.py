"""People are reached one at a time: by an exact reference, and never out of a list."""

import re
from pathlib import Path

from django.urls import URLPattern, URLResolver, get_resolver

from evenhand.actions import people

SRC = Path(people.__file__).parents[1]
ASKED = re.compile(r"PersonRow\.objects\s*\.\s*(\w+)")
ONE = {"named", "locked", "select_related", "only"}
# Where a role waits for a second officer, by reference.
WAITING = {"queries/people_waiting.py"}


def routes(resolver: URLResolver, before: str = "") -> list[str]:
    found: list[str] = []
    for it in resolver.url_patterns:
        if isinstance(it, URLResolver):
            found += routes(it, before + str(it.pattern))
        elif isinstance(it, URLPattern):
            found.append(before + str(it.pattern))
    return found


def test_no_question_of_the_house_gives_several_people() -> None:
    asked = {
        path.relative_to(SRC).as_posix(): set(ASKED.findall(path.read_text("utf-8")))
        for path in SRC.rglob("*.py")
    }
    assert {path: names - ONE for path, names in asked.items() if names - ONE} == {}
    links = {path for path in asked if "PersonLinkRow.objects" in (SRC / path).read_text("utf-8")}
    assert links == WAITING


def test_every_address_about_people_names_one_of_them() -> None:
    about_people = {it for it in routes(get_resolver()) if "people" in it}
    unnamed = {it for it in about_people if "<person" not in it}
    assert unnamed == {
        "people/",
        "api/v1/referrals/<reference>/people",
        "referrals/<reference:reference>/people/new/",
        "referrals/<reference:reference>/people/new/about/",
    }
    assert len(about_people) > 20
