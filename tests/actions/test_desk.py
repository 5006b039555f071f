"""Opening a desk."""

from pathlib import Path

import pytest

from evenhand.actions import desk
from evenhand.seal.keys import KeyFile
from evenhand.store.keys import IndexKeyRow
from evenhand.store.log import EntryRow


@pytest.mark.django_db
def test_a_new_desk_has_one_index_key_and_its_first_entry() -> None:
    assert IndexKeyRow.objects.count() == 1
    assert b'"act":"desk.open"' in bytes(EntryRow.objects.earliest("number").leaf)


def test_a_desks_key_is_made_once(tmp_path: Path) -> None:
    desk.create_desk_key(tmp_path / "desk.key")
    KeyFile(tmp_path / "desk.key")
    with pytest.raises(FileExistsError):
        desk.create_desk_key(tmp_path / "desk.key")
