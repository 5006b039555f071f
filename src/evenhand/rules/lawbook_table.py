"""One table of a TOML file, read strictly: no key forgotten, none unknown, none of another kind."""

import re
from collections import Counter
from collections.abc import Callable, Mapping
from datetime import date
from enum import StrEnum
from typing import TypeVar

V = TypeVar("V")
E = TypeVar("E", bound=StrEnum)

KINDS: Mapping[type, str] = {
    str: "a text",
    bool: "true or false",
    int: "a whole number",
    date: "a date",
    list: "a list",
}


class Table:
    """One table of the data, emptied key by key; what is wrong with it is noted."""

    def __init__(self, values: Mapping[str, object], place: str, faults: list[str]) -> None:
        self._left = dict(values)
        self._place = place
        self._faults = faults

    def wrong(self, what: str) -> None:
        """Note a fault of this table."""
        self._faults.append(f"{self._place}: {what}")

    def take(self, key: str, fallback: V, *, needed: bool = True) -> V:
        """Take a value of the fallback's own kind; go on with the fallback where it is wrong."""
        kind = type(fallback)
        if key not in self._left:
            if needed:
                self.wrong(f"{key} is missing.")
            return fallback
        value = self._left.pop(key)
        # Exactly that kind: true is no number here, and a moment is no date.
        if isinstance(value, kind) and type(value) is kind:
            return value
        self.wrong(f"{key} is not {KINDS[kind]}.")
        return fallback

    def text(self, key: str, *, needed: bool = True, blank: bool = False) -> str:
        """Take a text; an empty one only where ``blank`` allows it."""
        given = isinstance(self._left.get(key), str)
        text = self.take(key, "", needed=needed)
        if given and not blank and not text.strip():
            self.wrong(f"{key} is empty.")
        return text

    def code(self, key: str, pattern: str, *, needed: bool = True) -> str:
        """Take a text that has the form of a code."""
        code = self.text(key, needed=needed)
        if code and not re.fullmatch(pattern, code):
            self.wrong(f"{key} “{code}” is not of the form {pattern}.")
        return code

    def choice(self, key: str, kind: type[E]) -> E:
        """Take one of a closed list."""
        return self._chosen(key, self.text(key), kind) or next(iter(kind))

    def texts(self, key: str, *, needed: bool = True) -> tuple[str, ...]:
        """Take a list of texts, none of them twice."""
        values: list[object] = self.take(key, [], needed=needed)
        texts = [value for value in values if isinstance(value, str) and value.strip()]
        if len(texts) != len(values):
            self.wrong(f"{key} holds something that is not a text.")
        for text, times in Counter(texts).items():
            if times > 1:
                self.wrong(f"{key} names {text} {times} times.")
        return tuple(texts)

    def choices(self, key: str, kind: type[E], *, needed: bool = True) -> tuple[E, ...]:
        """Take several of a closed list; none where the key may be left out."""
        found = (self._chosen(key, text, kind) for text in self.texts(key, needed=needed))
        return tuple(choice for choice in found if choice is not None)

    def yes(self, key: str, *, needed: bool = False) -> bool:
        """Take true or false; false where the key may be left out."""
        return self.take(key, False, needed=needed)

    def day(self, key: str) -> date | None:
        """Take a date, where there is one."""
        given = key in self._left
        day = self.take(key, date.min, needed=False)
        return day if given else None

    def number(self, key: str) -> int:
        """Take a whole number from 0 on; 0 where the key is left out."""
        number = self.take(key, 0, needed=False)
        if number < 0:
            self.wrong(f"{key} is below 0.")
        return number

    def rows(self, key: str, read: Callable[["Table"], V], *, needed: bool = True) -> tuple[V, ...]:
        """Read the tables under a key, each to its last key."""
        values: list[object] = self.take(key, [], needed=needed)
        found: list[V] = []
        for number, value in enumerate(values, 1):
            if not isinstance(value, dict):
                self.wrong(f"{key} {number} is not a table.")
                continue
            name = value.get("code", number)
            row = Table(value, f"{self._place}, {key} {name}", self._faults)
            found.append(read(row))
            row.finish()
        return tuple(found)

    def finish(self) -> None:
        """Note the keys that nobody asked for."""
        for key in self._left:
            self.wrong(f"{key} is not a key that we know.")

    def _chosen(self, key: str, text: str, kind: type[E]) -> E | None:
        if text in tuple(kind):
            return kind(text)
        if text:
            self.wrong(f"{key} “{text}” is not one that we know.")
        return None
