"""The shipped taxonomy: complete, exportable, and with no code for what is not a harm."""

import re
import tomllib
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

import evenhand
from evenhand.rules.harms import (
    KEYWORDS,
    KEYWORDS_OF_ANY_CATEGORY,
    AlsoHarmsWrong,
    DsaCategory,
    Harm,
    HarmNotSpecified,
    StatutoryRouteOnly,
    UnknownHarm,
    XarfType,
    check_also_harms,
    check_can_be_referred,
)
from evenhand.rules.lawbook import Lawbook
from evenhand.rules.lawbook_reading import read_lawbook
from evenhand.rules.refusals import Kind

LAW = Path(evenhand.__file__).parent / "config" / "law"
DSA = tomllib.loads((Path(__file__).parents[1] / "data" / "dsa_taxonomy.toml").read_text())

# The table of the design (field.md section 5), by hand: category, Ofcom kind, XARF types.
TABLE: dict[str, tuple[str, str, str]] = {
    "V1": ("VIOLENCE", "4", ""),
    "V2": ("VIOLENCE", "4", ""),
    "V3": ("VIOLENCE", "9", ""),
    "W1": ("UNSAFE_AND_PROHIBITED_PRODUCTS", "14", ""),
    "H1": ("CYBER_VIOLENCE", "4", ""),
    "H2": ("CYBER_VIOLENCE", "5", ""),
    "H3": ("DATA_PROTECTION_AND_PRIVACY_VIOLATIONS", "other", "exposed_data"),
    "R1": ("ILLEGAL_OR_HARMFUL_SPEECH", "3", ""),
    "T1": ("RISK_FOR_PUBLIC_SECURITY", "1", ""),
    "C1": ("PROTECTION_OF_MINORS", "2b/2c", "csam"),
    "C2": ("PROTECTION_OF_MINORS", "2a", "csem"),
    "S1": ("CYBER_VIOLENCE", "6 (+18)", ""),
    "S2": ("OTHER_VIOLATION_TC", "7", ""),
    "S3": ("VIOLENCE", "8", ""),
    "D1": ("UNSAFE_AND_PROHIBITED_PRODUCTS", "13", ""),
    "F1": ("SCAMS_AND_FRAUD", "11", "fraud phishing"),
    "F2": ("SCAMS_AND_FRAUD", "12", "fraud"),
    "M1": ("SELF_HARM", "15", ""),
    "I1": ("RISK_FOR_PUBLIC_SECURITY", "10", ""),
    "N1": ("NEGATIVE_EFFECTS_ON_CIVIC_DISCOURSE_OR_ELECTIONS", "16", ""),
    "A1": ("ANIMAL_WELFARE", "17", ""),
    "X1": ("OTHER_VIOLATION_TC", "", ""),
    "X2": ("NOT_SPECIFIED_NOTICE", "", ""),
}

# Keywords that serve no police purpose, whole categories of them or single ones.
NOT_MAPPED = (
    *KEYWORDS[DsaCategory.INTELLECTUAL_PROPERTY],
    *KEYWORDS[DsaCategory.CONSUMER_INFORMATION],
    "KEYWORD_DEFAMATION",
    "KEYWORD_NUDITY",
    "KEYWORD_CONTENT_PROMOTING_EATING_DISORDERS",
    "KEYWORD_LANGUAGE_REQUIREMENTS",
    "KEYWORD_GEOGRAPHICAL_REQUIREMENTS",
)

_BANNED = """
    drill drills grime rap raps rapper rappers rapping trap hiphop hip hop reggae dancehall bashment
    garage jungle afrobeat afrobeats afroswing punk metal techno genre genres music musical musician
    musicians song songs track tracks lyric lyrics lyrical verse verses bar bars beat beats artist
    artists slang dialect patois emoji emojis
    hood hoodie hoodies hooded balaclava balaclavas tracksuit bandana bandanas mask masks dress
    clothes clothing tattoo tattoos gesture gestures
    postcode postcodes postal estate estates neighbourhood neighbourhoods borough boroughs ward
    wards district turf territory
    gang gangs nominal nominals associate associates associated association associations affiliate
    affiliates affiliated affiliation crew crews clique network networks friend friends
    ethnic ethnicity race racial black white asian african caribbean gypsy roma traveller travellers
    immigrant immigrants nationality
"""
BANNED_WORDS = frozenset(_BANNED.split())


@pytest.fixture(name="book", scope="module")
def read_shipped() -> Lawbook:
    harms, provisions, platforms = (
        tomllib.loads((LAW / f"{name}.toml").read_text(encoding="utf-8"))
        for name in ("harms", "provisions", "platforms")
    )
    return read_lawbook(harms, provisions, platforms)


def banned(text: str) -> frozenset[str]:
    """Whole words only, whatever joins them."""
    return BANNED_WORDS & frozenset(re.findall(r"[a-z]+", text.casefold()))


def texts_of(harm: Harm) -> Iterator[str]:
    yield from (harm.code, harm.title, harm.hint, harm.dsa_category, harm.route, harm.xarf_only_if)
    yield from (*harm.dsa_keywords, *harm.dsa_keywords_women, *harm.provisions, *harm.xarf)


def test_every_harm_of_the_design_is_there_in_its_order(book: Lawbook) -> None:
    assert list(book.harms) == list(TABLE)


def test_a_harm_has_the_one_primary_category_of_the_design(book: Lawbook) -> None:
    primary = {code: str(harm.dsa_category) for code, harm in book.harms.items()}
    assert primary == {code: f"STATEMENT_CATEGORY_{row[0]}" for code, row in TABLE.items()}


def test_a_harm_has_the_ofcom_kind_and_xarf_types_of_the_design(book: Lawbook) -> None:
    found = {code: (harm.ofcom_kind, " ".join(harm.xarf)) for code, harm in book.harms.items()}
    assert found == {code: row[1:] for code, row in TABLE.items()}


def test_categories_are_those_of_the_dsa_database() -> None:
    assert {f"STATEMENT_CATEGORY_{name}" for name in DSA["categories"]} == set(DsaCategory)
    assert len(DsaCategory) == 16


def test_keywords_are_those_of_the_dsa_database_category_by_category() -> None:
    for name, keywords in DSA["categories"].items():
        expected = {f"KEYWORD_{keyword}" for keyword in keywords}
        assert KEYWORDS[DsaCategory(f"STATEMENT_CATEGORY_{name}")] == expected
    assert {f"KEYWORD_{keyword}" for keyword in DSA["ungrouped"]} == KEYWORDS_OF_ANY_CATEGORY
    assert sum(map(len, KEYWORDS.values())) + len(KEYWORDS_OF_ANY_CATEGORY) == 69


def test_keywords_without_a_police_purpose_are_mapped_to_no_harm(book: Lawbook) -> None:
    used = {it for harm in book.harms.values() for it in harm.dsa_keywords}
    assert used.isdisjoint(NOT_MAPPED)


def test_misinformation_belongs_to_foreign_interference_alone(book: Lawbook) -> None:
    keyword = "KEYWORD_MISINFORMATION_DISINFORMATION"
    assert [code for code, it in book.harms.items() if keyword in it.dsa_keywords] == ["N1"]


def test_a_condition_on_a_xarf_report_comes_with_a_type(book: Lawbook) -> None:
    conditional = {code for code, harm in book.harms.items() if harm.xarf_only_if}
    assert conditional == {"H3", "F2"}
    assert all(book.harm(code).xarf for code in conditional)
    assert len(XarfType) == 9


def test_no_harm_speaks_of_genre_words_dress_place_or_association(book: Lawbook) -> None:
    found = {harm.code: banned(" ".join(texts_of(harm))) for harm in book.harms.values()}
    assert {code: bad for code, bad in found.items() if bad} == {}


def test_no_platform_policy_that_we_summed_up_does_either(book: Lawbook) -> None:
    for platform in book.platforms.values():
        for policy in platform.policies:
            text = f"{policy.code} {policy.title} {policy.clause}"
            assert not banned(text), f"{platform.code} {policy.code}"


@pytest.mark.parametrize(
    "text", ["therapist", "scrape", "wiretapping", "drilled", "KEYWORD_TRAPPED", "reassociate"]
)
def test_a_banned_word_inside_another_word_is_no_banned_word(text: str) -> None:
    assert banned(text) == set()


@pytest.mark.parametrize("text", ["Drill.", "KEYWORD_RAP_LYRICS", "gang-related", "the «ESTATE»"])
def test_a_banned_word_is_found_however_it_is_joined(text: str) -> None:
    assert banned(text)


FLAGS: dict[str, tuple[Callable[[Harm], bool], set[str]]] = {
    "terms_only": (lambda harm: harm.terms_only, {"X1"}),
    "statutory_route_only": (lambda harm: harm.statutory_route_only, {"C1"}),
    "cannot_be_sent": (lambda harm: harm.cannot_be_sent, {"X2"}),
    "emergency_check_first": (lambda harm: harm.emergency_check_first, {"V1"}),
    "safeguarding_first": (lambda harm: harm.safeguarding_first, {"V3", "C2", "M1"}),
}


@pytest.mark.parametrize("flag", FLAGS)
def test_a_flag_stands_on_its_own_harms_alone(book: Lawbook, flag: str) -> None:
    stands, expected = FLAGS[flag]
    assert {code for code, harm in book.harms.items() if stands(harm)} == expected


def test_a_title_and_a_hint_are_one_plain_sentence(book: Lawbook) -> None:
    for harm in book.harms.values():
        assert harm.title[0].isupper()
        assert not harm.title.endswith(".")
        assert harm.hint.endswith(".")
        assert harm.hint.count(". ") == 0
        assert len(harm.hint) <= 170


@pytest.mark.parametrize("code", sorted(set(TABLE) - {"C1", "X2"}))
def test_an_assessed_harm_can_be_referred(book: Lawbook, code: str) -> None:
    check_can_be_referred(book.harm(code))


def test_child_sexual_abuse_imagery_ends_the_form_with_the_statutory_route(book: Lawbook) -> None:
    with pytest.raises(StatutoryRouteOnly, match="This form ends here") as no:
        check_can_be_referred(book.harm("C1"))
    refusal = no.value
    assert (refusal.code, refusal.at, refusal.verified) == ("E-CSAM-77", "harm", False)
    assert refusal.clause == "Protection of Children Act 1978 s.1"
    for word in ("Internet Watch Foundation", "National Crime Agency", "only the reference"):
        assert word in refusal.do


def test_a_harm_not_specified_cannot_be_sent(book: Lawbook) -> None:
    with pytest.raises(HarmNotSpecified, match="not specified yet") as no:
        check_can_be_referred(book.harm("X2"))
    assert (no.value.code, no.value.at) == ("E-HARM-02", "harm")


@pytest.mark.parametrize("code", ["", "V9", "v1", "V1 ", "{code}"])
def test_a_harm_outside_the_taxonomy_is_refused_and_named(book: Lawbook, code: str) -> None:
    with pytest.raises(UnknownHarm, match="There is no harm with the code") as no:
        book.harm(code)
    refusal = no.value
    assert (refusal.code, refusal.kind, refusal.at) == ("E-HARM-01", Kind.INVALID, "harm")
    assert code in str(refusal)


@pytest.mark.parametrize("also", [["V1"], ["H1", "H1"], ["X1"]])
def test_a_further_harm_is_another_one_and_alleges_an_offence(
    book: Lawbook, also: list[str]
) -> None:
    with pytest.raises(AlsoHarmsWrong) as no:
        check_also_harms(book.harm("V1"), [book.harm(code) for code in also])
    assert (no.value.code, no.value.at) == ("E-HARM-04", "also_harms")


def test_several_harms_can_be_named_each_once(book: Lawbook) -> None:
    check_also_harms(book.harm("X1"), [book.harm("V1"), book.harm("H1")])
