"""The small language in which a platform's addresses are written down, and its reader.

A spelling is an address with gaps: ``/@{user}/video/{id}``, ``youtu.be/{id}``, ``/watch?v={id}``.
Without a host it holds on the platform's own hosts. ``{id}`` is the content's id and must have the
shape its entry names, ``{user}`` is the account, any other ``{name}`` is kept for writing the
address again (``{number}`` holds digits only), ``*`` stands for one part of a path (or any text in
a query), and a last ``/...`` for whatever follows. What comes after ``?`` may stand in any order
among other things.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Generic, TypeVar
from urllib.parse import parse_qsl, unquote

GAP = re.compile(r"\{(\w+)\}|(\*)|([^{*]+)")
# People paste `watch?v=ID?si=...` and `/v/ID&hl=en`: an id ends where such debris begins.
# Text copied out of a sentence may bring its stop or its bracket; three dots stand for a lost end.
CLOSING = r"[),:!'\]]{0,2}\.?"
DEBRIS = rf"(?:[?&#/;\s].*|{CLOSING})"
# Digits are 0 to 9 only; a query may hold line breaks.
FLAGS = re.ASCII | re.DOTALL
LANGUAGE = re.compile(r"[a-z]{2}(?:-[a-z]{2,4})?")


@dataclass(frozen=True, slots=True)
class Item:
    """One kind of content of a platform: the shape of its id, how we write it, how it is met."""

    shape: str
    write: str
    read: tuple[str, ...]
    called: str = "{id}"  # what the content id is made of
    apart: str = ""  # set where the platform numbers these apart from its other content
    fold: bool = False  # whether capital letters in the id mean nothing


@dataclass(frozen=True, slots=True)
class Account:
    """How a platform's addresses name an account."""

    read: tuple[str, ...]
    called: str = "{user}"
    fold: bool = True


@dataclass(frozen=True, slots=True)
class Platform:
    """Everything known of one platform's addresses."""

    code: str
    home: str
    domains: tuple[str, ...]  # all that belongs to it, with every name below
    hosts: tuple[str, ...]  # show the same pages as home; `<lang>.` is a language's host
    items: tuple[Item, ...]
    accounts: tuple[Account, ...] = ()
    comments: tuple[str, ...] = ()  # asked for with an address of content, show a comment to it
    also: tuple[str, ...] = ()  # spell their addresses as home does, but are not the same place
    inner: tuple[str, ...] = ()  # carry the whole address of the content as {address}
    reserved: frozenset[str] = frozenset()  # first parts of a path that are nobody's name
    user_hosts: tuple[str, ...] = ()  # domains below which a name is an account


@dataclass(frozen=True, slots=True)
class Place:
    """The part of an address that names something: a host, a path, what was asked of it."""

    host: str
    path: str
    params: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Spelling:
    """One spelling, ready to be compared."""

    host: str
    path: re.Pattern[str]
    query: tuple[tuple[str, re.Pattern[str]], ...]

    def read(self, place: Place) -> dict[str, str] | None:
        """Fill the gaps from a place; None where the spelling is another."""
        found = self.path.fullmatch(place.path)
        if found is None:
            return None
        gaps = found.groupdict()
        for name, pattern in self.query:
            value = pattern.fullmatch(place.params.get(name, ""))
            if value is None:
                return None
            gaps.update(value.groupdict())
        return gaps


T = TypeVar("T")


@dataclass(frozen=True)
class Reader(Generic[T]):
    """The spellings of some entries of a platform, sorted by what an address begins with."""

    # By the first part of a path; under "" those that begin with a gap, and so with anything.
    general: Mapping[str, tuple[tuple[Spelling, T], ...]]
    by_host: Mapping[str, tuple[tuple[Spelling, T], ...]]

    def read(
        self, place: Place, *, at_home: bool, reserved: frozenset[str] = frozenset()
    ) -> Iterator[tuple[T, dict[str, str]]]:
        """Give each entry that spells the place, in the order of the table."""
        for spelling, entry in self.by_host.get(place.host, ()):
            if (gaps := spelling.read(place)) is not None:
                yield entry, gaps
        if not at_home:
            return
        for spelling, entry in self.general.get(_first(place.path)) or self.general[""]:
            gaps = spelling.read(place)
            if gaps is not None and gaps.get("user", "").lower() not in reserved:
                yield entry, gaps


def reader(entries: Iterable[tuple[T, str, tuple[str, ...]]]) -> Reader[T]:
    """Make a reader of entries, each with the shape of its id and its spellings."""
    general: list[tuple[str, tuple[Spelling, T]]] = []
    by_host: dict[str, tuple[tuple[Spelling, T], ...]] = {}
    for entry, shape, texts in entries:
        for text in texts:
            spelling = compile_spelling(text, shape)
            if spelling.host:
                by_host[spelling.host] = (*by_host.get(spelling.host, ()), (spelling, entry))
            else:
                first = _first(text.partition("?")[0])
                general.append(("" if set(first) & set("{*") else first, (spelling, entry)))
    begins = {first for first, _ in general} | {""}
    return Reader(
        {begin: tuple(e for first, e in general if first in {begin, ""}) for begin in begins},
        by_host,
    )


def _first(path: str) -> str:
    """Give the first part of a path."""
    return path.split("/", 2)[1]


def compile_spelling(text: str, shape: str) -> Spelling:
    """Turn a spelling into the patterns that find it."""
    head, _, query = text.partition("?")
    host, _, path = head.partition("/")
    rest = "(?:/.*)?" if path.endswith("...") else ""
    path = path.removesuffix("...").removesuffix("/")
    debris = f"(?:[&;][^/]*|{CLOSING})" if path.endswith("{id}") else ""
    pattern = _pattern("/" + path, shape=shape, name=r"[^/?&#\s]+", star="[^/]+") + debris + rest
    fields = (part.partition("=") for part in query.split("&") if part)
    return Spelling(
        host=host,
        path=re.compile(pattern, FLAGS),
        query=tuple((name, _query_pattern(value, shape=shape)) for name, _, value in fields),
    )


def _query_pattern(text: str, *, shape: str) -> re.Pattern[str]:
    """Turn the value of a query parameter into the pattern that finds it."""
    debris = DEBRIS if text.endswith("{id}") else ""
    return re.compile(
        _pattern(text, shape=shape, name="[A-Za-z0-9_.-]+", star=".*") + debris, FLAGS
    )


def _pattern(text: str, *, shape: str, name: str, star: str) -> str:
    """Turn a text with gaps into a pattern, given what may fill a name and a star."""
    shapes = {"id": shape, "address": ".+", "number": "[1-9][0-9]*"}
    made = []
    for gap, is_star, literal in GAP.findall(text):
        if gap:
            made.append(f"(?P<{gap}>{shapes.get(gap, name)})")
        else:
            made.append(star if is_star else re.escape(literal))
    return "".join(made)


def names(text: str) -> frozenset[str]:
    """Read a list of names written with blanks between them."""
    return frozenset(text.split())


def tidy_path(path: str) -> str:
    """Write a path as the table does: single slashes, none at the end, a plain @ and colon."""
    if "%" in path:
        path = path.replace("%40", "@").replace("%3A", ":").replace("%3a", ":")
    if "//" in path:
        path = re.sub("/{2,}", "/", path)
    return path.rstrip("/") or "/"


def read_params(query: str) -> dict[str, str]:
    """Read what comes after the question mark; a name with two values says nothing."""
    params: dict[str, str] = {}
    for sent, value in parse_qsl(query, keep_blank_values=True):
        # Addresses copied out of a page's source say &amp;v= or even &amp;amp;v=.
        name = re.sub("^(?:amp;)+", "", sent)
        params[name] = value if params.get(name, value) == value else ""
    return params


def host_is_among(host: str, hosts: tuple[str, ...]) -> bool:
    """Whether a host is listed, by name, as `<lang>.` or as `*.`."""
    if host in hosts:
        return True
    first, _, domain = host.partition(".")
    return f"*.{domain}" in hosts or (
        f"<lang>.{domain}" in hosts and LANGUAGE.fullmatch(first) is not None
    )


def plain_name(text: str) -> str | None:
    """Give an account's name as people write it; None where it cannot be shown."""
    name = unquote(text).strip().lstrip("@")
    return name if name and name.isprintable() and len(name) <= 200 else None
