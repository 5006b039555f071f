"""Commands for those who work on Evenhand."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from evenhand.cli import dev_checks, testing
from evenhand.cli.dev_licences import licence_faults
from tests.cli.programs import ROOT, clean_environment, evenhand


def test_a_room_is_listed_floor_by_floor() -> None:
    found = json.loads(evenhand("dev", "room", "referrals", "--json").stdout)
    assert next(iter(found)) == "rules"
    assert "src/evenhand/rules/referrals.py" in found["rules"]
    assert "src/evenhand/actions/referrals.py" in found["actions"]
    assert b"rules\n" in evenhand("dev", "room", "referrals").stdout


def test_an_unknown_room_is_refused() -> None:
    done = evenhand("dev", "room", "broom")
    assert done.returncode == 1
    assert b"No floor has a room called broom." in done.stderr


def test_test_passes_its_arguments_to_pytest_as_they_are() -> None:
    done = evenhand("test", "--collect-only", "-q", "tests/rules/test_harms.py", "-k", "harm")
    assert done.returncode == 0, done.stdout
    assert b"tests/rules/test_harms.py::" in done.stdout


@pytest.mark.parametrize("forbidden", [True, False])
def test_what_is_compiled_is_kept_where_it_may_not_lie_beside_the_sources(
    forbidden: bool, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("PYTHONDONTWRITEBYTECODE", "1" if forbidden else "")
    monkeypatch.setenv("PYTHONPYCACHEPREFIX", "")
    (tmp_path / "broom.py").write_text("")
    testing.keep_what_is_compiled(tmp_path)
    env = {**os.environ, "PYTHONPATH": str(tmp_path)}
    subprocess.run([sys.executable, "-c", "import broom"], env=env, check=True)
    kept = [it.relative_to(tmp_path).parts[0] for it in tmp_path.rglob("broom*.pyc")]
    assert kept == [".venv" if forbidden else "__pycache__"]


def test_tests_write_into_memory_where_there_is_room_and_no_other_place_was_named(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(testing, "MEMORY", tmp_path)
    monkeypatch.setenv("TMPDIR", "/elsewhere")
    testing.work_in_memory()
    assert os.environ["TMPDIR"] == "/elsewhere"
    monkeypatch.delenv("TMPDIR")
    monkeypatch.setattr(testing, "ROOM", shutil.disk_usage(tmp_path).total)
    testing.work_in_memory()
    assert "TMPDIR" not in os.environ
    monkeypatch.setattr(testing, "ROOM", 0)
    testing.work_in_memory()
    assert os.environ["TMPDIR"] == str(tmp_path)


def test_closing_lines_are_held_back(capfd: pytest.CaptureFixture[str]) -> None:
    rule = "=" * 20
    summary = [f"{rule} short test summary info {rule}", "FAILED x", f"{rule} 1 failed {rule}"]
    lines = ["tests .. [100%]", *summary]
    code = f"print(*{lines!r}, sep=chr(10)); raise SystemExit(1)"
    status, closing = testing.run_holding_back_the_end([sys.executable, "-c", code], ROOT)
    assert (status, closing.splitlines()) == (1, lines[1:])
    assert capfd.readouterr().out == "tests .. [100%]\n"


def test_campaigns_are_listed_and_unknown_ones_refused(tmp_path: Path) -> None:
    (tmp_path / "tests" / "campaigns").mkdir(parents=True)
    (tmp_path / "tests" / "campaigns" / "kills.py").write_text('"""Kill it."""\n')
    assert testing.campaigns(tmp_path) == {"kills": "Kill it."}
    done = evenhand("campaign", "nonsense")
    assert done.returncode == 1
    assert b"There is no campaign nonsense" in done.stderr


def test_a_failing_check_is_named_and_the_others_still_run(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    bad = dev_checks.command("python", "-c", "print('wrong here'); raise SystemExit(1)")
    good = dev_checks.command("python", "-c", "")
    monkeypatch.setattr(dev_checks, "CHECKS", {"one": bad, "two": good})
    assert dev_checks.run_checks(ROOT) == ["one"]
    said = capsys.readouterr().err
    assert "failed  one\nwrong here" in said
    assert "ok      two" in said


def test_a_licence_that_is_missing_or_unused_is_named(tmp_path: Path) -> None:
    (tmp_path / "LICENSES").mkdir()
    (tmp_path / "LICENSES" / "MIT.txt").touch()
    (tmp_path / "REUSE.toml").write_text(
        '[[annotations]]\npath = "**"\nSPDX-FileCopyrightText = "We"\n'
        'SPDX-License-Identifier = "Apache-2.0"\n'
        '[[annotations]]\npath = ["gone/**"]\nSPDX-License-Identifier = "(MIT OR Apache-2.0)"\n'
    )
    assert list(licence_faults(tmp_path)) == [
        "['gone/**'] has no copyright text.",
        "gone/** matches no file.",
        "LICENSES/Apache-2.0.txt is missing.",
    ]
    assert not list(licence_faults(ROOT))


def test_without_a_checkout_these_commands_say_so(place: Path) -> None:
    installed = place / "lib" / "a" / "b" / "evenhand"
    installed.parent.mkdir(parents=True)
    shutil.copytree(ROOT / "src" / "evenhand", installed)
    done = subprocess.run(
        [sys.executable, "-P", "-m", "evenhand.cli.main", "dev", "check"],
        env=clean_environment(PYTHONPATH=str(installed.parent)),
        capture_output=True,
        check=False,
    )
    assert done.returncode == 1
    assert b"./evenhand in a checkout" in done.stderr
