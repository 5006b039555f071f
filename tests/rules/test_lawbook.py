"""The law data that ships: whole, honest about itself, and found by code and by day."""

import tomllib
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import evenhand
from evenhand.rules.lawbook import Platform
from evenhand.rules.lawbook_reading import read_lawbook

LAW = Path(evenhand.__file__).parent / "config" / "law"
FILES = ("harms", "provisions", "platforms")
SHIPPED: dict[str, dict[str, object]] = {
    name: tomllib.loads((LAW / f"{name}.toml").read_text(encoding="utf-8")) for name in FILES
}
BOOK = read_lawbook(**SHIPPED)

REAL = (
    "youtube", "tiktok", "instagram", "snapchat", "x", "facebook", "reddit", "soundcloud",
    "twitch", "telegram", "vimeo", "dailymotion",
)  # fmt: skip

# What the design gives from memory, or cites from a paragraph that was not read.
_FROM_MEMORY = """
    osa-2023-s181 sca-2007-pt2 osa-2023-sch7-inchoate msa-2015 rowa-1959 cja-1988-s141 firearms-1968
    knives-1997 sca-2015-s76 cjpoa-1994-s51 cda-1998-s31 cda-1998-s32 osa-2023-sch5 cjia-2008-s63
    soa-2003-s52 soa-2003-s53 mda-1971 psa-2016 fraud-2006 fsma-2000 poca-2002-s327 poca-2002-s328
    poca-2002-s329 ia-1971-s25 nsa-2023-s13 awa-2006-s4
"""
FROM_MEMORY = frozenset(_FROM_MEMORY.split())

# The provisions that the design cites for each harm, by hand.
CITED: dict[str, str] = {
    "V1": "oapa-1861-s16 poa-1986-s4 pha-1997-s4 osa-2023-s181",
    "V2": "sca-2007-pt2 osa-2023-sch7-inchoate",
    "V3": "msa-2015",
    "W1": "rowa-1959 cja-1988-s141 firearms-1968 knives-1997",
    "H1": "poa-1986-s4a poa-1986-s5 pha-1997-s2 pha-1997-s2a pha-1997-s4a",
    "H2": "sca-2015-s76",
    "H3": "cjpoa-1994-s51",
    "R1": "poa-1986-s18 poa-1986-s19 poa-1986-s21 poa-1986-s29b poa-1986-s29c poa-1986-s29e"
    " clcsa-1995-s50a cda-1998-s31 cda-1998-s32",
    "T1": "osa-2023-sch5",
    "C1": "pca-1978-s1 cja-1988-s160",
    "C2": "soa-2003-s8 soa-2003-s10 soa-2003-s11 soa-2003-s12 soa-2003-s13",
    "S1": "soa-2003-s66a soa-2003-s66b",
    "S2": "cjia-2008-s63",
    "S3": "soa-2003-s52 soa-2003-s53",
    "D1": "mda-1971 psa-2016",
    "F1": "fraud-2006 fsma-2000",
    "F2": "poca-2002-s327 poca-2002-s328 poca-2002-s329",
    "M1": "suicide-1961-s2 cjani-1966-s13 osa-2023-s184",
    "I1": "ia-1971-s25",
    "N1": "nsa-2023-s13",
    "A1": "awa-2006-s4",
    "X1": "",
    "X2": "",
}


# What ships


@pytest.mark.parametrize("code", CITED)
def test_a_harm_cites_the_law_of_the_design(code: str) -> None:
    found = [provision.code for provision in BOOK.provisions_for(BOOK.harm(code))]
    assert found == CITED[code].split()


def test_every_provision_is_cited_by_a_harm() -> None:
    cited = {code for codes in CITED.values() for code in codes.split()}
    routes = {harm.route_provision for harm in BOOK.harms.values()} - {""}
    assert set(BOOK.provisions) == cited | routes
    assert routes == {"cpa-2026-s21"}


def test_what_was_not_read_is_not_verified_and_the_rest_is() -> None:
    unverified = {code for code, it in BOOK.provisions.items() if not it.verified}
    assert unverified == FROM_MEMORY


def test_a_source_says_memory_only_where_nothing_is_verified() -> None:
    rows = [(it.code, it.source, it.verified) for it in BOOK.harms.values()]
    rows += [(it.code, it.source, it.verified) for it in BOOK.provisions.values()]
    rows += [(it.code, it.source, it.verified) for it in BOOK.platforms.values()]
    assert [
        code for code, source, verified in rows if "memory" in source.casefold() and verified
    ] == []


def test_a_harm_is_verified_exactly_where_all_that_it_cites_is() -> None:
    for harm in BOOK.harms.values():
        assert harm.verified == all(it.verified for it in BOOK.provisions_for(harm)), harm.code


def test_the_regulations_of_2025_count_from_8_january_2026() -> None:
    added = {code for code, it in BOOK.provisions.items() if it.priority_from == date(2026, 1, 8)}
    assert added == {"osa-2023-s184", "soa-2003-s66a", "soa-2003-s66b"}


def test_the_twelve_platforms_and_the_fictional_ones_are_there() -> None:
    real = {code for code, it in BOOK.platforms.items() if not it.fictional}
    fictional = {code for code, it in BOOK.platforms.items() if it.fictional}
    assert real == set(REAL)
    assert fictional >= {"clipnest", "murmur", "pinboardly"}


@pytest.mark.parametrize("code", REAL)
def test_nothing_of_a_real_platform_or_its_policies_is_verified(code: str) -> None:
    platform = platform_of(code)
    assert not platform.verified
    assert platform.policies
    assert not any(policy.verified for policy in platform.policies)
    assert platform.hosts == ()
    assert not any(channel.address for channel in platform.channels)


def test_only_channels_that_were_seen_described_are_verified() -> None:
    seen = {
        code for code in REAL if all(channel.verified for channel in platform_of(code).channels)
    }
    assert seen == {"youtube", "instagram", "facebook"}


def test_no_policy_is_offered_for_child_sexual_abuse_imagery_or_the_unassessed() -> None:
    for platform in BOOK.platforms.values():
        for policy in platform.policies:
            assert {"C1", "X2"}.isdisjoint(policy.harms), f"{platform.code} {policy.code}"


# Lookups


def platform_of(code: str) -> Platform:
    platform = BOOK.platform(code)
    assert platform is not None
    return platform


def test_what_the_law_data_does_not_know_is_none_and_no_refusal() -> None:
    assert BOOK.platform("no-such-platform") is None
    assert BOOK.provision("theft-1968-s1") is None


def test_a_policy_is_read_in_the_version_of_the_day() -> None:
    clipnest = platform_of("clipnest")

    def threats(day: date) -> list[str]:
        return [it.version for it in clipnest.policies_on(day) if it.code == "threats"]

    assert threats(date(2024, 8, 31)) == []
    assert threats(date(2024, 9, 1)) == ["1"]
    assert threats(date(2026, 2, 28)) == ["1"]
    assert threats(date(2026, 3, 1)) == ["2"]


def test_an_undated_policy_is_always_suggested() -> None:
    youtube = platform_of("youtube")
    assert youtube.policies_on(date(2001, 1, 1)) == youtube.policies


def test_a_harm_gets_the_policies_that_speak_of_it() -> None:
    day = date(2026, 6, 1)
    found = platform_of("murmur").policies_for(BOOK.harm("V1"), on=day)
    assert [(it.code, it.version) for it in found] == [("violence", "2026-04")]


def test_terms_only_may_rest_on_any_policy() -> None:
    day = date(2026, 6, 1)
    murmur = platform_of("murmur")
    assert murmur.policies_for(BOOK.harm("X1"), on=day) == murmur.policies_on(day)


@given(day=st.dates())
def test_a_day_has_at_most_one_version_of_a_policy(day: date) -> None:
    for platform in BOOK.platforms.values():
        codes = [policy.code for policy in platform.policies_on(day)]
        assert len(codes) == len(set(codes))
