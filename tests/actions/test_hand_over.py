"""A stopped capture leaves unopened; only the owner of the tables can have it leave."""

from pathlib import Path

import pytest
from pyrage import decrypt
from pyrage.x25519 import Identity

from evenhand.actions import captures
from evenhand.rules.officers import WORKER
from tests.builders import BO
from tests.capture_files import FILES
from tests.captures import taken
from tests.journeys import Desk


@pytest.mark.usefixtures("fresh_desk")
def test_a_stopped_capture_is_handed_over_unopened_to_one_recipient(
    tmp_path: Path,
) -> None:
    theirs, folder = Identity.generate(), tmp_path / "exhibit"
    desk = Desk()
    capture = taken(desk, desk.log())
    captures.stop(capture, acting=desk.by(BO))
    file = captures.hand_over(capture, str(theirs.to_public()), folder, acting=desk.by(WORKER))
    identity = decrypt((folder / captures.IDENTITY).read_bytes(), [theirs]).decode()
    assert decrypt(file.read_bytes(), [Identity.from_str(identity)]) in FILES.values()
