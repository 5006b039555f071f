"""A capture on its way in and out, beside pyrage alone with the same bytes."""

import os
from collections.abc import Iterator
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory

from bench.desks import Desk
from bench.in_turn import in_turn
from bench.results import Goal, Peer, Result, share

MB = 1024 * 1024
SIZE, PIECE = 64 * MB, 64 * 1024
ROUNDS, EACH = 3, 2
ALONE = "pyrage alone"
GOAL = Goal(least=0.6)


class Nowhere:
    """Takes what is opened and drops it."""

    def write(self, piece: bytes) -> int:
        """Drop a piece."""
        return len(piece)

    def flush(self) -> None:
        """Have nothing to do."""


def captures(_desk: Desk) -> Iterator[Result]:
    """Hash, tell, seal and store a video of 64 MB, and open it; pyrage seals and opens it alone."""
    from pyrage import decrypt_io, encrypt_io
    from pyrage.x25519 import Identity

    from evenhand.actions.captures_coming import Coming
    from evenhand.seal.age import opened
    from evenhand.store import capture_files

    video = b"\x1aE\xdf\xa3" + os.urandom(SIZE - 4)
    with TemporaryDirectory() as folder:
        alone, identity = Path(folder) / "alone", Identity.generate()

        def came() -> object:
            coming = Coming()
            for start in range(0, SIZE, PIECE):
                coming.write(video[start : start + PIECE])
            coming.whole(at=datetime.now(UTC))
            coming.abandon()
            return coming

        def sealed() -> None:
            with alone.open("wb") as file:
                encrypt_io(BytesIO(video), file, [identity.to_public()])
                file.flush()
                os.fsync(file.fileno())

        taken = in_turn(came, sealed, rounds=ROUNDS, each=EACH)
        yield share("capture of 64 MB in", taken[0], Peer(ALONE, taken[1]), goal=GOAL)

        kept = Coming()
        kept.write(video)
        received = kept.whole(at=datetime.now(UTC))

        def shown() -> int:
            pieces = opened(lambda: capture_files.found(received.id), received.identity)
            return sum(len(it) for it in pieces)

        def unsealed() -> None:
            with alone.open("rb") as file:
                decrypt_io(file, Nowhere(), [identity])

        taken = in_turn(shown, unsealed, rounds=ROUNDS, each=EACH)
        kept.abandon()
        yield share("capture of 64 MB out", taken[0], Peer(ALONE, taken[1]), goal=GOAL)
