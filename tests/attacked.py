"""A desk with a published, signed and cosigned log, and copies of it to attack."""

import logging
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

import psycopg

from evenhand.actions.exporting import write_published
from evenhand.actions.sequencing import Sequencer, publish
from evenhand.cli.embedded import SUPERUSER
from evenhand.config.logs import ReceiptFile
from evenhand.ledger.checkpoints import parse_checkpoint
from evenhand.ledger.files import reader_of
from evenhand.ledger.keys import VerifierKey
from evenhand.ledger.merkle_proofs import consistency_proof
from evenhand.ledger.notes import Note, parse_note
from evenhand.ledger.signer import NOTHING, Head
from evenhand.ledger.signing import SigningKey
from evenhand.ledger.tiles import TileReader
from evenhand.ledger.witness import TEXT, Answer, add_checkpoint, make_request, read_answer
from evenhand.queries import referral as one_referral
from evenhand.rules.referrals import State
from evenhand.store import sequencing
from evenhand.store.receipts import STREAM
from evenhand.transports.signer import keys_of
from tests.builders import BO, as_reader
from tests.desks import FreshDesk
from tests.journeys import Desk
from tests.ledger.cast import EAST, WEST
from tests.signers import ORIGIN, RunningSigner

A_MINUTE = timedelta(minutes=1)


@dataclass
class Witness:
    """Another organisation that cosigns, and remembers what it cosigned last."""

    key: SigningKey
    trusts: list[VerifierKey]
    seen: dict[str, Head] = field(default_factory=dict)

    def ask(self, note: Note, size: int, tiles: TileReader, *, at: datetime) -> Answer:
        old = self.seen.get(ORIGIN, NOTHING).size
        proof = consistency_proof(old, size, tiles.node) if 0 < old < size else ()
        return add_checkpoint(
            make_request(note, old=min(old, size), proof=proof),
            logs={ORIGIN: self.trusts},
            seen=self.seen,
            key=self.key,
            at=int(at.timestamp()),
        )


@dataclass
class Story:
    """What happened, and what others outside of the desk hold of it.

    It begins now: a new desk has an entry of its making already, dated by the real clock.

    ``kept`` are the checkpoints that the overseer kept, in their order. ``look`` is the index of
    the entry that Bo looked at a referral of theirs.
    """

    desk: FreshDesk
    log: Path
    outside: Path
    signer: RunningSigner
    people: Desk = field(default_factory=lambda: Desk(now=datetime.now(UTC)))
    witnesses: list[Witness] = field(default_factory=list)
    kept: list[Path] = field(default_factory=list)
    quiet: str = ""
    look: int = -1

    @property
    def policy(self) -> Path:
        """Give the overseer's own policy: this log's key, and both witnesses."""
        path = self.outside / "policy.txt"
        [key] = keys_of(self.signer.socket)
        names = "".join(f"witness {it.key.name} {it.key.verifier}\n" for it in self.witnesses)
        both = " ".join(it.key.name for it in self.witnesses)
        path.write_text(f"log {key}\n{names}group both all {both}\nquorum both\n")
        return path

    @property
    def stream(self) -> Path:
        """Give the file of receipts on a machine that the desk does not run."""
        return self.outside / "receipts.log"

    @contextmanager
    def telling(self) -> Iterator[None]:
        """Tell that machine of each entry at its commit, for the block."""
        handler = ReceiptFile(self.stream)
        before = STREAM.handlers[:], STREAM.level
        STREAM.handlers = [handler]
        STREAM.setLevel(logging.INFO)
        try:
            yield
        finally:
            STREAM.handlers, STREAM.level = before
            handler.close()

    def keys(self) -> list[VerifierKey]:
        """Give the log's keys that the database knows."""
        return sequencing.known_keys()

    def take_in(self, signer: RunningSigner | None = None) -> None:
        """Take every committed entry into the tree, signed and cosigned a minute later."""
        Sequencer(self.log, (signer or self.signer).socket).step(now=self.people.now)
        self.cosign()

    def cosign(self) -> None:
        newest = sequencing.newest_checkpoint()
        assert newest
        note, at = parse_note(newest.checkpoint.encode()), self.people.now + A_MINUTE
        tiles = TileReader(reader_of(self.log), newest.size)
        for witness in self.witnesses:
            answer = witness.ask(note, newest.size, tiles, at=at)
            assert answer.remember, answer.body
            remembered = parse_checkpoint(answer.remember.text)
            witness.seen[ORIGIN] = Head(remembered.size, remembered.root)
            keys = [witness.key.verifier]
            signed = read_answer(200, TEXT, answer.body.encode(), note=note, keys=keys)
            note = note.with_signatures(signed)
        sequencing.keep_cosigned(newest, str(note), at=at)
        publish(self.log, self.keys(), now=at)
        self.kept.append(self.outside / f"checkpoint-{newest.size}")
        self.kept[-1].write_text(str(note))

    def export(self, name: str = "bundle") -> Path:
        folder = self.outside / name
        policy, at = "quorum none\n", self.people.now
        write_published(folder, log=self.log, policy=policy, since=None, at=at)
        return folder

    @contextmanager
    def intruder(self) -> Iterator[psycopg.Connection]:
        """Connect as somebody who may do anything, with every trigger and key switched off."""
        address = self.desk.server.address(SUPERUSER, self.desk.name)
        with psycopg.connect(address) as connection:
            connection.execute("SET session_replication_role = replica")
            yield connection

    @contextmanager
    def own_signer(self) -> Iterator[RunningSigner]:
        """Have a signer at work that knows what the story's signer knows, and no more."""
        with tempfile.TemporaryDirectory(prefix="signer-") as name:
            for it in ("log.key", "signed.json"):
                shutil.copy(self.signer.folder / it, name)
            running = RunningSigner(Path(name))
            running.start()
            try:
                yield running
            finally:
                running.kill()

    def copied_to(self, desk: FreshDesk, folder: Path) -> "Story":
        """Give the same story on a copy of everything, for an attack on it."""
        shutil.copytree(self.log, folder / "log")
        shutil.copytree(self.outside, folder / "outside")
        return Story(
            desk=desk,
            log=folder / "log",
            outside=folder / "outside",
            signer=self.signer,
            people=Desk(now=self.people.now, here=set(self.people.here)),
            witnesses=[Witness(it.key, it.trusts, dict(it.seen)) for it in self.witnesses],
            kept=[folder / "outside" / it.name for it in self.kept],
            quiet=self.quiet,
            look=self.look,
        )


def tell_story(desk: FreshDesk, folder: Path, signer: RunningSigner) -> Story:
    """Live two days at a desk: with a lawful erasure, and a checkpoint at the end of each."""
    (folder / "outside").mkdir()
    keys = keys_of(signer.socket)
    witnesses = [Witness(EAST, keys), Witness(WEST, keys)]
    story = Story(desk, folder / "log", folder / "outside", signer, witnesses=witnesses)
    with story.telling():
        live(story)
    return story


def live(story: Story) -> None:
    people = story.people
    story.quiet = people.brought_to(State.NOT_REFERRED)
    people.brought_to(State.STATUTORY_ROUTE)
    story.take_in()
    people.now += timedelta(days=1)
    one_referral.one(story.quiet, acting=as_reader(BO, people.now))
    story.look = story.witnesses[0].seen[ORIGIN].size
    for _ in range(7):
        people.brought_to(State.CLOSED)
    story.take_in()
