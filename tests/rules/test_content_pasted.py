"""A pasted message is taken apart into the addresses in it and the words around them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evenhand.rules.content import NotAnAddress, identify, split_addresses
from evenhand.rules.content_address import rearmed
from evenhand.rules.content_pasted import Pasted, take_apart

MESSAGE = """Hi team, please look at these, e.g. from v1.2 of the list:
1. https://www.youtube.com/watch?v=aB3dE5gH7_k&feature=share
2) <https://youtu.be/bB3dE5gH7_k>
* instagram.com/p/CxYzAbCdEfG/
hxxps://example[.]org/v/5
//cdn.example.org/x
mailto:someone@example.org
Thanks, Sam (Sergeant) sam@school.example
"""


def test_a_message_is_told_apart_from_its_addresses() -> None:
    found = take_apart(MESSAGE)
    assert found.addresses == [
        "https://www.youtube.com/watch?v=aB3dE5gH7_k&feature=share",
        "https://youtu.be/bB3dE5gH7_k",
        "instagram.com/p/CxYzAbCdEfG/",
        "hxxps://example[.]org/v/5",
        "//cdn.example.org/x",
    ]
    assert {"Hi", "e.g", "v1.2", "mailto:someone@example.org", "sam@school.example"} <= set(
        found.others
    )


@pytest.mark.parametrize("one", ["clipnest", "sam@school.example", "http:/", "localhost"])
def test_a_single_word_is_taken_as_an_address_so_that_it_is_told_what_is_wrong(one: str) -> None:
    assert take_apart(f" {one}\n") == Pasted([one])


def test_a_message_without_any_address_is_refused_as_one() -> None:
    with pytest.raises(NotAnAddress) as told:
        take_apart("Please look into this " * 30)
    assert (told.value.code, told.value.at) == ("E-URL-01", "url")


@given(text=st.text(max_size=200))
def test_nothing_that_was_pasted_is_lost_between_the_two(text: str) -> None:
    try:
        found = take_apart(text)
    except NotAnAddress:
        return
    parts = split_addresses(text)
    assert list(found.addresses) == [it for it in parts if it in found.addresses]
    assert list(found.others) == list(dict.fromkeys(it for it in parts if it in found.others))
    assert {*found.addresses, *found.others} == set(parts)


@pytest.mark.parametrize(
    ("disarmed", "address"),
    [
        ("hxxps://youtu[.]be/aB3dE5gH7_k", "https://youtu.be/aB3dE5gH7_k"),
        ("HXXP[:]//example(dot)org/a", "http://example.org/a"),
        ("http[://]example[.]org/a", "http://example.org/a"),
        ("youtu[.]be/aB3dE5gH7_k", "https://youtu.be/aB3dE5gH7_k"),
    ],
)
def test_an_address_that_was_disarmed_for_a_message_is_read_as_it_was(
    disarmed: str, address: str
) -> None:
    assert identify(disarmed) == identify(address)


@pytest.mark.parametrize("text", ["https://a.org/[.]?q=(dot)#[.]", "a.org?x=[.]", "http://[::1]/"])
def test_only_the_host_of_an_address_is_read_so(text: str) -> None:
    assert rearmed(text) == text
