"""``evenhand test`` and ``evenhand campaign``: all checks and tests, and the long runs."""

import argparse
import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from evenhand.cli.dev import in_checkout, run, tool
from evenhand.cli.failures import CannotStart
from evenhand.cli.output import add_command, print_json, tell

if TYPE_CHECKING:
    from evenhand.cli.output import Subparsers

# Rules, ledger and actions are tested to the last branch (pyproject.toml), by the tests of the
# floors alone: to count branches takes a third of the time, so the others are tested without.
COUNTED = ("rules", "ledger", "seal", "store", "transports", "actions", "queries", "api")
SCHEMA = "tests/api/test_schema.py"
"""Every path of the API with made-up bodies: of the floors, yet run without branches counted."""
BESIDE = ("-n", "3", "--dist", "worksteal", "--durations=10", "--durations-min=5")
"""Three at once use two cores whole: what waits for a browser leaves its core to the others."""
MEMORY = Path("/dev/shm")  # noqa: S108 - whoever writes there makes a folder of their own
ROOM = 6 * 2**30
"""So many bytes have to be free in memory before tests write there."""
SUMMARY = ("= short test summary info =", "= no tests ran", " passed", " failed", " error")
RULE = "====="


def register(commands: "Subparsers") -> None:
    """Add the commands that test."""
    parser = add_command(
        commands,
        "test",
        test,
        does="run all checks and tests; with arguments, only pytest with these",
        example="evenhand test tests/rules -k disposal",
    )
    parser.add_argument("rest", nargs="*", metavar="ARGS", help="arguments for pytest")
    parser = add_command(
        commands,
        "campaign",
        campaign,
        does="run the long tests: kills, power cuts, faults, bad inputs, millions of rows",
        example="evenhand campaign kills --short",
    )
    parser.add_argument("name", nargs="?", metavar="NAME", help="one of them (default: all)")
    parser.add_argument("--short", action="store_true", help="as briefly as in every CI run")
    parser.add_argument("--list", action="store_true", help="name them and stop")


def test(arguments: argparse.Namespace) -> int:
    """Run pytest with the arguments given; without any, every check and test."""
    root = in_checkout()
    keep_what_is_compiled(root)
    work_in_memory()
    if arguments.rest:
        return run([sys.executable, "-m", "pytest", *arguments.rest])
    from evenhand.cli.dev_checks import run_checks

    unchecked = run_checks(root)
    for old in root.glob(".coverage*"):
        old.unlink()
    floors = [f"tests/{it}" for it in COUNTED]
    doors = sorted({f"tests/{it.parent.name}" for it in root.glob("tests/*/test_*.py")} - {*floors})
    counted = [tool("coverage"), "run", "-m", "pytest", *BESIDE, *floors]
    counted += [f"--ignore={SCHEMA}"]
    others = [sys.executable, "-m", "pytest", *BESIDE, SCHEMA, *doors]
    failed, closing = run_holding_back_the_end(counted, root)
    failed_too, closing_too = run_holding_back_the_end(others, root)
    run([tool("coverage"), "combine", "--quiet"])
    uncovered = run([tool("coverage"), "report"])
    if uncovered:
        tell("Not every branch of rules, ledger and actions was tested.")
    if unchecked:
        tell(f"Checks that failed: {', '.join(unchecked)}")
    print(closing + closing_too, end="", flush=True)
    return 1 if failed or failed_too or uncovered or unchecked else 0


def keep_what_is_compiled(root: Path) -> None:
    """Where no bytecode may be written beside the sources, have it kept in the environment.

    Containers often ask for none. Each of the hundreds of programs that tests start would then
    compile Django and all of ours anew, which takes longer than most of them run.
    """
    if os.environ.pop("PYTHONDONTWRITEBYTECODE", ""):
        os.environ["PYTHONPYCACHEPREFIX"] = str(root / ".venv" / "compiled")


def work_in_memory() -> None:
    """Have what tests write be in memory where there is room and programs can be run from it.

    A database is more than a thousand small files, and hundreds of tests have one of their own:
    with many disks, to make these takes longer than all that is then done with them.
    """
    if "TMPDIR" in os.environ or not MEMORY.is_dir():
        return
    runs_programs = not os.statvfs(MEMORY).f_flag & os.ST_NOEXEC
    if runs_programs and shutil.disk_usage(MEMORY).free > ROOM:
        os.environ["TMPDIR"] = str(MEMORY)


def run_holding_back_the_end(command: Sequence[str], root: Path) -> tuple[int, str]:
    """Run pytest, showing what it says except its closing lines, which are given back."""
    colour = ["--color=yes"] if sys.stdout.isatty() else []
    with subprocess.Popen(
        [*command, *colour], cwd=root, stdout=subprocess.PIPE, text=True
    ) as process:
        held: list[str] = []
        for line in process.stdout or ():
            if held or (RULE in line and any(it in line for it in SUMMARY)):
                held.append(line)
            else:
                print(line, end="", flush=True)
    return (1 if process.returncode else 0), "".join(held)


def campaign(arguments: argparse.Namespace) -> int:
    """Run one long test, or all, each in a process of its own."""
    root = in_checkout()
    known = campaigns(root)
    if arguments.list:
        if arguments.json:
            print_json(known)
        else:
            print("".join(f"{name:16}{does}\n" for name, does in known.items()), end="")
        return 0
    chosen = [arguments.name] if arguments.name else list(known)
    if unknown := [name for name in chosen if name not in known]:
        raise CannotStart(f"There is no campaign {unknown[0]}. There are: {', '.join(known)}.")
    keep_what_is_compiled(root)
    failed = []
    for name in chosen:
        tell(f"campaign {name}: {known[name]}")
        short = ["--short"] if arguments.short else []
        status = run(
            [sys.executable, "-m", f"tests.campaigns.{name}", *short],
            env={"PYTHONPATH": "src"},
            quiet=arguments.json,
        )
        failed += [name] if status else []
    if arguments.json:
        print_json({"ok": not failed, "ran": chosen, "failed": failed})
    return 1 if failed else 0


def campaigns(root: Path) -> dict[str, str]:
    """Give the campaigns: each module of tests/campaigns, and what its first line says."""
    found = {}
    for path in sorted((root / "tests" / "campaigns").glob("[a-z]*.py")):
        first = path.read_text("utf-8").lstrip().splitlines()[:1]
        found[path.stem] = "".join(first).strip('"')
    return found
