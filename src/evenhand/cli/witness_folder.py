"""A witness's folder: its key, the logs that it trusts, and what it cosigned last."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from evenhand.cli.failures import CannotStart
from evenhand.cli.home import check_private, write_private
from evenhand.cli.locks import locked
from evenhand.ledger.base64_lines import encode
from evenhand.ledger.broken import Malformed
from evenhand.ledger.files import put_once
from evenhand.ledger.keys import Kind, VerifierKey
from evenhand.ledger.policies import parse_logs
from evenhand.ledger.signing import SigningKey, new_signing_key, parse_signing_key
from evenhand.ledger.witness import Answer, add_checkpoint
from evenhand.ledger.witness_memory import MEMORY, Seen, open_memory, read_memory, write_memory

KEY, LOGS, LOCK = "witness.key", "logs.txt", "lock"
HOW = b"# The logs to cosign, a line for each key that a desk gave you:\n# log NAME+ID+KEY\n"


@dataclass(frozen=True, slots=True)
class Witness:
    """Cosigns what continues the last checkpoint that it remembers."""

    folder: Path
    key: SigningKey
    logs: Mapping[str, Sequence[VerifierKey]]

    @classmethod
    def open(cls, folder: Path) -> "Witness":
        """Take up a witness. Raises CannotStart, Broken where its memory is gone, OSError."""
        witness = cls(folder, _read_key(folder), _read_logs(folder / LOGS))
        open_memory(folder, witness.key.verifier)
        return witness

    def answer(self, body: bytes, *, at: int) -> Answer:
        """Answer a request; what is cosigned is on the disk by then.

        No other process cosigns meanwhile. Raises Broken, OSError: then nothing is cosigned.
        """
        with locked(self.folder / LOCK):
            memory = self.seen()
            heads = {origin: it.head for origin, it in memory.items()}
            answer = add_checkpoint(body, logs=self.logs, seen=heads, key=self.key, at=at)
            if answer.remember is not None:
                write_memory(self.folder, memory, answer.remember)
        return answer

    def seen(self) -> dict[str, Seen]:
        """Read what was cosigned last. Raises Broken, OSError."""
        return read_memory(self.folder, self.key.verifier)

    def as_json(self) -> dict[str, Any]:
        """Say which logs it witnesses and what it cosigned last."""
        memory = self.seen()
        return {
            "vkey": str(self.key.verifier),
            "logs": [
                {"origin": origin, "keys": [str(it) for it in keys], "last": _last(memory, origin)}
                for origin, keys in self.logs.items()
            ],
        }

    def page(self) -> str:
        """Say the same in words."""
        memory = self.seen()
        lines = [f"Witness {self.key.name}", str(self.key.verifier)]
        for origin in self.logs:
            last = memory.get(origin)
            lines += ["", origin, _words(last) if last else "Nothing cosigned yet."]
        return "".join(f"{line}\n" for line in lines)


def _last(memory: Mapping[str, Seen], origin: str) -> dict[str, Any] | None:
    last = memory.get(origin)
    if last is None:
        return None
    return {"size": last.head.size, "root": encode(last.head.root), "at": _at(last).isoformat()}


def _words(last: Seen) -> str:
    when = f"{_at(last):%Y-%m-%d %H:%M:%S} UTC"
    return f"{last.head.size} entries, root {encode(last.head.root)}, cosigned {when}."


def _at(last: Seen) -> datetime:
    return datetime.fromtimestamp(last.at, UTC)


def make_witness(folder: Path, name: str) -> VerifierKey:
    """Make a witness with a key of its own, once, and give the public key.

    Raises CannotStart where there is one already, or was, OSError.
    """
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    with locked(folder / LOCK):
        for path in (folder / KEY, folder / MEMORY):
            if path.exists():
                raise CannotStart(
                    f"{path} is there already: a witness lives here, or did. "
                    "Choose another folder for a new one."
                )
        key = new_signing_key(name, Kind.COSIGNATURE)
        write_private(folder / KEY, f"{key.secret()}\n")
        if not (folder / LOGS).exists():
            put_once(folder, [(LOGS, HOW)])
        write_memory(folder, {})
    return key.verifier


def _read_key(folder: Path) -> SigningKey:
    path = folder / KEY
    if not path.exists():
        raise CannotStart(
            f"There is no witness in {folder}. Make one with: "
            f"evenhand witness key NAME --folder {folder}"
        )
    check_private(path)
    try:
        key = parse_signing_key(path.read_text("utf-8", "replace").strip())
    except Malformed as error:
        raise CannotStart(f"{path} is no key of a witness: {error}") from None
    if key.kind is not Kind.COSIGNATURE:
        raise CannotStart(f"{path} is the key of a log, not of a witness.")
    return key


def _read_logs(path: Path) -> Mapping[str, Sequence[VerifierKey]]:
    try:
        logs = parse_logs(path.read_bytes())
    except FileNotFoundError:
        logs = {}
    except Malformed as error:
        raise CannotStart(f"{path} cannot be understood. {error}") from None
    if not logs:
        raise CannotStart(f"{path} names no log yet. Add a line: log NAME+ID+KEY")
    return logs
