"""Intervals are those of the literature and of a library that nobody here wrote."""

import json
import subprocess
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evenhand.rules.intervals import least_seen, ratio, share

ROOT = Path(__file__).parents[2]
PYTHON = ROOT / ".statistics" / "bin" / "python"
PROGRAM = ROOT / "tests" / "rules" / "outside" / "intervals_check.py"
# R. G. Newcombe, Statistics in Medicine 17 (1998), 857, table I, method 3 (Wilson).
NEWCOMBE = {
    (81, 263): (0.2553, 0.3662),
    (15, 148): (0.0624, 0.1605),
    (0, 20): (0.0, 0.1611),
    (1, 29): (0.0061, 0.1718),
}
# statsmodels 0.15.0, confint_proportions_2indep(…, compare="ratio", method="log").
RATIOS = {
    (15, 148, 81, 263): (0.1970586263, 0.5495473216),
    (7, 20, 30, 200): (1.1793776886, 4.6163705632),
    (50, 100, 25, 100): (1.3514179623, 2.9598541026),
    (20, 20, 30, 60): (1.5528887688, 2.5758445037),
}
counts = st.integers(1, 5000).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))


@pytest.mark.parametrize("counted", NEWCOMBE)
def test_a_share_has_the_interval_that_was_published(counted: tuple[int, int]) -> None:
    found = share(*counted)
    assert (round(found.least, 4), round(found.most, 4)) == NEWCOMBE[counted]


@pytest.mark.parametrize("counted", RATIOS)
def test_a_ratio_has_the_interval_that_statsmodels_gives(
    counted: tuple[int, int, int, int],
) -> None:
    found = ratio(*counted)
    assert found is not None
    assert (found.least, found.most) == pytest.approx(RATIOS[counted], abs=1e-9)


@given(counted=counts)
def test_a_share_lies_in_its_interval_and_that_between_none_and_all(
    counted: tuple[int, int],
) -> None:
    found = share(*counted)
    assert 0 <= found.least <= found.value <= found.most <= 1


@given(one=counts, other=counts)
def test_a_ratio_the_other_way_round_is_its_inverse(
    one: tuple[int, int], other: tuple[int, int]
) -> None:
    there, back = ratio(*one, *other), ratio(*other, *one)
    assert (there is None) == (back is None) == (not one[0] or not other[0])
    if there and back:
        assert there.least <= there.value <= there.most
        assert there.least * back.most == pytest.approx(1)


def test_more_people_show_a_smaller_difference_and_no_difference_shows_nothing() -> None:
    few, many = least_seen(50, 50, 0.2), least_seen(5000, 5000, 0.2)
    assert few is not None
    assert many is not None
    assert 1 < many < 1.15 < few < 3
    assert least_seen(5, 5, 0.9) is None
    assert least_seen(50, 50, 0.0) is None
    assert least_seen(50, 50, 1.0) is None


def test_what_is_seen_four_times_of_five_is_what_a_textbook_says() -> None:
    # Two groups of 199 tell 20 % from 32.4 %: close to the textbook's sample size of 199 for that.
    found = least_seen(199, 199, 0.2)
    assert found == pytest.approx(1.61, abs=0.02)


def test_every_interval_is_that_of_statsmodels() -> None:
    if not PYTHON.exists():
        pytest.skip("NOT RUN: no .statistics with statsmodels to hold it against")
    shares = [(k, n) for n in (1, 7, 20, 263, 4000) for k in {0, 1, n // 3, n}]
    ratios = [(k, n, 5, 50) for k, n in shares if k]
    given_ = json.dumps({"shares": shares, "ratios": ratios})
    done = subprocess.run(
        [PYTHON, PROGRAM], input=given_, capture_output=True, text=True, check=True
    )
    found = json.loads(done.stdout)
    for (k, n), theirs in zip(shares, found["shares"], strict=True):
        ours = share(k, n)
        assert (ours.least, ours.most) == pytest.approx(theirs, abs=1e-9)
    for counted, theirs in zip(ratios, found["ratios"], strict=True):
        of_ours = ratio(*counted)
        assert of_ours is not None
        assert (of_ours.least, of_ours.most) == pytest.approx(theirs, rel=1e-9)
