"""What must hold of the published log after every kill: it only ever grew, and holds each entry."""

import time
from collections.abc import Iterator, Sequence
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from threading import Event, Thread

import psycopg
import requests

from evenhand.ledger.broken import Broken
from evenhand.ledger.bundle import head_of
from evenhand.ledger.files import reader_of
from evenhand.ledger.tiles import entries_between
from evenhand.ledger.tree import Tree, leaf_hashes
from tests.killing.parts import PATIENCE

OFTEN = 0.1
COMMITTED = """
SELECT count(*), count(given.index), count(DISTINCT given.entry), coalesce(max(given.index), -1)
FROM entry LEFT JOIN machinery.log_index AS given ON given.entry = entry.number
"""


class Watcher(Thread):
    """Somebody outside who keeps every checkpoint that the desk publishes, until told to stop."""

    def __init__(self, url: str) -> None:
        super().__init__(daemon=True)
        self.seen: list[bytes] = []
        self.stopped = Event()
        self._url = f"{url}/log/checkpoint"

    def run(self) -> None:
        """Ask again and again."""
        while not self.stopped.wait(OFTEN):
            with suppress(requests.RequestException):
                found = requests.get(self._url, timeout=5)
                if found.status_code == 200 and found.content not in self.seen[-1:]:
                    self.seen.append(found.content)


def published_whole(address: str) -> Iterator[str]:
    """Have every committed entry signed, as ``evenhand log checkpoint`` does; or say why not."""
    from django.conf import settings

    from evenhand.actions.sequencing import Sequencer

    sequencer = Sequencer(settings.LOG_FOLDER, settings.SIGNER)
    deadline = time.monotonic() + PATIENCE
    while True:
        try:
            if sequencer.step(now=datetime.now(UTC)):
                break
        except Broken as error:
            if time.monotonic() > deadline:
                yield f"the log does not go on: {error}"
                return
        time.sleep(OFTEN)
    with psycopg.connect(address) as run:
        [(committed, given, different, last)] = run.execute(COMMITTED).fetchall()
    if not committed == given == different == last + 1:
        yield f"{committed} entries have {given} indexes, {different} different, up to {last}"


def forked(seen: Sequence[bytes], folder: Path) -> Iterator[str]:
    """Name each checkpoint that was published and that the log of now does not continue."""
    heads = [head_of(it) for it in seen]
    sizes = [it.size for it in heads]
    if sizes != sorted(sizes):
        yield f"the published checkpoint went back: {sizes}"
    newest = head_of((folder / "checkpoint").read_bytes()).size
    read, tree = reader_of(folder), Tree()
    for head in sorted(heads, key=lambda it: it.size):
        entries = list(entries_between(read, tree.size, head.size, newest))
        tree.extend(leaf_hashes(entries))
        if (tree.size, tree.root()) != (head.size, head.root):
            yield f"the checkpoint of {head.size} entries is of another log"
            return
