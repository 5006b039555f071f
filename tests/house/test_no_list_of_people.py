"""People are reached one at a time: by an exact reference, and never out of a list."""

import re
from pathlib import Path

from django.urls import URLPattern, URLResolver, get_resolver

from evenhand.actions import people

SRC = Path(people.__file__).parents[1]
ASKED = re.compile(r"PersonRow\.objects\s*\.\s*(\w+)")
# A lock gives nothing of whom it locks.
ONE = {"named", "locked", "lock", "select_related", "only"}
# Where a role waits for a second officer, by reference; and the roles of at most five who were
# found by an exact key, each of them a look that is in the log already.
LINKS = {"queries/people_waiting.py", "queries/people_finding.py"}
# Which records have the same name and birth date, and of which nobody decided yet whether they are
# told: what is shown of these is the reference, and no page says more of several people.
BY_REFERENCE = {"store/combinations.py": {"filter"}, "store/notification.py": {"filter"}}
# Whose records have the exact key of a request about one's own data: ids alone, five new ones at
# once, each of them a look before anything is shown. Without a birth date, by name.
BY_EXACT_KEY = {"actions/rights.py": {"exactly"}, "store/people_named.py": {"filter"}}
# How many records came in before a day, and how many are to be erased: numbers, which nobody can be
# read out of.
COUNTED = {
    "queries/balance.py": {"numbers_before"},
    "queries/retention.py": {"numbers_to_erase"},
}
# How old everybody is, for the ages of the youngest and the oldest: without a name or a reference.
AGED = {"store/people_ages.py": {"filter"}}


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
    found = {path: names - ONE for path, names in asked.items() if names - ONE}
    assert found == BY_REFERENCE | BY_EXACT_KEY | COUNTED | AGED
    links = {path for path in asked if "PersonLinkRow.objects" in (SRC / path).read_text("utf-8")}
    assert links == LINKS


def test_every_address_about_people_names_one_of_them() -> None:
    about_people = {it for it in routes(get_resolver()) if "people" in it}
    unnamed = {it for it in about_people if "<person" not in it and "people/<reference>" not in it}
    assert unnamed == {
        "people/",
        # By an exact key; counts; and what waits, by reference alone.
        "people/find/",
        "api/v1/referrals/<reference>/people/search",
        "api/v1/people/counts",
        "people/telling/",
        "api/v1/people/telling",
        # One pair at a time.
        "people/pairs/",
        "people/pairs/<uuid:ref>/",
        "people/pairs/<uuid:ref>/undo/",
        "api/v1/people/pairs",
        "api/v1/people/pairs/<reference>/answers",
        "api/v1/referrals/<reference>/people",
        "referrals/<reference:reference>/people/new/",
        "referrals/<reference:reference>/people/new/about/",
    }
    assert len(about_people) > 20
