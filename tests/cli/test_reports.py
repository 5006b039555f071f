"""A published yearly report as a folder of files, from the command line."""

import json
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client

from evenhand.cli.main import main
from evenhand.rules.yearly import ReportKind
from tests.desks import FreshDesk
from tests.journeys import Desk
from tests.ledger.published import published
from tests.ledger.test_outside_tools import PYTHON, needed, said
from tests.web.people import now
from tests.web.test_published_files import PROGRAM


@pytest.fixture
def last(fresh_desk: FreshDesk) -> str:
    """The last month of both reports, which are published."""
    assert fresh_desk.database_url
    desk = Desk(now=now() - timedelta(hours=2))
    desk.log()
    found = {f"{desk.published_report(kind):%Y-%m}" for kind in ReportKind}
    [month] = found
    return month


@pytest.mark.parametrize("kind", ReportKind)
def test_a_published_report_is_a_folder_of_what_its_page_gives(
    last: str, kind: ReportKind, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "a" / "report"
    assert main(["report", kind, last, "--into", str(folder), "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["edition"], told["folder"]) == (1, str(folder))
    assert {it.name for it in folder.iterdir()} == set(told["files"])
    base = f"/public/reports/{kind}/{last}/1/"
    for name in told["files"]:
        if name.endswith(".csv") or name in {"metadata.json", "report.json"}:
            assert (folder / name).read_bytes() == Client().get(base + name).content
    assert json.loads((folder / "catalogue.jsonld").read_text("utf-8"))["dcat:dataset"]
    page = (folder / "index.html").read_text("utf-8")
    tables = [it for it in told["files"] if it.endswith(".csv")]
    assert all(f'href="{it}"' in page for it in tables)
    assert 'href="/' not in page
    assert f'href="{settings.PUBLIC_URL}/public/' in page


def test_the_folder_is_what_its_standards_ask(last: str, tmp_path: Path) -> None:
    shapes = published("dcat_ap_shapes.ttl")
    needed(str(PYTHON))
    for kind in ReportKind:
        assert main(["report", kind, last, "--into", str(tmp_path / kind)]) == 0
    status, output = said(PYTHON, PROGRAM, shapes, tmp_path)
    assert status == 0, output
    [found] = json.loads(output.splitlines()[-1]).values()
    assert {name: faults for name, faults in found.items() if faults} == {}


def test_a_report_that_is_not_published_is_said_to_be_none_and_how_one_comes_to_be(
    last: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["report", "transparency", "2020", "--into", str(tmp_path / "x")]) == 1
    told = capsys.readouterr().err
    assert "to the end of 2020-12 is published" in told
    assert f"Published are those to the end of: {last}." in told
    assert not (tmp_path / "x").exists()


def test_a_desk_without_any_says_so(
    fresh_desk: FreshDesk, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert fresh_desk.database_url
    assert main(["report", "trusted-flagger", "2025", "--into", str(tmp_path / "x")]) == 1
    assert "None is published yet." in capsys.readouterr().err


def test_nothing_is_written_over(
    last: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "mine").write_text("Mine.", "utf-8")
    assert main(["report", "transparency", last, "--into", str(tmp_path)]) == 1
    assert "is not empty" in capsys.readouterr().err
    assert [it.name for it in tmp_path.iterdir()] == ["mine"]


@pytest.mark.parametrize("year", ["26", "2026-13", "last"])
def test_a_year_is_written_as_one(year: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as left:
        main(["report", "transparency", year, "--into", "x"])
    assert left.value.code == 2
    assert "as 2026" in capsys.readouterr().err
