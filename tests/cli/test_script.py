"""``./evenhand``: it sets its checkout up by itself, once, and says so in sentences."""

import hashlib
import http.server
import json
import os
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.campaigns import sampled
from tests.cli.programs import ROOT

ECHO = "import sys; print('ran', *sys.argv[1:]); sys.exit(3 if 'fail' in sys.argv else 0)\n"
BARE = "/usr/bin:/bin"
WITHOUT_ENSUREPIP = (
    "import importlib.util as u; f = u.find_spec\n"
    "u.find_spec = lambda name, package=None: None if name == 'ensurepip' else f(name, package)\n"
)


@pytest.fixture
def checkout(place: Path) -> Path:
    """A checkout with the real script, no packages to install and a command that echoes."""
    return made_in(place)


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A checkout for the tests that need one already set up: to set up takes seconds."""
    return made_in(tmp_path_factory.mktemp("shared"))


@pytest.fixture
def set_up(shared: Path) -> Path:
    """The shared checkout, whole; whoever breaks it repairs it, or it is repaired here."""
    (shared / "requirements" / "run.lock").write_text("# nothing\n")
    assert start(shared).stdout == "ran\n"
    return shared


def made_in(place: Path) -> Path:
    folder = place / "check out"
    (folder / "requirements").mkdir(parents=True)
    for kind in ("run", "test"):
        (folder / "requirements" / f"{kind}.lock").write_text("# nothing\n")
    command = folder / "src" / "evenhand" / "cli"
    command.mkdir(parents=True)
    (command.parent / "__init__.py").touch()
    (command / "__init__.py").touch()
    (command / "main.py").write_text(ECHO)
    shutil.copy(ROOT / "evenhand", folder / "evenhand")
    return folder


def path_with_uv() -> str:
    """Give a search path with uv, if it is installed: with it these tests take seconds."""
    found = shutil.which("uv")
    return f"{Path(found).parent}:{BARE}" if found else BARE


def start(
    checkout: Path, *words: str, path: str = "", **more: str
) -> "subprocess.CompletedProcess[str]":
    kept = {name: it for name, it in os.environ.items() if not name.startswith("PYTHON")}
    return subprocess.run(
        [sys.executable, str(checkout / "evenhand"), *words],
        env=kept | {"PATH": path or path_with_uv()} | more,
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
        cwd="/",
    )


def stamp(checkout: Path) -> dict[str, str]:
    known: dict[str, str] = json.loads((checkout / ".venv" / "evenhand.json").read_text())
    return known


def test_it_sets_up_once_and_then_only_runs(checkout: Path) -> None:
    first, second = start(checkout, "url", "a b"), start(checkout, "fail")
    assert (first.returncode, first.stdout) == (0, "ran url a b\n")
    assert "Setting up .venv" in first.stderr
    assert (second.returncode, second.stdout, second.stderr) == (3, "ran fail\n", "")
    inside = subprocess.run(
        [checkout / ".venv" / "bin" / "evenhand", "inside"], capture_output=True, check=False
    )
    assert inside.stdout == b"ran inside\n"


def test_a_changed_lock_is_installed_and_tests_need_their_own(checkout: Path) -> None:
    start(checkout)
    assert stamp(checkout)["kind"] == "run"
    lock = checkout / "requirements" / "run.lock"
    lock.write_text("# changed\n")
    assert "Setting up" in start(checkout).stderr
    assert stamp(checkout)["sha256"] == hashlib.sha256(lock.read_bytes()).hexdigest()
    assert "test.lock" in start(checkout, "test", "-q").stderr
    assert start(checkout, "demo").stderr == ""
    assert stamp(checkout)["kind"] == "test"


@pytest.mark.parametrize(
    "damage", sampled(["moved", "interrupted", "no python"], "EVENHAND_EVERY_MISHAP")
)
def test_what_is_broken_is_made_anew(set_up: Path, place: Path, damage: str) -> None:
    match damage:
        case "interrupted":
            (set_up / ".venv" / "evenhand-unfinished").touch()
        case "no python":
            (set_up / ".venv" / "bin" / "python").unlink()
        case _:
            set_up = shutil.copytree(set_up, place / "moved", symlinks=True)
    again = start(set_up)
    assert again.stdout == "ran\n"
    assert "starting afresh" in again.stderr


def test_two_starts_at_once_share_one_set_up(checkout: Path) -> None:
    done: list[subprocess.CompletedProcess[str]] = []
    threads = [threading.Thread(target=lambda: done.append(start(checkout))) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [it.stdout for it in done] == ["ran\n"] * 3
    assert sum("Setting up" in it.stderr for it in done) == 1


def test_a_read_only_checkout_that_is_set_up_runs_and_another_says_so(
    set_up: Path, checkout: Path
) -> None:
    if os.geteuid() != 0:
        set_up.chmod(0o500)
        assert start(set_up).stdout == "ran\n"
        set_up.chmod(0o700)
        checkout.chmod(0o500)
    else:
        (checkout / ".venv").write_text("in the way")
    failed = start(checkout)
    checkout.chmod(0o700)
    assert failed.returncode == 1
    assert "Evenhand could not be set up: " in failed.stderr
    assert "Traceback" not in failed.stderr


@pytest.mark.parametrize("by", ["uv", "pip"] if shutil.which("uv") else ["pip"])
def test_a_package_without_its_hash_is_not_installed(set_up: Path, by: str) -> None:
    lock = set_up / "requirements" / "run.lock"
    lock.write_text(f"ada-url==4.0.0 --hash=sha256:{'0' * 64}\n")
    failed = start(set_up, path="" if by == "uv" else BARE)
    assert failed.returncode == 1
    assert "does not match its hash" in failed.stderr
    assert failed.stdout == ""
    lock.write_text("# nothing\n")
    assert start(set_up).stdout == "ran\n"


@pytest.fixture
def false_index() -> Iterator[str]:
    """An index on the loopback whose pip is not the one the script knows."""

    class Index(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.end_headers()
            link = b'<a href="../files/pip-26.3-py3-none-any.whl#sha256=0">pip</a>'
            self.wfile.write(link if self.path.endswith("/pip/") else b"not that pip")

        def log_message(self, *_words: object) -> None:
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Index)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/simple"
    server.shutdown()
    thread.join()
    server.server_close()


def test_a_pip_that_is_not_the_known_one_is_not_run(
    checkout: Path, place: Path, false_index: str
) -> None:
    (place / "sitecustomize.py").write_text(WITHOUT_ENSUREPIP)
    failed = start(
        checkout,
        path=BARE,
        PYTHONPATH=str(place),
        PIP_INDEX_URL=false_index,
        https_proxy="http://127.0.0.1:9",
        no_proxy="127.0.0.1",
    )
    assert failed.returncode == 1
    assert "pip could not be fetched" in failed.stderr
    assert "Traceback" not in failed.stderr


def test_without_pip_and_uv_it_fetches_the_known_pip(checkout: Path, place: Path) -> None:
    (place / "sitecustomize.py").write_text(WITHOUT_ENSUREPIP)
    done = start(checkout, path=BARE, PYTHONPATH=str(place))
    assert done.stdout == "ran\n", done.stderr
    assert "fetching one" in done.stderr


@pytest.mark.parametrize("words", [("dev", "--help"), ("demo", "-h"), ("--help",)])
def test_help_needs_no_environment_and_leaves_it_alone(
    checkout: Path, words: tuple[str, ...]
) -> None:
    shown = start(checkout, *words)
    assert (shown.stdout, shown.stderr) == (f"ran {' '.join(words)}\n", "")
    assert not (checkout / ".venv").exists()
