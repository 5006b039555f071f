"""T28: stopping a capture wins against whoever downloads it at that moment, in every round."""

from threading import Thread
from uuid import UUID

import pytest
from django.db import connection

from evenhand.actions import captures
from evenhand.queries import captures as known
from evenhand.rules.captures import CaptureLocked
from evenhand.rules.officers import Acting
from evenhand.seal.age import PIECE
from tests.builders import ADA, BO, CY
from tests.capture_files import png
from tests.captures import taken
from tests.desks import FreshDesk
from tests.journeys import Desk

ROUNDS = 40
LARGE = png(body=bytes(40 * PIECE))


class Download(Thread):
    """Somebody who reads a capture to its end, or until they are refused."""

    def __init__(self, capture: UUID, acting: Acting) -> None:
        super().__init__()
        self.capture, self.acting = capture, acting
        self.came, self.is_stopped = 0, False

    def run(self) -> None:
        try:
            known.look(self.capture, "To see it.", acting=self.acting)
            for piece in known.open_one(self.capture, acting=self.acting).pieces:
                self.came += len(piece)
        except CaptureLocked:
            self.is_stopped = True
        finally:
            connection.close()


@pytest.mark.usefixtures("fresh_desk")
def test_once_it_is_stopped_at_most_the_piece_on_its_way_still_comes(
    fresh_desk: FreshDesk,
) -> None:
    desk = Desk()
    reference = ""
    for at in range(ROUNDS):
        reference = desk.log() if at % 20 == 0 else reference
        capture = taken(desk, reference, LARGE)
        reader = Download(capture, desk.by(BO))
        reader.start()
        while reader.is_alive() and reader.came < at * PIECE:
            reader.join(0.0005)
        captures.stop(capture, acting=desk.by(CY))
        came = reader.came
        reader.join()
        assert reader.is_stopped or reader.came == len(LARGE)
        assert reader.came - came <= PIECE or not reader.is_stopped
        with pytest.raises(CaptureLocked):
            known.open_one(capture, acting=desk.by(ADA))
