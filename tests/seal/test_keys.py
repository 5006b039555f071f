"""The desk's key in a file."""

import json
import stat
from base64 import b64encode
from pathlib import Path
from uuid import uuid4

import pytest

from evenhand.seal.keys import KeyFile, KeyUnusable

KEY = bytes(range(32))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "desk.key"
    KeyFile.create(path)
    return path


def test_a_key_file_is_for_its_owner_only(path: Path) -> None:
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_a_key_file_is_never_overwritten(path: Path) -> None:
    before = path.read_bytes()
    with pytest.raises(FileExistsError):
        KeyFile.create(path)
    assert path.read_bytes() == before


def test_two_desks_have_two_keys(path: Path, tmp_path: Path) -> None:
    KeyFile.create(tmp_path / "other.key")
    wrapped = KeyFile(path).wrap(KEY, about=uuid4())
    with pytest.raises(KeyUnusable):
        KeyFile(tmp_path / "other.key").unwrap(wrapped, about=uuid4())


def test_a_wrapped_key_comes_back_for_the_same_record_only(path: Path) -> None:
    record = uuid4()
    wrapped = KeyFile(path).wrap(KEY, about=record)
    assert KEY not in wrapped
    assert KeyFile(path).unwrap(wrapped, about=record) == KEY
    with pytest.raises(KeyUnusable):
        KeyFile(path).unwrap(wrapped, about=uuid4())


@pytest.mark.parametrize("position", [0, 3, 4, 15, 16, 40, -1])
def test_a_wrapped_key_with_a_changed_byte_is_refused(path: Path, position: int) -> None:
    record = uuid4()
    wrapped = bytearray(KeyFile(path).wrap(KEY, about=record))
    wrapped[position] ^= 1
    with pytest.raises(KeyUnusable):
        KeyFile(path).unwrap(bytes(wrapped), about=record)


@pytest.mark.parametrize("length", [0, 2, 4, 10, 20])
def test_a_wrapped_key_that_is_cut_off_is_refused(path: Path, length: int) -> None:
    record = uuid4()
    wrapped = KeyFile(path).wrap(KEY, about=record)
    with pytest.raises(KeyUnusable):
        KeyFile(path).unwrap(wrapped[:length], about=record)


def test_a_new_first_key_wraps_and_the_old_one_still_unwraps(path: Path) -> None:
    record = uuid4()
    old = KeyFile(path).wrap(KEY, about=record)
    document = json.loads(path.read_text())
    fresh = {"id": "00c0ffee", "key": b64encode(b"f" * 32).decode()}
    document["keys"].insert(0, fresh)
    path.write_text(json.dumps(document))
    rotated = KeyFile(path)
    assert rotated.unwrap(old, about=record) == KEY
    new = rotated.wrap(KEY, about=record)
    assert new[:4] == bytes.fromhex("00c0ffee") != old[:4]
    document["keys"].pop()
    path.write_text(json.dumps(document))
    assert KeyFile(path).unwrap(new, about=record) == KEY
    with pytest.raises(KeyUnusable):
        KeyFile(path).unwrap(old, about=record)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{}",
        "[]",
        "null",
        "\xff",
        '{"format": "evenhand-desk-key/2", "keys": []}',
        '{"format": "evenhand-desk-key/1", "keys": []}',
        '{"format": "evenhand-desk-key/1", "keys": {}}',
        '{"format": "evenhand-desk-key/1", "keys": [{"id": "zz", "key": ""}]}',
        '{"format": "evenhand-desk-key/1", "keys": [{"id": "00", "key": "AAAA"}]}',
        '{"format": "evenhand-desk-key/1", "keys": [{"id": "00000000", "key": "AAAA"}]}',
        '{"format": "evenhand-desk-key/1", "keys": [{"id": "00", "key": "' + "A" * 43 + '="}]}',
    ],
)
def test_a_damaged_key_file_is_said_to_be_unusable(tmp_path: Path, text: str) -> None:
    path = tmp_path / "broken.key"
    path.write_text(text, encoding="latin-1")
    with pytest.raises(KeyUnusable, match="desk"):
        KeyFile(path)


def test_a_missing_key_file_is_said_to_be_unusable(tmp_path: Path) -> None:
    with pytest.raises(KeyUnusable):
        KeyFile(tmp_path / "none.key")
