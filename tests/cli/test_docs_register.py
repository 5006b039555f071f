"""The log of changes to the register grows by the day's lines, and loses none."""

from datetime import UTC, datetime
from pathlib import Path

from evenhand.cli import docs_register
from evenhand.cli.dev import ROOT


def test_what_the_register_has_and_its_log_has_not_is_added_with_the_day(tmp_path: Path) -> None:
    path = tmp_path / docs_register.FILE
    path.parent.mkdir(parents=True)
    whole = (ROOT / docs_register.FILE).read_text("utf-8")
    head, first, *_rest = whole.splitlines(keepends=True)
    path.write_text(head + first, "utf-8")
    today = datetime.now(UTC).date()
    added = docs_register.changes(tmp_path).removeprefix(head + first).splitlines()
    assert len(added) > 100
    assert {line.partition(",")[0] for line in added} == {f"{today}"}
    assert docs_register.changes(ROOT) == whole
