"""What programs that nobody here wrote say of the files that we publish: all in one process.

Where they or the shapes of DCAT-AP are missing, it says loudly that it did not run; in CI it fails.
"""

import json
from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client

from evenhand.rules.referrals import State
from evenhand.rules.yearly import ReportKind
from tests.journeys import Desk
from tests.ledger.published import published
from tests.ledger.test_outside_tools import PYTHON, needed, said
from tests.web.people import now, text_of

pytestmark = pytest.mark.django_db
PROGRAM = Path(__file__).with_name("outside") / "published_check.py"
BROKEN = {
    "transparency/months.csv": ("2026-", "in words, 2026-"),
    "transparency/metadata.json": ('"datatype": "integer"', '"datatype": "date"'),
    "trusted-flagger/providers.csv": ("\r\n", ",one too many\r\n"),
    "catalogue.jsonld": ('"dct:publisher"', '"dct:creator"'),
    "security.txt": ("Expires: 20", "Expires: 19"),
}
"""In each file a text, and what takes its place: the programs must find every one."""


def test_every_published_file_is_what_its_standard_asks_and_a_broken_one_is_found(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shapes = published("dcat_ap_shapes.ttl")
    needed(str(PYTHON))
    monkeypatch.setattr(settings, "PUBLIC_URL", "https://desk.example")
    right, broken = tmp_path / "right", tmp_path / "broken"
    files = files_of_a_desk()
    for name, text in files.items():
        write(right / name, text)
        write(broken / name, text.replace(*BROKEN.get(name, ("", "")), 1))
    status, output = said(PYTHON, PROGRAM, shapes, right, broken)
    assert status == 0, output
    found = json.loads(output.splitlines()[-1])
    assert {name: told for name, told in found["right"].items() if told} == {}
    assert set(found["right"]) == set(files) - {f"{it}/report.json" for it in ReportKind}
    assert BROKEN.keys() - {name for name, told in found["broken"].items() if told} == set()


def write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text.encode())


def files_of_a_desk() -> Mapping[str, str]:
    """Have both reports published; give every file that anybody can have, by its name."""
    desk = Desk(now=now() - timedelta(days=40))
    desk.assured()
    desk.brought_to(State.CHECKED, address="https://youtu.be/z0000000001")
    desk.brought_to(State.SENT)
    desk.now = now() - timedelta(hours=2)
    anybody = Client()
    found = {
        "catalogue.jsonld": "/public/reports/catalogue.jsonld",
        "security.txt": "/.well-known/security.txt",
    }
    for kind in ReportKind:
        base = f"/public/reports/{kind}/{desk.published_report(kind):%Y-%m}/1/"
        report = json.loads(anybody.get(f"{base}report.json").content)
        names = [f"{it['name']}.csv" for it in report["tables"]]
        found |= {f"{kind}/{it}": base + it for it in (*names, "metadata.json", "report.json")}
    return {name: text_of(anybody.get(place)) for name, place in found.items()}
