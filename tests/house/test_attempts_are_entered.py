"""No page answers a refusal itself without its being entered in the log, if it was an attempt."""

import ast
from collections.abc import Iterator
from pathlib import Path

import evenhand.web
from evenhand.rules.oversight import TRIED

WEB = Path(evenhand.web.__file__).parent
HOUSE = WEB.parent
FLOORS = ("evenhand.actions", "evenhand.queries")
ENTERS = "submitted_once"
ANSWERS = {"Refused", "RoleMissing", *(it.__name__ for it in TRIED)}


def caught(handler: ast.ExceptHandler) -> set[str]:
    kinds = handler.type.elts if isinstance(handler.type, ast.Tuple) else [handler.type]
    return {it.id for it in kinds if isinstance(it, ast.Name)}


def of_other_floors(tree: ast.Module) -> set[str]:
    """Name what a file takes from the actions and the queries."""
    taken = set()
    for it in ast.walk(tree):
        if isinstance(it, ast.ImportFrom) and (it.module or "").startswith(FLOORS):
            taken |= {name.asname or name.name for name in it.names}
    return taken


def calls(nodes: list[ast.stmt]) -> Iterator[str]:
    """Name what is called: a function, or the module it is a function of."""
    for node in nodes:
        for it in ast.walk(node):
            if isinstance(it, ast.Call):
                called = it.func.value if isinstance(it.func, ast.Attribute) else it.func
                if isinstance(called, ast.Name):
                    yield called.id


def unentered(source: str) -> list[int]:
    """Give the lines of tries that ask another floor and answer its refusal unentered."""
    tree = ast.parse(source)
    floors = of_other_floors(tree)
    tries = [it for it in ast.walk(tree) if isinstance(it, ast.Try)]
    return [
        it.lineno
        for it in tries
        for handler in it.handlers
        if caught(handler) & ANSWERS
        and floors & set(calls(it.body))
        and ENTERS not in set(calls(it.body))
        and "attempted" not in set(calls(handler.body))
    ]


def test_no_page_answers_what_an_act_or_a_question_refused_unentered() -> None:
    found = {str(it.relative_to(WEB)): unentered(it.read_text()) for it in WEB.rglob("*.py")}
    assert {name: lines for name, lines in found.items() if lines} == {}


def test_a_page_that_forgets_it_would_be_found() -> None:
    forgetful = (
        "from evenhand.actions import decisions\n"
        "def page(request):\n"
        "    try:\n"
        "        decisions.decide()\n"
        "    except {}:\n"
        "        {}\n"
    )
    assert unentered(forgetful.format("Refused", "pass")) == [3]
    assert unentered(forgetful.format("(ValueError, SameOfficer)", "pass")) == [3]
    assert unentered(forgetful.format("Refused", "attempted(request, refused)")) == []
    assert unentered(forgetful.format("ValueError", "pass")) == []


def test_whoever_refuses_for_want_of_a_role_says_what_was_tried() -> None:
    made = [path.name for path in HOUSE.rglob("*.py") if "raise RoleMissing(" in path.read_text()]
    assert made == []
