"""Leaves are read many at once, and each is one leaf: nothing passes that is two or a half."""

import json
import re
from collections import Counter

import pytest

from evenhand.ledger.broken import Malformed
from evenhand.ledger.leaves import Leaves, parse_leaf
from tests.ledger.bundles import entry

LEAVES = [entry(number).leaf for number in range(3)]
ONE, TWO, THREE = LEAVES
DIGEST = re.compile(rb'"f":"[A-Za-z0-9_-]{43}')


def test_many_say_what_each_says() -> None:
    leaves = Leaves(LEAVES)
    assert list(leaves) == [parse_leaf(it) for it in LEAVES]
    assert [it.fields for it in leaves] == [json.loads(it)["f"].encode() for it in LEAVES]
    assert leaves.said == Counter((it.act, it.day) for it in leaves)
    assert (list(Leaves([])), Leaves([]).said) == ([], Counter())


@pytest.mark.parametrize(
    ("entries", "first"),
    [
        ([ONE, b""], 1),
        ([b""], 0),
        ([ONE, TWO + b"\n" + THREE], 1),
        ([ONE + b"\n" + TWO, b""], 0),
        ([ONE, TWO, THREE + b"\n"], 2),
        ([b"\n" + ONE], 0),
        ([ONE[:-1], b"}" + TWO], 0),
        ([ONE + TWO], 0),
        ([ONE, DIGEST.sub(b'"f":"' + b"+" * 43, TWO)], 1),
        ([ONE, DIGEST.sub(b'"f":"' + b"a" * 42, TWO)], 1),
        ([ONE, DIGEST.sub(b'"f":"' + b"a" * 44, TWO)], 1),
        ([ONE, DIGEST.sub(b'"f":"', TWO), DIGEST.sub(b'"f":"' + b"a" * 86, THREE)], 1),
        ([ONE, TWO.replace(b'"f":"', b'"f":')], 1),
        ([ONE, DIGEST.sub(b'"f":"' + b'"f":"' + b"a" * 38, TWO)], 1),
        ([ONE.replace(b'"act":"', b'"act":"no'), DIGEST.sub(b'"f":"', TWO)], 1),
    ],
)
def test_the_first_that_is_no_leaf_is_named(entries: list[bytes], first: int) -> None:
    with pytest.raises(Malformed, match=f"^Entry {first + 70} is not written as a leaf"):
        Leaves(entries, first=70)


@pytest.mark.parametrize(
    ("wrong", "why"),
    [
        (ONE.replace(b'"act":"', b'"act":"no'), "is of an act that this version does not know"),
        (ONE.replace(b'"s62":"', b'"s62":"no'), "another class under s.62 than it has"),
        (ONE.replace(b'"day":"2026', b'"day":"0000'), "is of a day that does not exist"),
    ],
)
def test_the_first_that_says_what_cannot_be_is_named(wrong: bytes, why: str) -> None:
    for _again in range(2):
        with pytest.raises(Malformed, match=rf"^Entry 72 .*{why}"):
            Leaves([TWO, THREE, wrong, wrong], first=70)
