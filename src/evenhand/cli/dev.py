"""For those who work on Evenhand: dev check/fix/docs/room/lock, test, campaign."""

import argparse
import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from evenhand.cli.failures import CannotStart
from evenhand.cli.output import add_command, add_group, print_json, tell

if TYPE_CHECKING:
    from evenhand.cli.output import Subparsers

ROOT = Path(__file__).parents[3]
FLOORS = (
    "rules",
    "ledger",
    "seal",
    "store",
    "transports",
    "actions",
    "queries",
    "web",
    "api",
    "cli",
    "work",
    "config",
)


def register(commands: "Subparsers") -> None:
    """Add the commands for development."""
    group = add_group(commands, "dev", does="check, repair and look through the code")
    add_command(
        group,
        "check",
        check,
        does="lint, types, import contracts, generated pages, licences, migrations",
        example="evenhand dev check",
    )
    add_command(group, "fix", fix, does="repair what can be repaired", example="evenhand dev fix")
    add_command(
        group,
        "docs",
        docs,
        does="regenerate the reference pages and the catalogues of translations",
        example="evenhand dev docs",
    )
    parser = add_command(
        group,
        "room",
        room,
        does="list the files of one room, floor by floor",
        example="evenhand dev room disposal",
    )
    parser.add_argument("name", metavar="NAME", help="a subject, such as disposal")
    parser = add_command(
        group,
        "lock",
        lock,
        does="write requirements/*.lock anew from pyproject.toml (needs uv)",
        example="evenhand dev lock --upgrade",
    )
    parser.add_argument("--upgrade", action="store_true", help="take the newest versions")


def in_checkout() -> Path:
    """Give the checkout. Raises CannotStart where Evenhand is installed without one."""
    if not (ROOT / "pyproject.toml").is_file():
        raise CannotStart("This command works on the source: run it as ./evenhand in a checkout.")
    return ROOT


def tool(name: str) -> str:
    """Give the path of a program of this environment."""
    found = Path(sys.executable).parent / name
    if not found.exists():
        raise CannotStart(f"{name} is not installed here. Run this as ./evenhand in a checkout.")
    return str(found)


def check(arguments: argparse.Namespace) -> int:
    """Run every check, the failing ones with what they said."""
    from evenhand.cli.dev_checks import run_checks

    failed = run_checks(in_checkout())
    if arguments.json:
        print_json({"ok": not failed, "failed": failed})
    return 1 if failed else 0


def fix(_arguments: argparse.Namespace) -> int:
    """Repair what the tools can repair, and regenerate the pages."""
    in_checkout()
    status = run([tool("ruff"), "check", "--fix"])
    status |= run([tool("ruff"), "format"])
    return status | write_docs(in_checkout())


def docs(_arguments: argparse.Namespace) -> int:
    """Write every generated page anew."""
    return write_docs(in_checkout())


def write_docs(root: Path) -> int:
    """Write the generated pages and catalogues that differ, and name them."""
    from evenhand.cli.dev_checks import differing_pages

    for path, right in differing_pages(root):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(right)
        tell(f"wrote {path.relative_to(root)}")
    return 0


def room(arguments: argparse.Namespace) -> int:
    """List a room's files on every floor, and their tests."""
    root, name = in_checkout(), arguments.name
    found = {floor: files for floor in FLOORS if (files := room_files(root, floor, name))}
    if not found:
        raise CannotStart(f"No floor has a room called {name}.")
    if arguments.json:
        print_json(found)
        return 0
    for floor, files in found.items():
        print(floor)
        for file in files:
            lines = len((root / file).read_bytes().splitlines())
            print(f"  {lines:5}  {file}")
    return 0


def room_files(root: Path, floor: str, name: str) -> list[str]:
    """Give the files of a room on one floor, then their tests."""
    code, tests = root / "src" / "evenhand" / floor, root / "tests" / floor
    found = [*code.glob(f"{name}.*"), *code.glob(f"{name}_*.*"), *code.glob(f"{name}/**/*")]
    found += [*tests.glob(f"test_{name}.py"), *tests.glob(f"test_{name}_*.py")]
    found += code.glob(f"templates/**/{name}/**/*")
    return [
        str(path.relative_to(root))
        for path in found
        if path.is_file() and "__pycache__" not in path.parts
    ]


def lock(arguments: argparse.Namespace) -> int:
    """Resolve the packages for every platform, and write each with its hashes."""
    root, uv = in_checkout(), shutil.which("uv")
    if uv is None:
        raise CannotStart("Locking needs uv: https://docs.astral.sh/uv/")
    compile_ = [uv, "pip", "compile", "--quiet", "--universal"]
    compile_ += ["--generate-hashes", "--custom-compile-command", "./evenhand dev lock"]
    if arguments.upgrade:
        compile_.append("--upgrade")
    house = "pyproject.toml"
    kinds = {
        "run": [house],
        "s3": [house, "--extra", "s3"],
        "pdf": [house, "--extra", "pdf"],
        "test": [house, "--group", "dev"],
        **{
            it: ["--group", f"{house}:{it}", "--python-version", "3.11"]
            for it in ("outside", "statistics", "swift")
        },
    }
    for kind, more in kinds.items():
        file = root / "requirements" / f"{kind}.lock"
        if status := run([*compile_, *more, "--output-file", str(file.relative_to(root))]):
            return status
        tell(f"wrote requirements/{kind}.lock")
    return 0


def run(command: Sequence[str], *, env: dict[str, str] | None = None, quiet: bool = False) -> int:
    """Run a program in the checkout, showing what it says; give its exit status as 0 or 1.

    ``quiet`` keeps it off stdout, which is then for one JSON document.
    """
    sys.stdout.flush()
    where = sys.stderr if quiet else None
    known = os.environ | (env or {})
    done = subprocess.run(command, cwd=ROOT, env=known, stdout=where, check=False)
    return 1 if done.returncode else 0
