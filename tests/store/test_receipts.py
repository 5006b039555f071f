"""Each entry is told of at its commit, once, and nothing else is."""

import logging
import socket
from collections.abc import Iterator
from logging.config import dictConfig
from pathlib import Path

import pytest

from evenhand.actions import drafts
from evenhand.config.logs import receipts_handler
from evenhand.ledger.receipts import stream_lines
from evenhand.queries import referrals
from evenhand.queries.referrals import Filter
from evenhand.store.log import EntryRow
from evenhand.store.receipts import STREAM
from evenhand.store.trips import in_one_transaction
from evenhand.store.writing import NothingEntered, writing
from tests.builders import ADA
from tests.journeys import Desk

pytestmark = pytest.mark.usefixtures("fresh_desk")


def stream_to(address: str) -> None:
    dictConfig(
        {
            "version": 1,
            "disable_existing_loggers": False,
            "formatters": {"receipt": {"format": "{message}", "style": "{"}},
            "handlers": {"receipts": receipts_handler(address)},
            "loggers": {
                STREAM.name: {"handlers": ["receipts"], "level": "INFO", "propagate": False}
            },
        }
    )


@pytest.fixture
def stream(tmp_path: Path) -> Iterator[Path]:
    before = STREAM.handlers[:], STREAM.level
    path = tmp_path / "a folder" / "receipts é.log"
    path.parent.mkdir()
    stream_to(f"file:{path}")
    yield path
    for handler in STREAM.handlers:
        handler.close()
    STREAM.handlers, STREAM.level = before


def told(path: Path) -> list[bytes]:
    with path.open("rb") as lines:
        return [leaf for _at, leaf in stream_lines(lines)]


def entered() -> list[bytes]:
    return [
        bytes(it) for it in EntryRow.objects.order_by("number").values_list("leaf_hash", flat=True)
    ]


def test_every_entry_is_told_of_once_and_a_repeated_look_is_not(stream: Path) -> None:
    before = entered()
    desk = Desk()
    desk.log()
    acting = desk.by(ADA)
    for _ in range(3):
        referrals.find(Filter(), acting=acting)
    drafts.tidy(now=desk.now)
    assert sorted(told(stream)) == sorted(entered()[len(before) :])


def test_what_is_rolled_back_is_not_told(stream: Path) -> None:
    desk = Desk()
    desk.by(ADA)
    count = len(told(stream))
    with pytest.raises(NothingEntered), writing():
        pass
    with pytest.raises(ZeroDivisionError), in_one_transaction():
        desk.log()
        assert len(told(stream)) == count
        raise ZeroDivisionError
    assert len(told(stream)) == count


def test_a_log_host_is_told_by_syslog(stream: Path) -> None:
    assert not stream.exists()
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as host:
        host.bind(("127.0.0.1", 0))
        host.settimeout(10)
        stream_to(f"syslog://127.0.0.1:{host.getsockname()[1]}")
        before = entered()
        Desk().by(ADA)
        received = [host.recv(2_000) for _ in entered()[len(before) :]]
    assert [leaf for _at, leaf in stream_lines(received)] == entered()[len(before) :]


def test_an_act_stands_though_nobody_could_be_told(
    stream: Path, caplog: pytest.LogCaptureFixture
) -> None:
    stream.parent.rmdir()
    with caplog.at_level(logging.WARNING):
        Desk().log()
    assert "A receipt was not told" in caplog.text


@pytest.mark.parametrize("address", ["nonsense", "http://x.example", "file://host/x", "syslog:"])
def test_an_address_of_another_kind_is_refused(address: str) -> None:
    with pytest.raises(ValueError, match="not an address"):
        receipts_handler(address)


def test_without_an_address_nothing_is_told() -> None:
    assert receipts_handler("") == {"class": "logging.NullHandler"}
    assert receipts_handler("syslog:/dev/log")["address"] == "/dev/log"
    assert receipts_handler("syslog://loghost.example")["address"] == ("loghost.example", 514)
