"""``evenhand import``: reading without a desk, and bringing over to one."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from evenhand.actions import imports
from evenhand.cli.main import main
from evenhand.queries import imports as known
from evenhand.rules.imports import Tally
from evenhand.rules.officers import WORKER, Acting
from evenhand.store.imports import ImportedRow, ImportRunRow
from evenhand.work.tasks import tidy
from tests.actions.test_imports import OLD
from tests.builders import DEE
from tests.cli.programs import evenhand
from tests.desks import FreshDesk
from tests.journeys import Desk


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "old.xlsx"
    path.write_bytes(OLD)
    return path


def test_a_preview_needs_no_desk_and_prints_one_document(file: Path, tmp_path: Path) -> None:
    nowhere = {"EVENHAND_HOME": str(tmp_path / "none"), "PATH": ""}
    done = evenhand("import", str(file), "--preview", "--json", environment=nowhere)
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    assert (found["records"], found["contents"]) == (4, 4)
    assert [(it["system"], it["header_row"], it["rows_read"]) for it in found["sheets"]] == [
        ("Old", 1, 3), ("Newer", 1, 1), (None, 1, 0)
    ]  # fmt: skip
    assert found["sheets"][1]["rows_skipped"] == [{"row": 3, "reason": "total"}]
    assert found["people"] == {
        "with_birth_date": 1, "name_only": 0, "none": 3, "unique_with_birth_date": 1
    }  # fmt: skip
    assert found["outcomes"] == {"removed": 1, "declined": 0, "pending": 0, "none": 3}


def test_a_preview_names_the_columns_that_are_left_out(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "old.csv"
    file.write_text("Link,Officer’s mood\nhttps://videos.example/1,fair,and more\n", "utf-8")
    assert main(["import", str(file), "--preview"]) == 0
    assert "#   left out: Officer’s mood, column C" in capsys.readouterr().out


def test_a_preview_is_a_mapping_file_and_says_what_each_row_lacks(
    file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["import", str(file), "--preview"]) == 0
    printed = capsys.readouterr().out
    assert "# Sheet “Old”: 3 records" in printed
    assert "#   row 2 lacks: role" in printed
    mapping = file.with_name("mapping.toml")
    mapping.write_text(printed.replace('system = "Old"', 'system = "FLAG"'), "utf-8")
    assert main(["import", str(file), "--preview", "--mapping", str(mapping), "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["sheets"][0]["system"] == "FLAG"


@pytest.mark.parametrize(
    ("content", "says"),
    [
        ('[[sheets]]\nsheet = "Old"\nrole = "suspect"', "E-IMP-31"),
        ('[[sheets]]\nsheet = "None"', "E-MAP-01"),
        ("[[", "E-MAP-01"),
    ],
)
def test_a_mapping_that_gives_roles_or_does_not_fit_is_refused(
    file: Path, content: str, says: str, capsys: pytest.CaptureFixture[str]
) -> None:
    mapping = file.with_name("mapping.toml")
    mapping.write_text(content, "utf-8")
    assert main(["import", str(file), "--mapping", str(mapping)]) == 1
    assert f"[{says}," in capsys.readouterr().err


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"%PDF-1.7", "E-FILE-01"), (OLD[:500], "E-FILE-01"), (b"x\n" * 20_001, "E-FILE-02"),
        (b"x" * (20 * 1024 * 1024 + 1), "E-FILE-02"),
    ],
)  # fmt: skip
def test_a_hostile_file_is_refused_in_a_sentence(
    tmp_path: Path, data: bytes, says: str, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "old.xlsx"
    file.write_bytes(data)
    assert main(["import", str(file), "--preview"]) == 1
    told = capsys.readouterr()
    assert f"[{says}," in told.err
    assert "Traceback" not in told.err
    assert told.out == ""


def test_a_file_that_is_not_there_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["import", "/nowhere/old.xlsx"]) == 1
    assert "cannot be read" in capsys.readouterr().err


def test_a_file_is_brought_over_and_waits_until_its_90_days_are_over(
    fresh_desk: FreshDesk, file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert fresh_desk.database_url
    assert main(["import", str(file), "--mapping", "suggested"]) == 1
    assert "E-DPIA-58" in capsys.readouterr().err
    assert not ImportRunRow.objects.exists()
    Desk(now=datetime.now(UTC) - timedelta(days=2)).assured()
    assert main(["import", str(file), "--mapping", "suggested", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["records"] == 4
    assert ImportedRow.objects.count() == 4
    assert main(["import", str(file)]) == 0
    assert "on the page Old systems" in capsys.readouterr().err
    assert (
        list(ImportRunRow.objects.values_list("confirmed_at", flat=True).order_by("brought_at"))[1]
        is None
    )
    tidy(0)
    assert ImportedRow.objects.count() == 4
    later = datetime.now(UTC) + timedelta(days=91)
    assert imports.end_old(acting=Acting(officer=WORKER, at=later)) == 4 + 9
    assert known.by_system(officer=DEE)["Newer"][Tally.ERASED] == 1
