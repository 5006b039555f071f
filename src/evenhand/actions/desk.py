"""Opening a desk: its key, its tables and its first index key."""

import secrets
from datetime import datetime
from pathlib import Path
from uuid import uuid4

from evenhand.ledger.acts import Act
from evenhand.ledger.entries import Entry
from evenhand.rules.officers import WORKER
from evenhand.seal.keys import KEY_BYTES, KeyFile
from evenhand.store import provisioning
from evenhand.store.keys import IndexKeyRow
from evenhand.store.sealing import desk_key
from evenhand.store.writing import writing


def create_desk_key(path: Path) -> None:
    """Write a new key file for the desk. Raises FileExistsError: a key is never overwritten."""
    KeyFile.create(path)


def prepare_tables(*, now: datetime) -> None:
    """Bring the tables up to date and give a new desk its index key. Safe to run again."""
    provisioning.prepare_tables()
    if IndexKeyRow.objects.exists():
        return
    with writing() as pen:
        key = uuid4()
        wrapped = desk_key().wrap(secrets.token_bytes(KEY_BYTES), about=key)
        IndexKeyRow.objects.create(id=key, wrapped=wrapped, made_at=now)
        pen.enter(Entry(act=Act.DESK_OPENED, at=now, who=WORKER.ref))
