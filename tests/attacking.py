"""What whoever attacks a desk and its log does, and the sentences that an overseer then reads."""

import base64
import json
from pathlib import Path
from uuid import UUID

import psycopg
import pytest
from django.conf import settings

from evenhand.cli.main import main
from evenhand.ledger.acts import Act
from evenhand.ledger.bundle import CHECKPOINT, head_of
from evenhand.ledger.checkpoints import Checkpoint
from evenhand.ledger.entries import Entry, Written, write
from evenhand.ledger.files import put_once, reader_of, replace
from evenhand.ledger.growth import GrowingLog
from evenhand.ledger.keys import Kind
from evenhand.ledger.notes import Note
from evenhand.ledger.signing import SigningKey, parse_signing_key, sign_checkpoint
from evenhand.ledger.tiles import TileReader, entries_between
from tests.attacked import Story
from tests.journeys import row
from tests.signers import ORIGIN

INTRUDER = SigningKey(ORIGIN, Kind.ED25519, b"i" * 32)


class Overseer:
    """Runs the commands, and reads what they print."""

    def __init__(self, capsys: pytest.CaptureFixture[str]) -> None:
        self._capsys = capsys

    def verify(self, story: Story, *more: str | Path, bundle: str = "bundle") -> str:
        """Give the first line of the verdict on a bundle that is exported now."""
        folder = story.outside / bundle
        if not folder.exists():
            story.export(bundle)
        policy = () if "--policy" in more else ("--policy", str(story.policy))
        return self._read("verify", str(folder), *policy, *map(str, more))[0]

    def reconcile(self) -> list[str]:
        """Give the differences, a sentence each."""
        return self._read("reconcile")

    def _read(self, *words: str) -> list[str]:
        self._capsys.readouterr()
        failed = main(["log", *words])
        told = self._capsys.readouterr()
        lines = told.out.splitlines()
        assert bool(failed) == (bool(lines) and not holds(lines[0])), told
        return lines


def holds(said: str) -> bool:
    """Say whether this is the first line of a verdict that is good."""
    return said.startswith("ok: ")


def tree_altered(file: str) -> str:
    return (
        f"The published log was altered: its file {file} is not there, or does not fit the others."
    )


def entry_removed(index: int) -> str:
    return (
        f"Entry {index} of the log was removed from the database, or lost its index there: the tree"
        " has it."
    )


def differs_from_tree(index: int) -> str:
    return (
        f"Entry {index} of the log is not the one that the tree has at its index: it was altered,"
        " or put in the place of another."
    )


def entry_at(run: psycopg.Connection, index: int) -> int:
    [number] = run.execute(
        "SELECT entry FROM machinery.log_index WHERE index = %s", [index]
    ).fetchone() or [-1]
    return int(number)


def remove(run: psycopg.Connection, asked: str, *values: object) -> None:
    """Remove entries with everything that belongs to them, as if they had never been."""
    numbers = [number for (number,) in run.execute(asked.encode(), values).fetchall()]
    assert numbers
    for table, column in (
        ("opening", "entry"),
        ("change", "entry"),
        ("machinery.consultation", "entry"),
        ("machinery.log_index", "entry"),
        ("machinery.log_pending", "entry"),
        ("entry", "number"),
    ):
        run.execute(f"DELETE FROM {table} WHERE {column} = ANY(%s)".encode(), [numbers])


def with_digest(opening: str, table: str, digest: str) -> str:
    """Forge an opening: the same fields, with another digest of one table's row."""
    disclosures = json.loads(opening)
    salt, name, changed = json.loads(base64.urlsafe_b64decode(disclosures[-1] + "==="))
    for it in changed:
        it[3] = digest if it[0] == table else it[3]
    text = json.dumps([salt, name, changed], separators=(",", ":"))
    disclosures[-1] = base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")
    return json.dumps(disclosures, separators=(",", ":"))


def looked_by(officer: UUID, attacked: Story) -> Written:
    """Forge the entry of a look, in the name of somebody else."""
    told = Entry(
        act=Act.REFERRAL_CONSULTED, at=attacked.people.now, who=officer, obj=row(attacked.quiet).id
    )
    return write(told, [])


def put_in_place(run: psycopg.Connection, number: int, forged: Written) -> None:
    run.execute(
        "UPDATE entry SET leaf = %s, leaf_hash = %s WHERE number = %s",
        [forged.leaf, forged.leaf_hash, number],
    )
    run.execute("UPDATE opening SET fields = %s WHERE entry = %s", [forged.opening, number])


def written_anew(attacked: Story, *, without: int) -> tuple[Note, TileReader]:
    """Write database and tiles as if an entry had never been, signed by the log's key."""
    key = parse_signing_key((attacked.signer.folder / "log.key").read_text().strip())
    size = head_of((attacked.log / CHECKPOINT).read_bytes()).size
    entries = list(entries_between(reader_of(attacked.log), 0, size, size))
    del entries[without]
    attacked.log = attacked.log.with_name("anew")
    settings.LOG_FOLDER = attacked.log
    log = GrowingLog()
    put_once(attacked.log, log.add(entries))
    note = sign_checkpoint(Checkpoint(ORIGIN, log.size, log.root()), [key])
    replace(attacked.log, CHECKPOINT, str(note).encode())
    with attacked.intruder() as run:
        remove(run, "SELECT entry FROM machinery.log_index WHERE index = %s", without)
        for shift in (10_000, -10_001):
            run.execute(
                "UPDATE machinery.log_index SET index = index + %s WHERE index > %s",
                [shift, without],
            )
        run.execute("DELETE FROM machinery.log_checkpoint")
        run.execute(
            "INSERT INTO machinery.log_checkpoint VALUES (%s, %s, now())", [log.size, str(note)]
        )
        run.execute(
            "UPDATE machinery.log_state SET written = %s, root = %s", [log.size, log.root()]
        )
    return note, TileReader(reader_of(attacked.log), log.size)


def replace_checkpoint(attacked: Story, *, newest: bool) -> None:
    """Put a checkpoint of another tree, by another key, in the place of one that is kept."""
    size = head_of(attacked.kept[-1 if newest else 0].read_bytes()).size
    forged = sign_checkpoint(Checkpoint(ORIGIN, size, bytes(32)), [INTRUDER])
    with attacked.intruder() as run:
        run.execute(
            "UPDATE machinery.log_checkpoint SET checkpoint = %s WHERE size = %s",
            [str(forged), size],
        )
