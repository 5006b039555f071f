"""What ``evenhand dev check`` runs: each check on its own, all of them whatever one says."""

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from evenhand.cli.dev import tool
from evenhand.cli.dev_licences import licence_faults
from evenhand.cli.output import tell

AT_ONCE = 2
# Tools that only read the code need settings, but no desk.
SETTINGS = {"DJANGO_SETTINGS_MODULE": "evenhand.config.without_desk", "PYTHONPATH": "src"}
Check = Callable[[Path], str]


def run_checks(root: Path) -> list[str]:
    """Run the checks, tell how each went, and name those that failed."""
    failed = []
    with ThreadPoolExecutor(AT_ONCE) as pool:
        for name, said in zip(CHECKS, pool.map(lambda it: it(root), CHECKS.values()), strict=True):
            tell(f"{'failed' if said else 'ok':6}  {name}")
            if said:
                failed.append(name)
                tell(said)
    return failed


def command(*words: str) -> Check:
    """Make a check of a program: what it said if it failed, else nothing."""

    def run(root: Path) -> str:
        done = subprocess.run(
            [tool(words[0]), *words[1:]],
            cwd=root,
            env=os.environ | SETTINGS,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
        )
        return (done.stdout or "It failed silently.") if done.returncode else ""

    return run


def differing_pages(root: Path) -> Iterator[tuple[Path, bytes]]:
    """Give the generated pages and catalogues that are not as they should be, as they should."""
    for name, value in SETTINGS.items():
        os.environ.setdefault(name, value)
    import django

    django.setup()
    from evenhand.cli import docs_register
    from evenhand.cli.docs import generated_pages
    from evenhand.cli.docs_words import catalogues

    texts = {**generated_pages(), docs_register.FILE: docs_register.changes(root)}
    pages = ((root / name, text.encode()) for name, text in texts.items())
    for path, right in (*pages, *catalogues(root)):
        if not path.is_file() or path.read_bytes() != right:
            yield path, right


def _pages_are_fresh(root: Path) -> str:
    """Compare the generated pages in a process of their own: Django's settings are global."""
    code = (
        "import pathlib; from evenhand.cli.dev_checks import differing_pages\n"
        f"for path, _ in differing_pages(pathlib.Path({str(root)!r})): print(path)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        env=os.environ | SETTINGS,
        cwd=root,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        return done.stderr
    return f"Run: ./evenhand dev docs\n{done.stdout}" if done.stdout else ""


CHECKS: dict[str, Check] = {
    "types (mypy)": command("mypy"),
    "lint (ruff check)": command("ruff", "check"),
    "format (ruff format --check)": command("ruff", "format", "--check"),
    "import contracts (lint-imports)": command("lint-imports"),
    "licences (REUSE.toml)": lambda root: "\n".join(licence_faults(root)),
    "migrations are complete": command(
        "python", "-W", "ignore", "-m", "django", "makemigrations", "--check", "--dry-run"
    ),
    "generated pages are fresh": _pages_are_fresh,
}
