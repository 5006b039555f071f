"""Joint controllers and processors, one on each line of their register."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evenhand.rules.parties import (
    MOST_PARTIES,
    Party,
    PartyLapsed,
    PartyUnlisted,
    PartyUnreadable,
    check_in_force,
    lapsed,
    read_parties,
)
from tests.builders import TODAY

HOSTS = "Hosts Ltd; p@hosts.example; runs the machines; 2026-01-05; 2027-01-04; Racks Ltd"
PARTY = Party("Hosts Ltd", "p@hosts.example", "runs the machines", TODAY, TODAY)
words = st.text("abc ;é", min_size=1, max_size=9)


def test_a_line_names_a_party_with_its_contact_and_its_last_day() -> None:
    [found] = read_parties(f"\n{HOSTS}\n  \n")
    assert found == Party(
        name="Hosts Ltd",
        contact="p@hosts.example",
        does="runs the machines",
        agreed_on=date(2026, 1, 5),
        until=date(2027, 1, 4),
        others="Racks Ltd",
    )
    [bare] = read_parties(HOSTS.rpartition(";")[0])
    assert bare.others == ""


@pytest.mark.parametrize("text", ["None", " none. \n", "NONE"])
def test_a_register_of_nobody_says_so(text: str) -> None:
    assert read_parties(text) == ()


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("", [""]),
        (" \n ", [""]),
        ("\n".join([HOSTS] * (MOST_PARTIES + 1)), [""]),
        ("Hosts Ltd", ["1"]),
        (f"{HOSTS}; more", ["1"]),
        (f"{HOSTS}\nNone", ["2"]),
        (HOSTS.replace("p@hosts.example", " "), ["1"]),
        (HOSTS.replace("runs", "r" * 501), ["1"]),
        (HOSTS.replace("2026-01-05", "last year"), ["1"]),
        (HOSTS.replace("2027-01-04", "2025-01-04"), ["1"]),
        (f"x\n{HOSTS}\ny;z", ["1", "3"]),
    ],
)
def test_a_line_that_says_too_little_is_refused_with_its_number(
    text: str, lines: list[str]
) -> None:
    with pytest.raises(PartyUnreadable) as told:
        read_parties(text)
    assert [it.values.get("number", "") for it in told.value.every] == lines
    assert {it.at for it in told.value.every} == {"parties"}


@given(name=words, contact=words, does=words)
def test_whatever_is_written_is_read_or_refused(name: str, contact: str, does: str) -> None:
    line = f"{name}; {contact}; {does}; 2026-01-05; 2027-01-04"
    try:
        [found] = read_parties(line)
    except PartyUnreadable:
        return
    assert (found.name, found.contact, found.does) == (name.strip(), contact.strip(), does.strip())


@given(days=st.integers(-400, 400))
def test_a_party_is_in_date_up_to_its_last_day(days: int) -> None:
    today = TODAY + timedelta(days=days)
    assert PARTY.in_date(today) == (days <= 0)
    assert list(lapsed([PARTY], today=today)) == ([] if days <= 0 else [PARTY])


def test_nothing_goes_to_a_party_whose_every_line_is_over_and_others_are_not_held_up() -> None:
    late = TODAY + timedelta(days=1)
    newer = Party("hosts  LTD", "p@hosts.example", "runs them", TODAY, late)
    check_in_force("Somebody Else", [PARTY], earlier=[PARTY], today=late)
    check_in_force("Hosts Ltd", [], earlier=[], today=late)
    check_in_force("Hosts Ltd", [PARTY], earlier=[PARTY], today=TODAY)
    check_in_force("Hosts Ltd", [PARTY, newer], earlier=[], today=late)
    with pytest.raises(PartyLapsed) as told:
        check_in_force(" hosts ltd", [PARTY, newer], earlier=[], today=late + timedelta(days=1))
    assert (told.value.code, told.value.values["day"]) == ("E-CTR-62", str(late))


@given(days=st.integers(-400, 400))
def test_a_party_that_was_taken_off_its_register_gets_nothing_however_long_its_line_ran(
    days: int,
) -> None:
    other = Party("Somebody Else", "p@else.example", "prints them", TODAY, TODAY)
    with pytest.raises(PartyUnlisted) as told:
        check_in_force("HOSTS ltd ", [other], earlier=[PARTY], today=TODAY + timedelta(days=days))
    assert (told.value.code, told.value.values["name"]) == ("E-CTR-62", "HOSTS ltd ")
