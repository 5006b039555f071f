"""The log handed out: who takes it and what for is entered, and what is missing is said."""

import json
import tomllib
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings

from evenhand import version
from evenhand.actions import reconciling
from evenhand.actions.exporting import enter_export, enter_taking, rules_kept, write_published
from evenhand.actions.sequencing import Sequencer
from evenhand.ledger.broken import Broken
from evenhand.ledger.verify import verify
from evenhand.ledger.verify_asked import Asked
from evenhand.rules.officers import WORKER, Permission, RoleMissing
from evenhand.rules.oversight import LogPurposeMissing
from evenhand.store import sequencing
from evenhand.store.log import OpeningRow
from evenhand.store.sequencing import LogCheckpointRow
from tests.builders import ADA, OLA
from tests.journeys import Desk
from tests.ledger import reading
from tests.ledger.cast import checkpoint as of_another_log
from tests.signers import running_signer

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk() -> Desk:
    return Desk()


@pytest.fixture
def signed(desk: Desk, tmp_path: Path) -> Iterator[LogCheckpointRow]:
    with running_signer() as signer:
        desk.log()
        Sequencer(tmp_path / "log", signer.socket).step(now=desk.now)
        newest = sequencing.newest_checkpoint()
        assert newest is not None
        yield newest


def written(desk: Desk, folder: Path, *, since: bytes | None = None) -> Path:
    place = folder / "bundle"
    write_published(place, log=folder / "log", policy="quorum none\n", since=since, at=desk.now)
    return place


def newest_entry() -> dict[str, Any]:
    return reading.fields(OpeningRow.objects.latest("entry").fields)


def test_who_takes_the_log_away_says_what_for_and_it_is_an_entry(desk: Desk) -> None:
    enter_taking("security", acting=desk.by(OLA))
    assert newest_entry()["why"] == "security"
    enter_export(Permission.OVERSEE, acting=desk.by(WORKER))
    assert newest_entry()["why"] == "oversee"
    with pytest.raises(LogPurposeMissing):
        enter_taking("curiosity", acting=desk.by(OLA))
    with pytest.raises(RoleMissing):
        enter_taking("security", acting=desk.by(ADA))


def test_a_bundle_goes_on_from_a_checkpoint_of_this_log_only(
    desk: Desk, signed: LogCheckpointRow, tmp_path: Path
) -> None:
    for wrong, why in (
        (b"nonsense", "A note is a text"),
        (str(of_another_log(1, bytes(32))).encode(), "No key that is known here has signed"),
    ):
        said = f"The checkpoint that the bundle is to go on from does not hold. {why}"
        with pytest.raises(Broken, match=said):
            written(desk, tmp_path, since=wrong)
    since = signed.checkpoint.encode()
    assert verify(written(desk, tmp_path, since=since), Asked(kept=since)).ok


def test_what_the_desk_has_forgotten_it_cannot_go_on_from(
    desk: Desk, signed: LogCheckpointRow, tmp_path: Path
) -> None:
    LogCheckpointRow.objects.update(size=1)
    with pytest.raises(
        Broken, match=f"is of {signed.size} entries, and the log is published up to"
    ):
        written(desk, tmp_path, since=signed.checkpoint.encode())


def test_before_anything_is_signed_there_is_no_bundle(desk: Desk, tmp_path: Path) -> None:
    with pytest.raises(Broken, match="no checkpoint yet"):
        written(desk, tmp_path)


def test_only_who_oversees_has_casework_compared(desk: Desk) -> None:
    for _ in range(2):
        reconciling.ask(acting=desk.by(OLA))
    with pytest.raises(RoleMissing):
        reconciling.ask(acting=desk.by(ADA))


def test_the_rules_come_with_the_versions_of_the_software_and_of_the_law_data() -> None:
    told = json.loads(rules_kept())
    assert told["software"] == version()
    assert {it["code"] for it in told["rules"]} > {"E-LOG-55", "E-TWO-01"}
    files = {it.name: sha256(it.read_bytes()).hexdigest() for it in settings.LAW_DATA.iterdir()}
    assert {name: it["sha256"] for name, it in told["law_data"].items()} == files
    with (settings.LAW_DATA / "harms.toml").open("rb") as file:
        harms = tomllib.load(file)
    assert told["law_data"]["harms.toml"]["version"] == str(harms["version"])
