"""What a desk keeps of a platform can be used, is written and read alike, and is compared."""

import json
from dataclasses import replace
from datetime import date

import pytest

from evenhand.rules.lawbook import Channel, Fill, FormField, LawDataWrong, Platform, Policy
from evenhand.rules.lawbook_reading import read_platform
from evenhand.rules.notices import Transport
from evenhand.rules.platforms import (
    MOST_FIELDS,
    MOST_POLICIES,
    PlatformChanged,
    PlatformKnown,
    PlatformWrong,
    as_document,
    check_can_add,
    check_platform,
    check_seen,
    harms_of_policies,
    with_address,
    with_form,
    with_forms_taken,
)
from evenhand.rules.platforms_compared import Difference, Part, differences
from evenhand.rules.refusals import Refused
from tests.rules.test_lawbook import BOOK

CLIPNEST = BOOK.platforms["clipnest"]
LINK = FormField(label="Link", fills=Fill.ADDRESS, longest=100)
POLICY = Policy(
    code="threats",
    title="Threats",
    clause="No threats.",
    harms=("V1",),
    version="1",
    in_force_from=date(2026, 1, 1),
    verified=True,
    source="Read on the page",
)


def platform(**changes: object) -> Platform:
    plain = Platform(
        code="videos.example",
        name="Videos",
        provider="Videos Limited",
        country="GB",
        hosts=("videos.example",),
        fictional=False,
        verified=False,
        source="This desk",
        channels=(),
        policies=(POLICY,),
    )
    return replace(plain, **changes)  # type: ignore[arg-type]


def check(kept: Platform) -> None:
    check_platform(kept, harms=BOOK.harms)


def form(*fields: FormField) -> dict[str, object]:
    return {"channels": with_form(platform(), fields, verified=False).channels}


def channel(kind: Transport, address: str) -> dict[str, object]:
    return {"channels": with_address(platform(), kind, address).channels}


@pytest.mark.parametrize("code", BOOK.platforms)
def test_what_the_law_data_says_can_be_kept_and_is_read_as_it_was_written(code: str) -> None:
    kept = BOOK.platforms[code]
    check(kept)
    document = json.loads(json.dumps(as_document(kept), default=date.isoformat))
    for policy in document["policy"]:
        if "in_force_from" in policy:
            policy["in_force_from"] = date.fromisoformat(policy["in_force_from"])
    assert read_platform(document) == kept


def test_a_document_that_was_spoilt_is_refused_whole() -> None:
    with pytest.raises(LawDataWrong):
        read_platform({**as_document(CLIPNEST), "name": ""})


@pytest.mark.parametrize(
    ("wrong", "at"),
    [
        ({"name": " "}, "name"),
        ({"provider": ""}, "provider"),
        ({"country": "Britain"}, "country"),
        ({"emergency": "x" * 501}, "emergency"),
        (channel(Transport.EMAIL, "nobody"), "contact"),
        (channel(Transport.PORTAL, "http://x.example"), "form_address"),
        ({"first_chase_days": 0}, "first_chase_days"),
        ({"chase_gap_days": 61}, "chase_gap_days"),
        (form(replace(LINK, label="")), "label_0"),
        (form(LINK, replace(LINK, label="two\nlines")), "label_1"),
        (form(replace(LINK, longest=100_001)), "longest_0"),
        (form(*[LINK] * (MOST_FIELDS + 1)), ""),
        ({"policies": (replace(POLICY, title=""),)}, "title"),
        ({"policies": (replace(POLICY, clause="\0"),)}, "clause"),
        ({"policies": (replace(POLICY, version=""),)}, "version"),
        ({"policies": (replace(POLICY, harms=()),)}, "harms"),
        ({"policies": (replace(POLICY, harms=("C1",)),)}, "harms"),
        ({"policies": (replace(POLICY, in_force_from=None),)}, "in_force_from"),
        ({"policies": (POLICY, POLICY)}, "version"),
        ({"policies": (POLICY, replace(POLICY, version="2"))}, "in_force_from"),
        (
            {
                "policies": (
                    replace(POLICY, verified=False, in_force_from=None),
                    replace(POLICY, version="2"),
                )
            },
            "in_force_from",
        ),
    ],
)
def test_what_could_not_be_used_is_refused_at_its_question(
    wrong: dict[str, object], at: str
) -> None:
    with pytest.raises(Refused) as told:
        check(platform(**wrong))
    assert at in [it.at for it in told.value.every]


def test_a_platform_has_a_bounded_number_of_policies() -> None:
    many = tuple(replace(POLICY, code=f"p-{n}") for n in range(MOST_POLICIES + 1))
    with pytest.raises(PlatformWrong):
        check(platform(policies=many))


def test_everything_wrong_is_told_at_once() -> None:
    with pytest.raises(Refused) as told:
        check(platform(name="", country="", first_chase_days=99))
    assert len(told.value.every) == 3


def test_policies_are_kept_for_harms_that_a_platform_may_be_asked_about() -> None:
    assert {"C1", "X1", "X2"}.isdisjoint(harms_of_policies(BOOK.harms))
    assert {"V1", "A1"} <= set(harms_of_policies(BOOK.harms))


def test_a_change_is_made_on_the_version_that_was_seen() -> None:
    check_seen(3, 3)
    with pytest.raises(PlatformChanged):
        check_seen(2, 3)


def test_a_platform_is_added_once_and_under_a_host_name() -> None:
    check_can_add(platform(), [])
    with pytest.raises(PlatformKnown):
        check_can_add(platform(), ["videos.example"])
    for code in ("videos", "Videos.example", "two words.example", "x" * 300 + ".example"):
        with pytest.raises(PlatformWrong):
            check_can_add(platform(code=code), [])


def test_a_way_is_made_where_there_is_none_and_kept_where_there_is() -> None:
    assert with_address(platform(), Transport.EMAIL, "") == platform()
    assert with_forms_taken(platform(), []) == platform()
    made = with_address(platform(), Transport.EMAIL, "a@b.example")
    assert [(it.kind, it.address) for it in made.channels] == [(Transport.EMAIL, "a@b.example")]
    emptied = with_address(CLIPNEST, Transport.EMAIL, "")
    mail = emptied.channel(Transport.EMAIL)
    assert isinstance(mail, Channel)
    assert (mail.address, len(emptied.channels)) == ("", len(CLIPNEST.channels))


def test_a_form_without_fields_is_not_verified() -> None:
    portal = with_form(CLIPNEST, (), verified=True).channel(Transport.PORTAL)
    assert portal is not None
    assert not portal.fields_verified


def test_two_versions_are_compared_part_by_part() -> None:
    assert differences(CLIPNEST, CLIPNEST) == []
    newer = replace(
        with_form(platform(), (LINK,), verified=True),
        name="Clips",
        emergency="Its desk.",
        chase_gap_days=3,
        policies=(),
    )
    found = differences(platform(), newer)
    assert Difference(Part.NAME, "", "Videos", "Clips") in found
    assert Difference(Part.CHASE_GAP_DAYS, "", "", "3") in found
    assert Difference(Part.EMERGENCY, "", "", "Its desk.") in found
    assert Difference(Part.FIELD_LABEL, "1", None, "Link") in found
    assert Difference(Part.POLICY_CLAUSE, "threats 1", "No threats.", None) in found
    undated = platform(policies=(replace(POLICY, in_force_from=None, verified=False),))
    assert Difference(Part.POLICY_FROM, "threats 1", "2026-01-01", "") in differences(
        platform(), undated
    )
