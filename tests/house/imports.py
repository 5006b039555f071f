"""What each file of the house imports, read from its text."""

import ast
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[2]
HOUSE = ROOT / "src" / "evenhand"


def files(*floors: str) -> list[Path]:
    """Give the source files of these floors, or of the whole house."""
    places = [HOUSE / floor for floor in floors] or [HOUSE]
    return sorted(path for place in places for path in place.rglob("*.py"))


def imported(path: Path) -> Iterator[str]:
    """Name every module that a file imports, wherever in it."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (it.name for it in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            yield from (f"{node.module}.{it.name}" for it in node.names)


def is_of(module: str, wanted: str) -> bool:
    return module == wanted or module.startswith(f"{wanted}.")


def offences(floors: tuple[str, ...], forbidden: tuple[str, ...]) -> list[str]:
    """Say which file of these floors imports what it must not."""
    return [
        f"{path.relative_to(ROOT)} imports {module}"
        for path in files(*floors)
        for module in imported(path)
        if any(is_of(module, it) for it in forbidden)
    ]
