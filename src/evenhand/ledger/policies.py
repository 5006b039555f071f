"""Which logs and witnesses somebody trusts, and how many must agree: https://c2sp.org/tlog-policy.

A policy belongs to whoever checks. One that comes with what is to be checked proves nothing.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NoReturn

from evenhand.ledger.broken import Malformed, NotSigned, TooFewWitnesses
from evenhand.ledger.checkpoints import Opened, open_checkpoint
from evenhand.ledger.keys import Kind, VerifierKey, parse_verifier_key

LARGEST_POLICY = 1_000_000
MOST_LINES = 10_000
NONE = "none"
_NOT_ALLOWED = re.compile(rb"[^\t\n\x20-\x7e\x80-\xff]")
_SPACE = re.compile("[ \t]+")
_COUNT = re.compile("[1-9][0-9]{0,4}")


@dataclass(frozen=True, slots=True)
class Log:
    """A log that is trusted, and where it is, if that is said."""

    key: VerifierKey
    url: str = ""


@dataclass(frozen=True, slots=True)
class Witness:
    """A witness that is known, and where it is, if that is said."""

    key: VerifierKey
    url: str = ""


@dataclass(frozen=True, slots=True)
class Group:
    """Witnesses and groups of which at least ``least`` must have cosigned."""

    least: int
    members: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Policy:
    """What must be true of a checkpoint. The names have no meaning outside of the policy."""

    logs: tuple[Log, ...]
    witnesses: Mapping[str, Witness]
    groups: Mapping[str, Group]
    quorum: str

    def open(self, data: bytes) -> Opened:
        """Read a checkpoint: signed by a log of this policy and by its quorum.

        Raises Malformed, NotSigned, TooFewWitnesses.
        """
        keys = [log.key for log in self.logs]
        keys += [witness.key for witness in self.witnesses.values()]
        opened = open_checkpoint(data, keys)
        self.check(opened)
        return opened

    def check(self, opened: Opened) -> None:
        """Refuse a checkpoint that its log or too few witnesses signed."""
        origin = opened.checkpoint.origin
        logs = {log.key for log in self.logs if log.key.name == origin}
        signed = {it.key for it in opened.signed}
        if not logs & signed:
            raise NotSigned(f"No key that you hold for the log {origin} has signed.")
        if not self._has_cosigned(self.quorum, signed):
            names = [name for name, it in self.witnesses.items() if it.key in signed]
            raise TooFewWitnesses(
                f"The quorum {self.quorum} is not reached: cosigned by {', '.join(names) or NONE}."
            )

    def _has_cosigned(self, name: str, signed: set[VerifierKey]) -> bool:
        if name == NONE:
            return True
        if name in self.witnesses:
            return self.witnesses[name].key in signed
        group = self.groups[name]
        return sum(self._has_cosigned(it, signed) for it in group.members) >= group.least

    def cosigned_at(self, opened: Opened) -> int | None:
        """Give since when a checkpoint's cosignatures make up the quorum, None where it has none.

        Those of that second and later are enough. Where no witness is asked for, the newest counts.
        """
        times = {it.key: it.at for it in opened.signed if it.at is not None}
        if self.quorum == NONE:
            return max(times.values(), default=None)
        return self._reached(self.quorum, times)

    def _reached(self, name: str, times: Mapping[VerifierKey, int]) -> int:
        if name in self.witnesses:
            return times.get(self.witnesses[name].key, -1)
        group = self.groups[name]
        newest_first = sorted((self._reached(it, times) for it in group.members), reverse=True)
        return newest_first[group.least - 1]


def trusting(*keys: VerifierKey) -> Policy:
    """Give the policy that trusts these keys of a log and asks for no witness."""
    return Policy(tuple(map(Log, keys)), {}, {}, NONE)


def parse_policy(data: bytes) -> Policy:
    """Read a policy. Raises Malformed, with the line."""
    draft = _read(data)
    if not draft.quorum:
        raise Malformed("A policy has one line that says the quorum.")
    return Policy(tuple(draft.logs), draft.witnesses, draft.groups, draft.quorum)


def parse_logs(data: bytes) -> dict[str, list[VerifierKey]]:
    """Read the keys that a witness trusts, by origin, from a policy that need not have a quorum.

    A log has two keys while one replaces the other. Raises Malformed, with the line.
    """
    logs: dict[str, list[VerifierKey]] = {}
    for log in _read(data).logs:
        logs.setdefault(log.key.name, []).append(log.key)
    return logs


def _read(data: bytes) -> "_Draft":
    if len(data) > LARGEST_POLICY:
        raise Malformed(f"A policy has at most {LARGEST_POLICY} bytes.")
    lines = data.decode("utf-8", "surrogateescape").split("\n")
    if _NOT_ALLOWED.search(data) or len(lines) > MOST_LINES:
        raise Malformed("A policy is a text of a few lines without control characters.")
    draft = _Draft()
    for number, line in enumerate(lines, start=1):
        words = [it for it in _SPACE.split(line) if it]
        if words and not words[0].startswith("#"):
            draft.number = number
            draft.take(words)
    return draft


@dataclass(slots=True)
class _Draft:
    """A policy while it is read, line by line: only what stands above may be named."""

    logs: list[Log] = field(default_factory=list)
    witnesses: dict[str, Witness] = field(default_factory=dict)
    groups: dict[str, Group] = field(default_factory=dict)
    grouped: set[str] = field(default_factory=set)
    quorum: str = ""
    number: int = 0

    def take(self, words: list[str]) -> None:
        match words:
            case ["log", key] | ["log", key, _]:
                self._take_log(key, *words[2:])
            case ["witness", name, key] | ["witness", name, key, _]:
                self._take_witness(name, key, *words[3:])
            case ["group", name, least, *members]:
                self._take_group(name, least, members)
            case ["quorum", name]:
                if self.quorum or (name != NONE and name not in self._names()):
                    self._refuse("the quorum is one name from a line above")
                self.quorum = name
            case _:
                self._refuse("this is no log, witness, group or quorum")

    def _take_log(self, key: str, url: str = "") -> None:
        log = Log(self._key(key, Kind.ED25519), url)
        if log.key.public in {it.key.public for it in self.logs}:
            self._refuse("a log's key stands there twice")
        self.logs.append(log)

    def _take_witness(self, name: str, key: str, url: str = "") -> None:
        witness = Witness(self._key(key, Kind.COSIGNATURE), url)
        if witness.key.public in {it.key.public for it in self.witnesses.values()}:
            self._refuse("a witness's key stands there twice")
        self._check_new(name)
        self.witnesses[name] = witness

    def _take_group(self, name: str, least: str, members: list[str]) -> None:
        self._check_new(name)
        if len(set(members)) < len(members) or not self._names() - self.grouped >= set(members):
            self._refuse("a group names witnesses and groups from above, each in one group only")
        many = {"any": 1, "all": len(members)}.get(least, 0)
        if _COUNT.fullmatch(least):
            many = int(least)
        if not 1 <= many <= len(members):
            self._refuse("a group asks for any, all, or so many of its members")
        self.grouped |= set(members)
        self.groups[name] = Group(many, tuple(members))

    def _names(self) -> set[str]:
        return self.witnesses.keys() | self.groups.keys()

    def _check_new(self, name: str) -> None:
        if name == NONE or name in self._names():
            self._refuse("a name stands for one thing only, and none for nobody")

    def _key(self, text: str, kind: Kind) -> VerifierKey:
        try:
            key = parse_verifier_key(text)
        except (Malformed, UnicodeError) as error:
            raise Malformed(f"Line {self.number} of the policy: {error}") from error
        if key.kind is not kind:
            self._refuse("a log signs with a key of kind 1, a witness with one of kind 4")
        return key

    def _refuse(self, why: str) -> NoReturn:
        raise Malformed(f"Line {self.number} of the policy: {why}.")
