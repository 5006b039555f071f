"""A second officer decides on one referral at a time: no page, call or command does more."""

import ast
import inspect
import re
from pathlib import Path

from django.urls import URLPattern, URLResolver, get_resolver

from evenhand.actions import decisions
from evenhand.api.bodies import Decide

SRC = Path(decisions.__file__).parents[1]
DOORS = ("web", "api", "cli", "work")
LOOPS = (ast.For, ast.While, ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)
WRITES_DECISIONS = re.compile(r"\bDecisionRow\(")


def trees(*floors: str) -> dict[Path, ast.Module]:
    return {
        path: ast.parse(path.read_text("utf-8"))
        for floor in floors
        for path in (SRC / floor).rglob("*.py")
    }


def uses(tree: ast.AST) -> list[ast.AST]:
    """Where a module takes the deciding act: by name, called or passed on."""
    return [
        it
        for it in ast.walk(tree)
        if isinstance(it, ast.Attribute)
        and it.attr == "decide"
        and isinstance(it.value, ast.Name)
        and it.value.id == "decisions"
    ]


def routes(resolver: URLResolver, before: str = "") -> dict[str, object]:
    found: dict[str, object] = {}
    for it in resolver.url_patterns:
        if isinstance(it, URLResolver):
            found |= routes(it, before + str(it.pattern))
        elif isinstance(it, URLPattern):
            found[before + str(it.pattern)] = it.callback
    return found


def test_one_act_writes_decisions_and_it_is_about_one_referral() -> None:
    writers = [it for it in SRC.rglob("*.py") if WRITES_DECISIONS.search(it.read_text("utf-8"))]
    assert {it.relative_to(SRC).as_posix() for it in writers} == {
        "actions/decisions.py",
        "store/casework.py",
    }
    given = inspect.signature(decisions.decide).parameters
    assert given["reference"].annotation in {str, "str"}


def test_the_doors_decide_in_two_places_and_never_in_a_loop() -> None:
    using = {path: tree for path, tree in trees(*DOORS).items() if uses(tree)}
    assert {it.relative_to(SRC).as_posix() for it in using} == {
        "web/decisions/pages.py",
        "api/acts.py",
    }
    for path, tree in using.items():
        inside = [use for it in ast.walk(tree) if isinstance(it, LOOPS) for use in uses(it)]
        assert inside == [], path


def test_whatever_decides_names_one_referral_or_person_in_its_address() -> None:
    deciding = [it for it in routes(get_resolver()) if "decide" in it or "decisions" in it]
    assert sorted(deciding) == [
        "api/v1/people/<person>/role/decisions",
        "api/v1/referrals/<reference>/decisions",
        "people/<person:person>/role/decide/",
        "people/telling/<person:person>/decide/",
        "referrals/<reference:reference>/decide/",
    ]
    assert set(Decide.model_fields) == {"decision", "reason", "version"}
