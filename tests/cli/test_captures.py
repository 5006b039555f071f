"""``evenhand hand-over``: a stopped capture leaves unopened, for one recipient."""

import json
from pathlib import Path
from uuid import uuid4

import pytest
from pyrage import decrypt
from pyrage.x25519 import Identity

from evenhand.actions import captures
from evenhand.cli.main import main
from evenhand.queries import history
from tests.builders import ADA, OLA
from tests.capture_files import FILES
from tests.captures import taken
from tests.desks import FreshDesk
from tests.journeys import Desk

THEIRS = Identity.generate()
LOCK = str(THEIRS.to_public())


@pytest.fixture
def place(fresh_desk: FreshDesk, tmp_path: Path) -> Path:
    return tmp_path / "exhibit"


def test_only_who_it_is_for_opens_a_stopped_capture(
    place: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    desk = Desk()
    reference = desk.log()
    capture = taken(desk, reference)
    captures.stop(capture, acting=desk.by(ADA))
    assert main(["hand-over", str(capture), "--to", LOCK, str(place), "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    names = {it.name for it in place.iterdir()}
    assert names == {told["file"], captures.IDENTITY} == {f"{capture.hex}.age", "identity.age"}
    identity = decrypt((place / captures.IDENTITY).read_bytes(), [THEIRS]).decode()
    sealed = (place / told["file"]).read_bytes()
    assert decrypt(sealed, [Identity.from_str(identity)]) in FILES.values()
    acts = [it.act for it in history.of(reference, officer=OLA).lines]
    assert "capture.stop" in acts
    assert main(["hand-over", str(capture), "--to", LOCK, str(place)]) == 1
    assert "exhibit" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("stopped", "lock", "says"),
    [
        (False, LOCK, "This capture was not stopped."),
        (True, "age1nothing", "This is not a public key of age."),
    ],
    ids=["not stopped", "no key"],
)
def test_what_is_not_handed_over_leaves_nothing(
    place: Path, capsys: pytest.CaptureFixture[str], stopped: bool, lock: str, says: str
) -> None:
    desk = Desk()
    capture = taken(desk, desk.log())
    if stopped:
        captures.stop(capture, acting=desk.by(ADA))
    assert main(["hand-over", str(capture), "--to", lock, str(place)]) == 1
    assert says in capsys.readouterr().err
    assert main(["hand-over", str(uuid4()), "--to", LOCK, str(place)]) == 1
    assert not place.exists()
