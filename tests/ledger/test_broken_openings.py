"""Openings that are false, missing or made to harm: each gets its sentence."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.ledger.breaking import Case, Damage, check_case, edit
from tests.ledger.bundles import (
    found,
    small_log,
)


def opening(change: Callable[[bytes], bytes], number: int = 311) -> Damage:
    def lines(data: bytes) -> bytes:
        parts = data.splitlines(keepends=True)
        parts[number] = change(parts[number])
        return b"".join(parts)

    return edit("data/openings.jsonl", lines)


CASES: dict[str, Case] = {
    "an opening of another entry": (
        opening(lambda _it: small_log(1).written[0].opening.encode() + b"\n"),
        "Entry 311 (notice.accept of 2026-10-04): The opening does not belong to its leaf.",
    ),
    "an opening with a field less": (
        opening(lambda _it: b"[]\n"),
        "Entry 311 (notice.accept of 2026-10-04): The opening has 0 fields where its leaf says 5.",
    ),
    "an opening missing": (
        edit("data/openings.jsonl", lambda it: b"".join(it.splitlines(keepends=True)[:-1])),
        "The opening of entry 311 (notice.accept of 2026-10-04) is missing.",
    ),
    "an opening cut off": (
        edit("data/openings.jsonl", lambda it: it[:-9]),
        (
            "The opening of entry 311 (notice.accept of 2026-10-04) is cut off or longer "
            "than it can "
            "be."
        ),
    ),
    "an opening more": (
        edit("data/openings.jsonl", lambda it: it + b"null\n"),
        "openings.jsonl has more lines than the 312 entries need.",
    ),
    "an opening that is no JSON": (
        opening(lambda _it: b"{\n"),
        (
            "Entry 311 (notice.accept of 2026-10-04): The opening is not JSON of whole numbers and "
            "text."
        ),
    ),
    "an opening of two values": (
        opening(lambda it: it[:-1] + b"[]\n"),
        "The opening is not JSON of whole numbers and text.",
    ),
    "an opening with a float": (
        opening(lambda _it: b"[1.5]\n"),
        "The opening is not JSON of whole numbers and text.",
    ),
    "an opening that is no array": (
        opening(lambda _it: b'{"x":1}\n'),
        "The opening is not an array of fields.",
    ),
    "an opening of numbers": (
        opening(lambda _it: b"[1,2,3,4,5]\n"),
        "The opening has a field that is neither a disclosure nor a digest.",
    ),
    "an opening of short digests": (
        opening(lambda _it: b'[{"x":"A"},{"x":"A"},{"x":"A"},{"x":"A"},{"x":"A"}]\n'),
        "The opening has a field that is neither a disclosure nor a digest.",
    ),
    "an opening nested deep": (
        opening(lambda _it: b"[" * 1_000_000 + b"\n"),
        "The opening is not JSON of whole numbers and text.",
    ),
    "an opening of five megabytes": (
        opening(lambda _it: b'["' + b"a" * 5_000_000 + b'"]\n'),
        "is cut off or longer than it can be.",
    ),
}


@pytest.mark.parametrize("what", CASES)
def test_a_broken_opening_gets_its_sentence(what: str, true: Path, tmp_path: Path) -> None:
    check_case(CASES[what], true, tmp_path / "bundle")


def test_an_opening_whose_time_is_not_on_the_day_of_its_leaf_is_refused(tmp_path: Path) -> None:
    from tests.ledger.test_openings import leaf_of

    log = small_log(2)
    written = leaf_of(["at", "2026-09-23T00:00:00.000000+00:00"], day="2026-09-21")
    log.grow([written])
    report = found(log.export(tmp_path / "bundle"))
    assert "The opening tells a time that is not on the day of its leaf." in str(report.difference)
