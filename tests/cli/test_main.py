"""The command's manners: help at once, exit statuses, failures as sentences."""

import argparse
import errno
import subprocess
import sys
from collections.abc import Callable, Iterator

import psycopg
import pytest

from evenhand.cli import main as cli
from evenhand.cli.failures import CannotStart, SettingsWrong, explain, sentence, told_as
from evenhand.rules.refusals import Refused
from tests.cli.programs import clean_environment, evenhand


class NoSuchThing(Refused):
    """A rule of these tests only."""


NoSuchThing.code = "E-TST-01"


def commands(
    parser: argparse.ArgumentParser, words: tuple[str, ...] = ()
) -> Iterator[tuple[tuple[str, ...], argparse.ArgumentParser]]:
    inner = [it for it in parser._actions if isinstance(it, argparse._SubParsersAction)]
    if not inner:
        yield words, parser
    for action in inner:
        for name, child in action.choices.items():
            yield from commands(child, (*words, name))


COMMANDS = dict(commands(cli.build_parser()))


def test_help_loads_neither_the_framework_nor_the_database() -> None:
    code = (
        "import sys; from evenhand.cli.main import build_parser; build_parser().format_help();"
        "print(sorted({'django', 'psycopg', 'pydantic', 'procrastinate'} & set(sys.modules)))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, env=clean_environment(), check=True
    )
    assert done.stdout.strip() == b"[]"


@pytest.mark.parametrize("words", COMMANDS, ids=" ".join)
def test_every_command_has_an_example_and_json(words: tuple[str, ...]) -> None:
    text = COMMANDS[words].format_help()
    assert f"example:\n  evenhand {' '.join(words)}" in text
    assert "--json" in text


@pytest.mark.parametrize("words", [(), ("nonsense",), ("url",), ("demo", "--port", "99999")])
def test_wrong_usage_is_status_2(words: tuple[str, ...]) -> None:
    done = evenhand(*words)
    assert done.returncode == 2
    assert done.stdout == b""
    assert b"usage:" in done.stderr


def test_the_version_is_said() -> None:
    assert evenhand("--version").stdout.startswith(b"evenhand 0.")


def test_a_command_without_a_desk_says_how_to_get_one(tmp_path: object) -> None:
    done = evenhand("status", EVENHAND_HOME=str(tmp_path))
    assert done.returncode == 1
    assert b"evenhand demo" in done.stderr


def test_wrong_settings_are_named_in_one_list() -> None:
    done = evenhand("status", DATABASE_URL="postgresql://nobody@/nothing", EVENHAND_HOME="/none")
    assert done.returncode == 1
    assert b"EVENHAND_SECRET_KEY is not set" in done.stderr
    assert b"EVENHAND_DESK_KEY is not set" in done.stderr
    assert b"Traceback" not in done.stderr


@pytest.mark.parametrize("who", ["desk:gr\u00fcn", "desk:gr%C3%BCn", "b\u00fcro:secret"])
def test_a_password_that_no_mail_server_takes_is_a_wrong_setting(who: str) -> None:
    server, database = f"smtps://{who}@mail.example", "postgresql://nobody@/nothing"
    done = evenhand("status", EVENHAND_SMTP_URL=server, DATABASE_URL=database)
    assert done.returncode == 1
    assert b"EVENHAND_SMTP_URL: user name and password" in done.stderr


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (NoSuchThing("Not {what}.", do="Do {what}.", what="this"), "Not this. [E-TST-01, "),
        (NoSuchThing("Not {what}.", do="Do {what}.", what="this"), "] Do this."),
        (CannotStart("One sentence."), "One sentence."),
        (SettingsWrong("A is not set"), "A is not set"),
        (OSError(errno.ENOSPC, "No space"), "the disk is full"),
        (psycopg.OperationalError("no such host"), "The database cannot be reached: no such host"),
        (psycopg.errors.UndefinedTable("no table"), "evenhand migrate"),
        (psycopg.errors.DiskFull("full"), "disk is full"),
        (ZeroDivisionError("secret words"), "a fault in Evenhand: ZeroDivisionError"),
    ],
)
def test_every_failure_is_a_sentence(error: Exception, said: str) -> None:
    text = explain(error)
    assert said in text
    assert "secret words" not in text


def test_several_refusals_are_all_said() -> None:
    refused = NoSuchThing("First.").with_others([NoSuchThing("Second.")])
    assert [line.split(" [")[0] for line in explain(refused).splitlines()] == ["First.", "Second."]


@pytest.mark.parametrize(
    "number", [errno.EROFS, errno.EACCES, errno.ENOTDIR, errno.ENOENT, errno.EIO]
)
def test_a_fault_of_the_machine_names_the_file(number: int) -> None:
    text = sentence(OSError(number, "Strange", "/some/file"), "It failed")
    assert text.startswith("It failed: ")
    assert "/some/file" in text


def test_only_faults_of_the_machine_are_told_as_such() -> None:
    with pytest.raises(CannotStart, match="It failed: the disk is full"), told_as("It failed"):
        raise OSError(errno.ENOSPC, "No space")
    with pytest.raises(BrokenPipeError), told_as("It failed"):
        raise BrokenPipeError


def failing_with(error: BaseException) -> Callable[[argparse.Namespace], int]:
    def run(_arguments: argparse.Namespace) -> int:
        raise error

    return run


@pytest.mark.parametrize(
    ("error", "status"), [(KeyboardInterrupt(), 130), (CannotStart("No."), 1), (KeyError("x"), 1)]
)
def test_failures_become_exit_statuses(
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    error: BaseException,
    status: int,
) -> None:
    monkeypatch.setattr("evenhand.cli.url.identify", failing_with(error))
    assert cli.main(["url", "identify"]) == status
    shown = capsys.readouterr()
    assert shown.out == ""
    assert "Traceback" not in shown.err
    assert (shown.err == "") is (status == 130)
