"""How the house says no: one type, a stable code, the clause, a sentence and a way on."""

from collections.abc import Iterable
from enum import StrEnum
from typing import ClassVar, Self

from evenhand.rules.words import words


class Kind(StrEnum):
    """What sort of no it is; each door makes its own sign of it (an HTTP status, an exit code)."""

    INVALID = "invalid"
    CONFLICT = "conflict"
    FORBIDDEN = "forbidden"
    NOT_FOUND = "not_found"
    NOT_SIGNED_IN = "not_signed_in"
    MALFORMED = "malformed"
    TOO_MANY = "too_many"
    UNAVAILABLE = "unavailable"


class Refused(Exception):
    """An act that a rule of this desk does not allow.

    A rule is a subclass: its docstring says the rule in one sentence, ``code`` never changes,
    ``clause`` names the law or the decision behind it, ``verified`` says whether a person has
    read that clause in the instrument itself. An instance carries the sentence for the officer,
    what to ``do`` next, and ``at``: the field it is about, if one.
    """

    code: ClassVar[str]
    clause: ClassVar[str] = words("Rule of this desk")
    verified: ClassVar[bool] = True
    kind: ClassVar[Kind] = Kind.INVALID

    def __init__(self, sentence: str, *, do: str = "", at: str = "", **values: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.do = do
        self.at = at
        self.values = values
        self.also: tuple[Refused, ...] = ()

    def __str__(self) -> str:
        """Give the sentence with its values filled in, untranslated."""
        return self.sentence.format_map(self.values)

    @property
    def every(self) -> tuple["Refused", ...]:
        """Give this refusal and those that came with it, in the order of the form."""
        return (self, *self.also)

    @classmethod
    def rule(cls) -> str:
        """Give the rule in one sentence, for the public page of rules."""
        return (cls.__doc__ or "").strip().splitlines()[0]

    def with_others(self, others: Iterable["Refused"]) -> Self:
        """Carry further refusals of the same act, so that the officer sees all of them at once."""
        self.also = tuple(others)
        return self


def raise_all(refusals: Iterable[Refused]) -> None:
    """Raise the refusals found, all at once; do nothing where there are none."""
    found = list(refusals)
    if found:
        raise found[0].with_others(found[1:])


def all_rules() -> list[type[Refused]]:
    """Every rule that can refuse something, by code. Import the rooms before asking."""
    found: list[type[Refused]] = []
    waiting = [Refused]
    while waiting:
        for rule in waiting.pop().__subclasses__():
            waiting.append(rule)
            if "code" in vars(rule):
                found.append(rule)
    return sorted(found, key=lambda rule: rule.code)
