"""The log as anybody may have it: files as the specification says, and a page in plain words."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from evenhand.actions.sequencing import Sequencer
from evenhand.ledger.bundle import CHECKPOINT
from evenhand.ledger.checkpoints import Checkpoint, open_checkpoint
from evenhand.ledger.files import put_once, reader_of, replace
from evenhand.ledger.growth import GrowingLog
from evenhand.ledger.keys import Kind
from evenhand.ledger.policies import parse_policy
from evenhand.ledger.proofs import prove
from evenhand.ledger.signing import SigningKey, new_signing_key, sign_checkpoint
from evenhand.ledger.tiles import ENTRIES, Tile, entries_between
from evenhand.ledger.tree import root_of
from evenhand.store.new_log import closed_folder
from evenhand.store.sequencing import (
    ClosedLogRow,
    LogCheckpointRow,
    LogKeyRow,
    LogStateRow,
    LogWitnessRow,
)
from evenhand.transports.signer import keys_of
from tests.builders import ADA, profile
from tests.journeys import Desk
from tests.ledger.cast import EAST, WEST, checkpoint
from tests.signers import running_signer
from tests.web.filling import check_valid
from tests.web.people import now, queries_of, signed_in, text_of

pytestmark = pytest.mark.django_db
WITNESSES = f"""
witness east {EAST.verifier} https://east.example/w
witness west {WEST.verifier} https://west.example/w
group both all east west
quorum both
"""


@pytest.fixture
def log(settings: Any, tmp_path: Path) -> Path:
    settings.LOG_FOLDER = tmp_path / "log"
    return settings.LOG_FOLDER  # type: ignore[no-any-return]


@pytest.fixture
def desk() -> Desk:
    return Desk()


@pytest.fixture
def signed(log: Path, desk: Desk) -> Iterator[int]:
    """A desk whose log is signed so far; how many entries that are."""
    with running_signer() as running:
        desk.log()
        for _ in range(2):
            Sequencer(log, running.socket).step(now=now())
        yield LogStateRow.objects.get().written


def by_hand(log: Path, key: SigningKey) -> bytes:
    """Publish a log of one entry."""
    tree = GrowingLog()
    put_once(log, tree.add([b"the first entry"]))
    note = str(sign_checkpoint(Checkpoint(key.name, tree.size, tree.root()), [key])).encode()
    replace(log, CHECKPOINT, note)
    return note


def page(client: Client) -> str:
    response = client.get("/log/")
    assert response.status_code == 200
    check_valid(response)
    return text_of(response)


def test_anybody_reads_the_hash_of_every_entry_and_they_lead_to_the_signed_root(
    signed: int, log: Path
) -> None:
    client = Client()

    def read(path: str) -> bytes:
        response = client.get(f"/log/{path}")
        if response.status_code == 404:
            raise FileNotFoundError(path)
        assert response.headers["Content-Type"] == "application/octet-stream"
        assert response.headers["Cache-Control"] == "public, max-age=31536000, immutable"
        assert response.headers["Access-Control-Allow-Origin"] == "*"
        return response.content

    served = client.get("/log/checkpoint")
    assert served.headers["Content-Type"] == "text/plain; charset=utf-8"
    assert served.headers["Cache-Control"] == "no-cache"
    policy = parse_policy(client.get("/log/policy").content)
    checkpoint = policy.open(served.content).checkpoint
    assert checkpoint.size == signed
    entries = list(entries_between(reader_of(log), 0, signed, signed))
    assert root_of(entries) == checkpoint.root
    for index in (0, signed - 1):
        proof = prove(read, index=index, size=signed, checkpoint=served.content.decode())
        assert proof.check(entries[index], policy).checkpoint == checkpoint


def test_what_was_done_on_a_day_is_not_for_everybody(signed: int, log: Path) -> None:
    path = Tile(ENTRIES, 0, signed).path
    assert b"referral.log" in reader_of(log)(path)
    for client in (Client(), signed_in(ADA)):
        assert client.get(f"/log/{path}").status_code == 404


def test_files_stay_cacheable_for_who_is_signed_in_and_pages_do_not(signed: int) -> None:
    assert signed
    client = signed_in(ADA)
    tile = client.get(f"/log/{Tile(0, 0, signed).path}")
    assert tile.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert "Vary" not in tile.headers
    assert client.get("/log/").headers["Cache-Control"] == "no-store"
    missing = client.get("/log/tile/0/999")
    assert (missing.status_code, missing.headers["Cache-Control"]) == (404, "no-store")


@pytest.mark.parametrize(
    "path",
    ["0/000.p/999", "0/1", "0/../0/000", "..%2f..%2fkeys%2fdesk.key", "64/000", "entries/000.p/0",
     "0/x000/000", "8/000", "0/000.p/1/x", "%00", "٣/000"],
)  # fmt: skip
def test_what_is_no_tile_of_the_log_is_not_found(path: str, signed: int) -> None:
    assert signed
    assert Client().get(f"/log/tile/{path}").status_code == 404


def test_before_anything_is_signed_the_page_says_so(log: Path) -> None:
    assert not log.exists()
    shown = page(Client())
    assert "Nothing is signed yet" in shown
    assert Client().get("/log/checkpoint").status_code == 404
    assert Client().get("/log/policy").content == b"quorum none\n"


def test_the_page_says_how_far_it_is_signed_and_that_nobody_cosigns(
    signed: int, desk: Desk
) -> None:
    shown = page(Client())
    assert f"{signed:,}" in shown
    assert "No other organisation cosigns this log" in shown
    assert "wait for the next signature" not in shown
    desk.log("https://www.tiktok.com/@nobody.at.all/video/7000000000000000001")
    assert "They wait for the next signature" in page(Client())


def test_the_page_says_when_the_log_does_not_go_on(signed: int, desk: Desk) -> None:
    assert signed
    LogStateRow.objects.update(fault="the signer does not answer", fault_since=now())
    shown = page(Client())
    assert "its log does not go on" in shown
    assert "signer does not answer" not in shown
    LogStateRow.objects.update(fault="", fault_since=None)
    assert "its log does not go on" not in page(Client())
    desk.log("https://www.tiktok.com/@nobody.at.all/video/7000000000000000001")
    LogCheckpointRow.objects.update(signed_at=now() - timedelta(minutes=11))
    assert "its log does not go on" in page(Client())


def cosigned(size: int, *, by: SigningKey, at: datetime) -> None:
    """Keep a checkpoint that a witness cosigned, and that it was heard of."""
    note = checkpoint(size, bytes(32), at=int(at.timestamp()), by=(by,))
    LogCheckpointRow.objects.update_or_create(
        size=size, defaults={"checkpoint": str(note), "signed_at": at}
    )
    LogWitnessRow.objects.update_or_create(
        key=str(by.verifier), defaults={"size": size, "heard_at": at}
    )


def test_the_page_says_who_cosigned_what_and_when_and_who_is_silent(
    signed: int, settings: Any
) -> None:
    settings.DESK = profile(witness_policy=WITNESSES)
    cosigned(1, by=EAST, at=now() - timedelta(minutes=11))
    shown = page(Client())
    assert "east.example/w has not been heard of since" in shown
    assert "It cosigned 1 entries then" in shown
    assert "west.example/w has not been heard of yet" in shown
    cosigned(signed, by=EAST, at=now() - timedelta(minutes=11))
    assert f"east.example/w cosigned {signed} entries on" in page(Client())
    cosigned(signed, by=EAST, at=now() - timedelta(minutes=71))
    assert "east.example/w has not been heard of since" in page(Client())
    settings.DESK = profile(witness_policy=WITNESSES.replace("quorum both", "quorum none"))
    assert "does not wait for their cosignatures" in page(Client())


def test_what_a_witness_never_signed_is_not_said_of_it(signed: int, settings: Any) -> None:
    settings.DESK = profile(witness_policy=WITNESSES)
    LogWitnessRow.objects.create(key=str(EAST.verifier), size=signed, heard_at=now())
    assert "east.example/w has not been heard of yet" in page(Client())
    stranger = SigningKey(EAST.name, Kind.COSIGNATURE, b"x" * 32)
    cosigned(signed, by=stranger, at=now())
    assert "east.example/w has not been heard of yet" in page(Client())
    cosigned(1, by=EAST, at=now())
    LogWitnessRow.objects.filter(key=str(EAST.verifier)).update(size=signed)
    assert "east.example/w cosigned 1 entries on" in page(Client())


def test_the_page_asks_the_same_number_of_questions_whatever_the_log(
    signed: int, settings: Any
) -> None:
    assert signed
    settings.DESK = profile(witness_policy=WITNESSES)
    before = queries_of(lambda: page(Client()))
    for number in range(30):
        LogCheckpointRow.objects.create(size=10_000 + number, checkpoint="", signed_at=now())
    assert queries_of(lambda: page(Client())) == before <= 8


def test_the_key_on_the_page_is_the_one_that_signed(log: Path) -> None:
    with running_signer() as running:
        Sequencer(log, running.socket).step(now=now())
        [key] = keys_of(running.socket)
    assert str(key) in page(Client())
    assert open_checkpoint(Client().get("/log/checkpoint").content, [key]).signed


def test_a_log_that_was_begun_anew_says_so_and_stands_at_an_address_of_its_own(
    log: Path,
) -> None:
    closed, key = (new_signing_key(f"desk.example/{it}", Kind.ED25519) for it in ("log", "log-2"))
    before = by_hand(log, closed)
    for path in ("1/checkpoint", "2/checkpoint", "2/policy", "0/checkpoint", "3/tile/0/000.p/1"):
        assert Client().get(f"/log/{path}").status_code == 404, path
    assert "It continues the log" not in page(Client())
    ClosedLogRow.objects.create(
        id=1, origin=closed.name, size=1, checkpoint=before.decode(), continued_by=key.name,
        why="entries_lost", at=now(), entry=1,
    )  # fmt: skip
    LogKeyRow.objects.create(key=str(closed.verifier), since=now(), closed=1)
    closed_folder(log, 1).parent.mkdir()
    log.rename(closed_folder(log, 1))
    by_hand(log, key)
    LogKeyRow.objects.create(key=str(key.verifier), since=now())
    client = Client()
    shown = page(client)
    assert "It continues the log desk.example/log, which was closed after" in shown
    assert "entries of it were lost, so it could not go on" in shown
    assert "Logs that were closed" in shown
    assert "The operator named them, and the desk did not ask them" in shown
    welsh = Client(headers={"Accept-Language": "cy"})
    assert "Mae’n parhau’r cofnod desk.example/log" in page(welsh)
    # What caches keep of the old one stays true: the new one has other addresses.
    assert client.get("/log/checkpoint").content == before
    assert client.get(f"/log/{Tile(0, 0, 1).path}").status_code == 200
    old, new = (parse_policy(client.get(f"/log/{it}policy").content) for it in ("", "2/"))
    assert old.open(before).checkpoint.size == 1
    served = client.get("/log/2/checkpoint")
    assert served.headers["Cache-Control"] == "no-cache"
    opened = new.open(served.content)
    assert [it.key for it in opened.signed] == [key.verifier]
    tile = client.get(f"/log/2/{Tile(0, 0, opened.checkpoint.size).path}")
    assert tile.headers["Cache-Control"] == "public, max-age=31536000, immutable"
