"""The list of erasures: whole lines, gone on with by whoever comes next, and nothing of anybody."""

import json
from datetime import date
from pathlib import Path
from uuid import UUID

import pytest

from evenhand.ledger.acts import Act
from evenhand.ledger.broken import Malformed
from evenhand.ledger.erasures import (
    ERASED,
    LONGEST_LINE,
    Erased,
    ErasureFile,
    erased_by,
    parse_erased,
    read_erasures,
)

LEAF = (
    b'{"act":"record.dispose","day":"2026-11-20","f":"' + b"a" * 43 + b'","n":5,'
    b'"s62":"erasure","v":1}'
)


RECORD = UUID(int=7)


def line(index: int, *, record: UUID | None = RECORD) -> Erased:
    return erased_by(index, bytes([index % 256]) * 32, LEAF, record)


def test_a_line_says_where_what_and_when_and_is_read_as_it_was_written() -> None:
    for one in (line(3), line(4, record=None)):
        assert parse_erased(str(one).encode()) == one
    assert line(3) == Erased(3, b"\x03" * 32, Act.RECORD_DISPOSED, RECORD, date(2026, 11, 20))
    assert set(json.loads(str(line(3)))) == {"index", "entry", "act", "record", "day"}


@pytest.mark.parametrize(
    "said", [b"", b"{", b"[]", b"7", b'{"index":1}', str(line(3)).replace("dispose", "x").encode()]
)
def test_what_is_no_line_is_told(said: bytes) -> None:
    with pytest.raises(Malformed, match="cannot be read"):
        parse_erased(said)


def test_lines_are_added_once_and_gone_on_with_by_whoever_comes_next(tmp_path: Path) -> None:
    path = tmp_path / "home" / ERASED
    one, other = ErasureFile(path), ErasureFile(path)
    assert one.looked_through() == 0
    one.add([], until=5)
    assert (one.looked_through(), path.read_bytes()) == (5, b"")
    one.add([line(5), line(7)], until=9)
    assert one.looked_through() == 9
    assert other.looked_through() == 8  # it reads what the last line says
    other.add([line(9)], until=10)
    assert one.looked_through() == 10
    one.add([], until=12)
    assert one.looked_through() == 12
    assert list(read_erasures(path)) == [line(5), line(7), line(9)]
    ErasureFile(path).add([], until=12)
    assert len(list(read_erasures(path))) == 3


def test_a_line_that_was_half_written_is_cut_off_and_written_again(tmp_path: Path) -> None:
    path = tmp_path / ERASED
    ErasureFile(path).add([line(it) for it in range(20)], until=20)
    whole = path.read_bytes()
    path.write_bytes(whole + str(line(20)).encode()[:30])
    assert len(list(read_erasures(path))) == 20
    again = ErasureFile(path)
    assert again.looked_through() == 20
    assert path.read_bytes() == whole
    path.write_bytes(whole[:9])
    assert again.looked_through() == 0
    assert path.read_bytes() == b""


def test_a_file_that_is_no_list_is_told_and_left_alone(tmp_path: Path) -> None:
    path = tmp_path / ERASED
    for text in (b"x" * 3 * LONGEST_LINE, b"x" * 9 + b"\n"):
        path.write_bytes(text)
        with pytest.raises(Malformed):
            ErasureFile(path).looked_through()
        with pytest.raises(Malformed):
            list(read_erasures(path))
