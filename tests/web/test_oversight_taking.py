"""What those who oversee take away or have done: a bundle, a sample, a comparison at once."""

import base64
import io
import tarfile
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from procrastinate.contrib.django.models import ProcrastinateJob

from evenhand.actions.sequencing import Sequencer
from evenhand.ledger.verify import verify
from evenhand.ledger.verify_asked import Asked
from evenhand.store.log import OpeningRow
from evenhand.store.sequencing import LogCheckpointRow, LogStateRow
from tests.builders import ADA, OLA
from tests.journeys import Desk
from tests.ledger import reading
from tests.signers import running_signer
from tests.web.filling import check_valid
from tests.web.people import now, queries_of, signed_in, text_of

pytestmark = pytest.mark.django_db
SAMPLE, BUNDLE, COMPARE = "/oversight/sample/", "/oversight/bundle/", "/oversight/compare/"


@pytest.fixture
def desk() -> Desk:
    return Desk(now=now() - timedelta(days=3))


@pytest.fixture
def ola(desk: Desk) -> Client:
    desk.by(OLA)
    return signed_in(OLA)


@pytest.fixture
def log(settings: Any, tmp_path: Path) -> Path:
    settings.LOG_FOLDER = tmp_path / "log"
    return tmp_path / "log"


@pytest.fixture
def signed(desk: Desk, log: Path) -> Iterator[None]:
    with running_signer() as signer:
        desk.log()
        Sequencer(log, signer.socket).step(now=now())
        yield


def opened(client: Client, address: str, **query: str) -> str:
    response = client.get(address, query)
    assert response.status_code == 200, text_of(response)
    check_valid(response)
    return text_of(response)


def newest() -> dict[str, object]:
    return reading.fields(OpeningRow.objects.latest("entry").fields)


@pytest.mark.usefixtures("signed")
def test_the_bundle_that_an_overseer_takes_away_verifies(ola: Client, tmp_path: Path) -> None:
    assert "with its first" in opened(ola, BUNDLE)
    missing = ola.post(BUNDLE, {})
    assert (missing.status_code, "Select what you read the log for" in text_of(missing)) == (
        422,
        True,
    )
    response = ola.post(BUNDLE, {"purpose": "security"})
    assert response.status_code == 200
    assert newest()["why"] == "security"
    assert ".tar" in response.headers["Content-Disposition"]
    with tarfile.open(fileobj=io.BytesIO(response.getvalue())) as packed:
        packed.extractall(tmp_path / "got", filter="data")
    report = verify(tmp_path / "got" / "evenhand-log", Asked())
    assert report.ok, report.difference
    assert report.entries == LogStateRow.objects.get().written < OpeningRow.objects.count()


@pytest.mark.usefixtures("log")
def test_before_anything_is_signed_there_is_nothing_to_take_or_to_draw(ola: Client) -> None:
    assert "Nothing of the log is signed yet" in opened(ola, BUNDLE)
    assert "Nothing of the log is signed yet" in text_of(ola.post(BUNDLE, {"purpose": "security"}))
    assert "nothing to draw from" in opened(ola, SAMPLE)


@pytest.mark.usefixtures("signed")
def test_a_sample_names_nobody_until_it_is_said_what_for(ola: Client) -> None:
    plain = opened(ola, SAMPLE)
    assert "Drawn from the checkpoint of" in plain
    assert ADA.name not in plain
    named = opened(ola, SAMPLE, purpose="lawfulness")
    assert ADA.name in named
    assert newest()["why"] == "lawfulness"
    asked = ola.get(SAMPLE, {"ask": "yes"})
    assert asked.status_code == 422
    assert ola.get(SAMPLE, {"purpose": "curiosity"}).status_code == 403


@pytest.mark.usefixtures("signed")
def test_from_a_checkpoint_that_the_log_did_not_sign_nothing_is_drawn(ola: Client) -> None:
    newest = LogCheckpointRow.objects.latest("size")
    root = base64.b64encode(bytes(32)).decode()
    lines = newest.checkpoint.split("\n")
    LogCheckpointRow.objects.update(checkpoint="\n".join([*lines[:2], root, *lines[3:]]))
    page = opened(ola, SAMPLE)
    assert "No key of the log signed the checkpoint" in page
    assert "Drawn from" not in page


@pytest.mark.usefixtures("signed")
def test_a_sample_costs_the_same_whatever_the_log(ola: Client, desk: Desk) -> None:
    ola.get(SAMPLE)  # The first page of a session keeps that, too.
    before = queries_of(lambda: ola.get(SAMPLE))
    for number in range(5):
        desk.log(f"https://www.tiktok.com/@nobody.at.all/video/70000000000000000{number}1")
    assert queries_of(lambda: ola.get(SAMPLE)) == before <= 8


def test_a_comparison_is_asked_for_once_at_a_time(ola: Client) -> None:
    for _ in range(2):
        response = ola.post(COMPARE, follow=True)
        assert "The worker compares casework with the log" in text_of(response)
    assert ProcrastinateJob.objects.filter(task_name="compare_with_log").count() == 1
    assert ola.get(COMPARE).status_code == 405


def test_who_does_not_oversee_gets_none_of_it(desk: Desk) -> None:
    desk.by(ADA)
    client = signed_in(ADA)
    for address in (SAMPLE, BUNDLE):
        assert client.get(address).status_code == 403
    assert client.post(BUNDLE, {"purpose": "security"}).status_code == 403
    assert client.post(COMPARE).status_code == 403
