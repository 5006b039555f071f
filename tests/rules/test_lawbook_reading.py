"""Broken law data is refused whole, and every sentence names the place."""

import tomllib
from copy import deepcopy
from datetime import date, datetime
from pathlib import Path
from typing import cast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evenhand.rules.lawbook import LawDataWrong
from evenhand.rules.lawbook_reading import read_lawbook

Data = dict[str, object]

LATER = date(2021, 1, 1)
EARLIER = date(2019, 12, 31)

DATA = Path(__file__).parents[1] / "data"
SMALL: dict[str, Data] = tomllib.loads((DATA / "small_lawbook.toml").read_text(encoding="utf-8"))

PLACES = {
    "harms": "harms.toml",
    "harm": "harms.toml, harm V1",
    "provision": "provisions.toml, provision an-act-s1",
    "platform": "platforms.toml, platform clip",
    "channel": "platforms.toml, platform clip, channel 1",
    "policy": "platforms.toml, platform clip, policy threats",
}
MAY_BE_LEFT_OUT = {
    "in_force_from", "priority", "priority_from", "address", "hosts", "fictional", "field"
}  # fmt: skip


def rows(data: Data, key: str) -> list[Data]:
    return cast("list[Data]", data[key])


class Files:
    """The three files of a small lawbook, and each part of them, open to being broken."""

    def __init__(self) -> None:
        self.files = deepcopy(SMALL)
        platform = rows(self.files["platforms"], "platform")[0]
        self.holders = {
            "harm": self.files["harms"],
            "provision": self.files["provisions"],
            "platform": self.files["platforms"],
            "channel": platform,
            "policy": platform,
        }

    def part(self, name: str) -> Data:
        return self.files.get(name) or rows(self.holders[name], name)[0]

    def repeat(self, name: str, **changes: object) -> None:
        rows(self.holders[name], name).append(deepcopy(self.part(name)) | changes)

    def faults(self) -> tuple[str, ...]:
        with pytest.raises(LawDataWrong) as wrong:
            read_lawbook(**self.files)
        assert str(wrong.value) == "\n".join(wrong.value.faults)
        return wrong.value.faults


ROWS = {part: Files().part(part) for part in PLACES}
NEEDED = [
    (part, key)
    for part, row in ROWS.items()
    for key in row
    if part != "harms" and key not in MAY_BE_LEFT_OUT
]


def place_of(part: str, key: str, code: object) -> str:
    """Where a row is, when its code itself is what we broke."""
    place = PLACES[part]
    return f"{place.rsplit(' ', 1)[0]} {code}" if key == "code" else place


def test_the_small_lawbook_is_sound() -> None:
    assert list(read_lawbook(**SMALL).harms) == ["V1"]


def test_a_platform_may_have_neither_channels_nor_policies() -> None:
    it = Files()
    it.part("platform").update(channel=[], policy=[])
    assert read_lawbook(**it.files).platforms["clip"].policies == ()


@pytest.mark.parametrize("name", SMALL)
@pytest.mark.parametrize("key", ["version", "in_force_from"])
def test_a_file_without_its_version_or_date_is_refused(name: str, key: str) -> None:
    it = Files()
    del it.part(name)[key]
    assert it.faults() == (f"{name}.toml: {key} is missing.",)


@pytest.mark.parametrize(("part", "key"), NEEDED)
def test_a_missing_key_is_named_with_its_place(part: str, key: str) -> None:
    it = Files()
    del it.part(part)[key]
    assert it.faults() == (f"{place_of(part, key, 1)}: {key} is missing.",)


@pytest.mark.parametrize(("part", "key"), NEEDED)
def test_a_value_of_another_kind_is_named_with_its_place(part: str, key: str) -> None:
    it = Files()
    it.part(part)[key] = 1.5
    (fault,) = it.faults()
    assert fault.startswith(f"{place_of(part, key, 1.5)}: {key} is not ")


@pytest.mark.parametrize("part", PLACES)
def test_an_unknown_key_is_refused(part: str) -> None:
    it = Files()
    it.part(part)["colour"] = "red"
    assert it.faults() == (f"{PLACES[part]}: colour is not a key that we know.",)


WHERE_LAW_IS_CITED = "provisions are cited where an offence is alleged, and nowhere else."

VALUES: list[tuple[str, str, object, str]] = [
    ("harms", "version", 0, "version is not 1 or more."),
    ("harms", "version", True, "version is not a whole number."),
    ("harms", "in_force_from", datetime(2026, 1, 8), "in_force_from is not a date."),  # noqa: DTZ001
    ("harms", "harm", ["V1"], "harm 1 is not a table."),
    ("harm", "hint", " ", "hint is empty."),
    ("harm", "code", "V10", "code “V10” is not of the form [A-Z][0-9]."),
    ("harm", "provisions", [7], "provisions holds something that is not a text."),
    ("harm", "provisions", ["an-act-s1"] * 2, "provisions names an-act-s1 2 times."),
    ("harm", "provisions", ["no-act"], "provision no-act is not in provisions.toml."),
    ("harm", "route_provision", "no-act", "provision no-act is not in provisions.toml."),
    ("harm", "emergency_check_first", "yes", "emergency_check_first is not true or false."),
    ("harm", "dsa_category", "VIOLENCE", "dsa_category “VIOLENCE” is not one that we know."),
    ("harm", "xarf", ["violent_content"], "xarf “violent_content” is not one that we know."),
    (
        "harm",
        "dsa_keywords",
        ["KEYWORD_SUICIDE"],
        "keyword KEYWORD_SUICIDE does not belong to STATEMENT_CATEGORY_VIOLENCE.",
    ),
    (
        "harm",
        "dsa_keywords_women",
        ["KEYWORD_DANGEROUS_TOYS"],
        (
            "keyword KEYWORD_DANGEROUS_TOYS does not belong to"
            " STATEMENT_CATEGORY_CYBER_VIOLENCE_AGAINST_WOMEN."
        ),
    ),
    ("harm", "provisions", [], WHERE_LAW_IS_CITED),
    ("harm", "terms_only", True, WHERE_LAW_IS_CITED),
    ("provision", "jurisdiction", "Mars", "jurisdiction “Mars” is not one that we know."),
    ("provision", "priority_from", EARLIER, "priority_from is before in_force_from."),
    ("platform", "country", "Britain", "country “Britain” is not of the form [A-Z]{2}."),
    (
        "platform",
        "hosts",
        ["clip.test"],
        "clip.test is not an address of a fictional platform under .example.",
    ),
    ("platform", "hosts", [], "hosts is missing for a fictional platform."),
    ("channel", "kind", "pigeon", "kind “pigeon” is not one that we know."),
    ("policy", "harms", ["Q1"], "harm Q1 is not in harms.toml."),
]


@pytest.mark.parametrize(("part", "key", "value", "sentence"), VALUES)
def test_a_wrong_value_is_refused(part: str, key: str, value: object, sentence: str) -> None:
    it = Files()
    it.part(part)[key] = value
    assert it.faults() == (f"{place_of(part, key, value)}: {sentence}",)


@pytest.mark.parametrize(
    ("key", "value", "sentence"),
    [
        ("longest", -1, "longest is below 0."),
        ("longest", "ten", "longest is not a whole number."),
        ("fills", "nothing", "fills “nothing” is not one that we know."),
        ("label", " ", "label is empty."),
        ("colour", "red", "colour is not a key that we know."),
    ],
)
def test_a_wrong_field_of_a_form_is_refused(key: str, value: object, sentence: str) -> None:
    it = Files()
    rows(it.part("channel"), "field")[0][key] = value
    assert it.faults() == (f"{PLACES['channel']}, field 1: {sentence}",)


REPEATS: list[tuple[str, Data, str]] = [
    ("harm", {}, "harms.toml, harm V1: this is used 2 times."),
    ("provision", {}, "provisions.toml, provision an-act-s1: this is used 2 times."),
    ("platform", {}, "platforms.toml, platform clip: this is used 2 times."),
    ("platform", {"code": "b"}, "platforms.toml, host clip.example: this is used 2 times."),
    ("policy", {}, f"{PLACES['policy']}: version 1 is given twice."),
    (
        "policy",
        {"version": "2"},
        f"{PLACES['policy']}: version 2 is out of order, not after the one before it.",
    ),
    (
        "policy",
        {"version": "2", "in_force_from": EARLIER},
        f"{PLACES['policy']}: version 2 is out of order, not after the one before it.",
    ),
]


@pytest.mark.parametrize(("part", "changes", "sentence"), REPEATS)
def test_a_row_given_twice_or_out_of_order_is_refused(
    part: str, changes: Data, sentence: str
) -> None:
    it = Files()
    it.repeat(part, **changes)
    assert it.faults() == (sentence,)


def test_of_several_versions_each_has_a_date() -> None:
    it = Files()
    it.repeat("policy", version="2", in_force_from=LATER)
    it.part("policy")["verified"] = False
    del it.part("policy")["in_force_from"]
    assert it.faults() == (f"{PLACES['policy']}: of several versions each needs in_force_from.",)


def test_a_verified_policy_has_a_date() -> None:
    it = Files()
    del it.part("policy")["in_force_from"]
    assert it.faults() == (f"{PLACES['policy']}: it cannot be verified without in_force_from.",)


def test_a_harm_is_not_verified_while_its_law_is_not() -> None:
    it = Files()
    it.part("provision")["verified"] = False
    sentence = "it cannot be verified while a provision it cites is not."
    assert it.faults() == (f"{PLACES['harm']}: {sentence}",)


def test_a_priority_date_needs_the_priority() -> None:
    it = Files()
    del it.part("provision")["priority"]
    assert it.faults() == (f"{PLACES['provision']}: priority_from is given without priority.",)


def test_no_address_of_a_real_platform_is_law_data() -> None:
    it = Files()
    it.part("platform")["fictional"] = False
    assert len(it.faults()) == 2


def test_all_faults_are_told_at_once() -> None:
    it = Files()
    del it.part("harm")["title"]
    it.part("provision")["jurisdiction"] = "Mars"
    it.part("policy")["colour"] = "red"
    assert len(it.faults()) == 3


def test_a_fault_between_rows_waits_until_the_rows_can_be_read() -> None:
    it = Files()
    it.part("harm")["provisions"] = ["no-act"]
    del it.part("harm")["title"]
    assert it.faults() == (f"{PLACES['harm']}: title is missing.",)


texts = st.text("aV1-. ", max_size=4)
values = st.recursive(
    st.none() | st.booleans() | st.integers() | texts | st.dates() | st.datetimes(),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from([*ROWS["harm"], *ROWS["platform"]]), inner, max_size=4)
    ),
    max_leaves=10,
)


def faults_in(harms: Data, platforms: Data) -> tuple[str, ...]:
    try:
        read_lawbook(harms, SMALL["provisions"], platforms)
    except LawDataWrong as wrong:
        return wrong.faults
    return ()


@given(
    harms=st.dictionaries(st.sampled_from(["version", "in_force_from", "harm"]), values),
    platforms=st.dictionaries(st.sampled_from(["version", "in_force_from", "platform"]), values),
)
def test_data_of_any_shape_is_read_or_refused_with_a_place(harms: Data, platforms: Data) -> None:
    faults = faults_in(harms, platforms)
    assert all(": " in fault and fault.endswith(".") for fault in faults)
