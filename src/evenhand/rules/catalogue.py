"""Every rule that can refuse something, for the pages that show what this desk keeps to."""

import pkgutil
from dataclasses import dataclass
from importlib import import_module

import evenhand.rules
from evenhand.rules.refusals import Refused, all_rules

HOUSE = "evenhand."


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule as it is published. ``verified``: a person read the clause in the instrument."""

    code: str
    sentence: str
    clause: str
    verified: bool
    room: str


def every_rule() -> list[Rule]:
    """List the rules of the house by code: all of this floor, and of other floors once imported."""
    for module in pkgutil.iter_modules(evenhand.rules.__path__):
        import_module(f"{evenhand.rules.__name__}.{module.name}")
    return [_published(it) for it in all_rules() if it.__module__.startswith(HOUSE)]


def _published(rule: type[Refused]) -> Rule:
    return Rule(rule.code, rule.rule(), rule.clause, rule.verified, _room(rule.__module__))


def _room(module: str) -> str:
    """Name the room that a module belongs to: it has the same name on every floor."""
    _house, _floor, name, *_rest = module.split(".")
    return name.partition("_")[0]
