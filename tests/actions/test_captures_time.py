"""Timestamps of captures: from a real authority, asked for until there is one, gone with them."""

from collections.abc import Iterator
from pathlib import Path
from uuid import UUID

import pytest
from django.conf import settings

from evenhand.actions import captures, captures_time
from evenhand.ledger.acts import Act
from evenhand.queries import captures as known
from evenhand.rules.captures import NoTimestamp
from evenhand.rules.officers import WORKER
from evenhand.store.captures import CaptureRow, CaptureTimeRow
from evenhand.store.exports import chain_of
from evenhand.transports.timestamps import Authority, stamped
from tests.builders import ADA, BO, as_reader
from tests.captures import taken
from tests.journeys import Desk, changing_nothing
from tests.timestamps import Tsa, openssl, serving

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def tsa(tmp_path_factory: pytest.TempPathFactory) -> Tsa:
    return Tsa(tmp_path_factory.mktemp("tsa") / "one")


@pytest.fixture
def authority(tsa: Tsa, monkeypatch: pytest.MonkeyPatch) -> Iterator[Authority]:
    with serving(tsa.reply, tsa.root) as authority:
        monkeypatch.setattr(settings, "TIMESTAMPS", authority)
        yield authority


@pytest.fixture
def desk() -> Desk:
    desk = Desk()
    desk.add(ADA)
    desk.add(BO)
    return desk


def stamp_all(desk: Desk) -> None:
    captures_time.stamp_all(acting=desk.by(WORKER))


def why(reference: str) -> list[NoTimestamp | None]:
    return [it.unstamped for it in known.of(reference, acting=as_reader(BO))]


def test_openssl_verifies_what_the_desk_keeps(
    desk: Desk, authority: Authority, tmp_path: Path
) -> None:
    reference = desk.log()
    capture = taken(desk, reference)
    assert why(reference) == [NoTimestamp.NOT_YET]
    stamp_all(desk)
    [found] = known.of(reference, acting=as_reader(BO))
    row = CaptureTimeRow.objects.get()
    assert (found.stamped_at, found.unstamped) == (row.stamped_at, None)
    (tmp_path / "tsr").write_bytes(row.response)
    (tmp_path / "pem").write_text(row.certificates)
    trusted = ("-in", tmp_path / "tsr", "-CAfile", tmp_path / "pem")
    assert not openssl("ts", "-verify", "-digest", found.sha256, *trusted).returncode
    assert openssl("ts", "-verify", "-digest", "00" * 32, *trusted).returncode
    [(_, entry)] = [it for it in chain_of([capture]) if it[1].act == Act.CAPTURE_TIMESTAMPED]
    assert entry.fields["capture"] == found.sha256
    assert entry.fields["who"] == str(WORKER.ref)
    with changing_nothing():
        stamp_all(desk)


def test_a_desk_that_names_no_authority_asks_none_and_says_nothing(desk: Desk) -> None:
    reference = desk.log()
    taken(desk, reference)
    assert settings.TIMESTAMPS is None
    stamp_all(desk)
    assert why(reference) == [None]


def test_a_failure_is_told_and_asked_again_after_the_others(
    desk: Desk, tsa: Tsa, authority: Authority, monkeypatch: pytest.MonkeyPatch
) -> None:
    reference = desk.log()
    taken(desk, reference)
    taken(desk, reference)
    with serving(lambda _: b"garbage", tsa.root) as broken, changing_nothing():
        monkeypatch.setattr(settings, "TIMESTAMPS", broken)
        stamp_all(desk)
    assert why(reference) == [NoTimestamp.UNREADABLE, NoTimestamp.NOT_YET]
    with changing_nothing():
        stamp_all(desk)
    assert why(reference) == [NoTimestamp.UNREADABLE, NoTimestamp.AWAY]
    monkeypatch.setattr(settings, "TIMESTAMPS", authority)
    stamp_all(desk)
    assert why(reference) == [None, None]
    assert CaptureTimeRow.objects.count() == 2


def test_what_was_stopped_has_none_asked_for_and_keeps_what_it_has(
    desk: Desk, authority: Authority
) -> None:
    reference = desk.log()
    first = taken(desk, reference)
    stamp_all(desk)
    captures.stop(first, acting=desk.by(BO))
    second = taken(desk, reference)
    captures.stop(second, acting=desk.by(BO))
    stamp_all(desk)
    assert why(reference) == [None, None]
    assert [it.capture_id for it in CaptureTimeRow.objects.all()] == [first]


def test_what_changed_while_the_authority_answered_is_not_written_over(
    desk: Desk, authority: Authority
) -> None:
    reference = desk.log()
    capture, stopped = taken(desk, reference), taken(desk, reference)
    captures.stop(stopped, acting=desk.by(BO))
    stamp = stamped(bytes(CaptureRow.objects.get(id=capture).sha256), authority)

    def keep(it: UUID) -> None:
        captures_time.keep(it, stamp, authority.certificates, acting=desk.by(WORKER))

    keep(capture)
    for it in (capture, stopped, UUID(int=1)):
        with changing_nothing():
            keep(it)


def test_it_goes_with_its_capture(desk: Desk, authority: Authority) -> None:
    reference = desk.log()
    taken(desk, reference)
    stamp_all(desk)
    desk.do(reference, "statutory")
    assert not CaptureTimeRow.objects.exists()
