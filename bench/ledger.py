"""The log's tree by itself: growing, verifying and proving, beside SHA-256 over the same bytes.

Times are processor time: nothing here waits, and others may use the machine.
"""

import hashlib
import os
import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, date, datetime
from functools import partial
from pathlib import Path
from uuid import UUID

from pymerkle import InmemoryTree

from bench.in_turn import in_turn, timed
from bench.results import Goal, Peer, Result, compared, share
from evenhand.ledger.acts import Act
from evenhand.ledger.bundle import Contents, write_bundle
from evenhand.ledger.checkpoints import Checkpoint
from evenhand.ledger.entries import Entry, Written, write
from evenhand.ledger.files import reader_of
from evenhand.ledger.growth import GrowingLog, TileRows
from evenhand.ledger.keys import Kind
from evenhand.ledger.merkle_proofs import check_inclusion, inclusion_proof
from evenhand.ledger.signing import SigningKey, sign_checkpoint
from evenhand.ledger.tiles import Read, TileReader, pack, unpack
from evenhand.ledger.tree import Tree, leaf_hashes
from evenhand.ledger.verify import verify
from evenhand.ledger.verify_asked import Asked

CLOCK = time.process_time
BATCH = 10_000
ROUNDS = 12
RAW = "SHA-256 alone"
ALLOWED = "what it may take"
HASHES = Goal(least=0.8)
PROOF_SECONDS = 0.0012
CHECK_SECONDS = 20e-6
ENTRIES_A_SECOND = 100_000
PROOFS = 300
SIZES = (10**4, 10**5, 10**6)


def ledger() -> Iterator[Result]:
    """Grow, verify and prove. None of it needs a desk."""
    leaves = [it.leaf for it in _written()]
    yield from _growing(leaves)
    yield from _verifying()
    with tempfile.TemporaryDirectory(prefix="evenhand-bench-") as folder:
        yield from _proving(Path(folder))


def _written() -> list[Written]:
    act = Entry(act=Act.REFERRAL_LOGGED, at=datetime(2026, 9, 21, tzinfo=UTC), who=UUID(int=7))
    return [write(act, []) for _number in range(BATCH)]


def _growing(leaves: list[bytes]) -> Iterator[Result]:
    """Integrate a batch: one leaf and, but for a few, one node for each entry."""
    inputs = [b"\x00" + leaf for leaf in leaves] + [b"\x01" + os.urandom(64) for _leaf in leaves]
    raw = partial(_raw, inputs)
    bundles = [pack(leaves[at : at + 256]) for at in range(0, BATCH, 256)]
    for name, ours, goal in (
        ("integrate 10,000 entries", lambda: _in_memory(leaves), HASHES),
        ("re-hash 10,000 entries of bundles", lambda: _again(bundles), HASHES),
        ("integrate 10,000 entries into tiles", lambda: GrowingLog().add(leaves), Goal()),
    ):
        taken = in_turn(ours, raw, rounds=ROUNDS, each=1, clock=CLOCK)
        yield share(name, taken[0], Peer(RAW, taken[1]), goal=goal)
    pymerkle = partial(_pymerkle, leaves)
    taken = in_turn(lambda: _in_memory(leaves), pymerkle, rounds=ROUNDS, each=1, clock=CLOCK)
    yield share(
        "integrate 10,000 entries", taken[0], Peer("pymerkle", taken[1]), goal=Goal(least=5)
    )


def _raw(inputs: list[bytes]) -> object:
    sha256 = hashlib.sha256
    return [sha256(it).digest() for it in inputs]


def _in_memory(leaves: list[bytes]) -> object:
    tree = Tree()
    tree.extend(leaf_hashes(leaves))
    return tree.root()


def _again(bundles: list[bytes]) -> object:
    tree = Tree()
    for number, bundle in enumerate(bundles):
        tree.extend(leaf_hashes(unpack(bundle, min(256, BATCH - number * 256))))
    return tree.root()


def _pymerkle(leaves: list[bytes]) -> object:
    tree = InmemoryTree(algorithm="sha256")
    for leaf in leaves:
        tree.append_entry(leaf)
    return tree.get_root()


def _verifying() -> Iterator[Result]:
    """Verify a whole bundle, with its openings, and with all lost but that of the restore."""
    restored = Entry(
        act=Act.DESK_RESTORED,
        at=datetime(2026, 9, 21, tzinfo=UTC),
        who=UUID(int=7),
        times=BATCH - 1,
    )
    written = [*_written()[1:], write(restored, [])]
    log = GrowingLog()
    with tempfile.TemporaryDirectory(prefix="evenhand-bench-") as folder:
        files = dict(log.add([it.leaf for it in written]))
        key = SigningKey("bench.example", Kind.ED25519, bytes(32))
        note = str(sign_checkpoint(Checkpoint(key.name, log.size, log.root()), [key]))
        for name, openings in (
            ("with openings", [it.opening for it in written]),
            ("openings lost", [None] * (BATCH - 1) + [written[-1].opening]),
        ):
            bundle = Path(folder) / name.replace(" ", "-")
            contents = Contents(
                read=files.__getitem__,
                checkpoint=note,
                checkpoints=[note],
                openings=openings,
                keys=[key.verifier],
                policy="quorum none\n",
                rules="{}",
            )
            write_bundle(bundle, contents, on=date(2026, 9, 21))
            taken = timed(partial(_verified, bundle), 5, clock=CLOCK)
            allowed = Peer(ALLOWED, [BATCH / ENTRIES_A_SECOND] * len(taken))
            yield compared(f"verify 10,000 entries, {name}", taken, allowed, goal=Goal(most=1))


def _verified(bundle: Path) -> None:
    report = verify(bundle, Asked())
    if not report.ok:
        raise AssertionError(report.difference)


def _proving(folder: Path) -> Iterator[Result]:
    """Prove from files that were not read before, and check the proof, at three sizes."""
    first: list[float] = []
    for size in SIZES:
        root = _tiles(folder / str(size), size)
        read = reader_of(folder / str(size))
        indexes = iter([number * (size // PROOFS) for number in range(PROOFS)])
        proofs: list[tuple[int, list[bytes]]] = []
        taken = timed(
            lambda: proofs.append(_prove(read, next(indexes), size)),  # noqa: B023
            PROOFS,
            clock=CLOCK,
        )
        first = first or taken
        about = f"prove one of {size:,}"
        yield compared(about, taken, Peer(ALLOWED, [PROOF_SECONDS] * PROOFS), goal=Goal(most=1))
        if size > SIZES[0]:
            yield compared(about, taken, Peer(f"one of {SIZES[0]:,}", first), goal=Goal(most=2))
        index, proof = proofs[PROOFS // 2]
        leaf = TileReader(read, size).node(0, index)
        check = partial(check_inclusion, leaf, index=index, size=size, proof=proof, root=root)
        checked = timed(check, PROOFS, clock=CLOCK)
        allowed = Peer(ALLOWED, [CHECK_SECONDS] * PROOFS)
        yield compared(f"check a proof of {size:,}", checked, allowed, goal=Goal(most=1))


def _prove(read: Read, index: int, size: int) -> tuple[int, list[bytes]]:
    return index, inclusion_proof(index, size, TileReader(read, size).node)


def _tiles(folder: Path, size: int) -> bytes:
    """Write the hash tiles of a tree of made-up leaves."""
    tree, rows = Tree(), TileRows()
    for begin in range(0, size, BATCH):
        leaves = [
            hashlib.sha256(number.to_bytes(8, "big")).digest()
            for number in range(begin, begin + BATCH)
        ]
        for tile, data in rows.add(begin, tree.extend(b"".join(leaves))):
            _put(folder / tile.path, data)
    for tile, data in rows.partial(size):
        _put(folder / tile.path, data)
    return tree.root()


def _put(path: Path, data: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
