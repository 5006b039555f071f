"""Captures: kept and opened for a reason, stopped for good, gone with their key."""

import hashlib
import shutil
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from django.conf import settings
from django.db import connection
from pyrage.x25519 import Identity

from evenhand.actions import assessments, captures
from evenhand.actions.backing_up import copy_captures, put_captures_back
from evenhand.actions.captures_coming import drop
from evenhand.ledger.acts import Act
from evenhand.queries import captures as known
from evenhand.queries import consultations, history
from evenhand.rules.assessments import ReportedTo
from evenhand.rules.captures import (
    MOST_CAPTURES,
    CaptureAway,
    CaptureDamaged,
    CaptureLocked,
    CaptureReasonMissing,
    CapturesOff,
    How,
    NoMoreCaptures,
    NotHandedOver,
    Scan,
)
from evenhand.rules.captures_formats import Format
from evenhand.rules.harms import StatutoryRouteOnly
from evenhand.rules.officers import WORKER, RoleMissing
from evenhand.rules.referrals import NotFound, State
from evenhand.rules.refusals import Refused
from evenhand.rules.texts import TextMissing
from evenhand.seal.age import FileDamaged
from evenhand.store import capture_files
from evenhand.store.captures import CaptureRow
from evenhand.store.machinery import ConsultationRow
from tests.builders import ADA, BO, CY, DEE, MAX, NOW, OLA, acting, as_reader
from tests.capture_files import FILES, png
from tests.captures import (
    WHY,
    bucket_of_its_own,
    coming,
    left,
    lying,
    put_behind_our_back,
    received,
    taken,
    taking,
)
from tests.journeys import Desk, changing_nothing, refused
from tests.swift import Swift

pytestmark = pytest.mark.django_db
STILL = FILES[Format.PNG]
REASON = "To compare it with what the platform says."


@pytest.fixture
def desk() -> Desk:
    desk = Desk()
    for officer in (ADA, BO, CY, DEE, OLA):
        desk.add(officer)
    return desk


def opened(desk: Desk, capture: UUID) -> bytes:
    known.look(capture, REASON, acting=desk.by(BO))
    return b"".join(known.open_one(capture, acting=desk.by(BO)).pieces)


@pytest.mark.usefixtures("each_store")
def test_a_capture_comes_back_as_it_was_handed_in_and_lies_sealed(desk: Desk) -> None:
    reference, before = desk.log(), left()
    secret = b"a sentence in the middle of it"
    capture = taken(desk, reference, png(body=secret))
    [name] = left() - before
    assert name == f"{capture.hex}.age"
    sealed = lying(capture)
    assert sealed.startswith(b"age-encryption.org/v1\n")
    assert secret not in sealed
    [found] = known.of(reference, acting=as_reader(BO))
    assert (found.by, found.why, found.how, found.offset) == ("Ada", WHY, How.SCREENSHOT, -4)
    assert found.sha256 == hashlib.sha256(png(body=secret)).hexdigest()
    assert (found.size, found.scan) == (len(png(body=secret)), Scan.NOT_SCANNED)
    assert (found.told.format, found.can_be_drawn) == (Format.PNG, True)
    assert opened(desk, capture) == png(body=secret)


def test_taking_and_stopping_stand_in_the_history_of_the_referral(desk: Desk) -> None:
    reference = desk.log()
    capture = taken(desk, reference)
    opened(desk, capture)
    captures.stop(capture, acting=desk.by(BO))
    lines = history.of(reference, officer=OLA).lines
    assert [it.act for it in lines] == [Act.REFERRAL_LOGGED, Act.CAPTURE_TAKEN, Act.CAPTURE_STOPPED]
    assert [it.words_committed for it in lines] == [False, True, False]


def test_a_desk_whose_profile_allows_none_keeps_none(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(settings, "DESK", replace(settings.DESK, captures=False))
    with refused(CapturesOff):
        taken(desk, desk.log())
    assert not CaptureRow.objects.exists()


@pytest.mark.parametrize(
    ("changes", "refusal"),
    [
        ({"why": "  "}, TextMissing),
        ({"of_a_child": True}, StatutoryRouteOnly),
    ],
)
def test_what_is_not_kept_leaves_nothing(
    desk: Desk, changes: dict[str, object], refusal: type[Refused]
) -> None:
    reference, before = desk.log(), left()
    with coming(STILL) as one:
        came = received(one)
        with refused(refusal):
            captures.take(reference, taking(**changes), came, acting=desk.by(ADA))
    assert left() == before
    with connection.cursor() as cursor:
        cursor.execute("SELECT FROM machinery.capture_file WHERE id = %s", [came.id])
        assert not cursor.fetchall()


def test_there_are_at_most_so_many_of_an_open_referral(desk: Desk) -> None:
    reference = desk.log()
    for _ in range(MOST_CAPTURES):
        taken(desk, reference)
    with refused(NoMoreCaptures):
        taken(desk, reference)
    over = desk.brought_to(State.NOT_FOR_US)
    with refused(NoMoreCaptures):
        taken(desk, over)


def test_who_has_no_part_in_casework_neither_keeps_nor_opens_one(desk: Desk) -> None:
    reference = desk.log()
    capture = taken(desk, reference)
    for officer in (DEE, OLA):
        [found] = known.of(reference, acting=as_reader(officer))
        assert found.why is None
        with refused(RoleMissing):
            known.look(capture, REASON, acting=desk.by(officer))
        with refused(RoleMissing):
            known.open_one(capture, acting=desk.by(officer))
    with refused(RoleMissing):
        known.one(capture, acting=acting(MAX))
    with refused(NotFound):
        known.one(uuid4(), acting=acting(ADA))


def test_a_capture_opens_for_a_reason_of_the_last_ten_minutes(desk: Desk) -> None:
    capture = taken(desk, desk.log())
    with refused(CaptureReasonMissing):
        known.look(capture, " ", acting=desk.by(BO))
    with refused(CaptureReasonMissing):
        known.open_one(capture, acting=desk.by(BO))
    assert opened(desk, capture) == STILL
    with refused(CaptureReasonMissing):
        known.open_one(capture, acting=desk.by(CY))
    desk.now += timedelta(minutes=10)
    with refused(CaptureReasonMissing):
        known.open_one(capture, acting=desk.by(BO))


def test_what_is_not_stopped_or_for_nobody_is_not_handed_over(desk: Desk, tmp_path: Path) -> None:
    capture = taken(desk, desk.log())
    for lock in ("age1nothing", str(Identity.generate().to_public())):
        with changing_nothing(), refused(NotHandedOver):
            captures.hand_over(capture, lock, tmp_path / "exhibit", acting=desk.by(WORKER))
    assert not (tmp_path / "exhibit").exists()


def test_opening_counts_for_the_officer_alone(desk: Desk) -> None:
    capture = taken(desk, desk.log())
    opened(desk, capture)
    began = desk.now.replace(hour=0, minute=0)
    seen = consultations.exposure(officer=BO, now=desk.now, day_began=began)
    assert seen.captures == (1, 1)
    assert consultations.since_break(officer=BO, now=desk.now).referrals == 1
    others = consultations.exposure(officer=CY, now=desk.now, day_began=began)
    assert others.captures == (0, 0)


def test_stopped_nobody_opens_it_in_any_role(desk: Desk) -> None:
    reference = desk.log()
    capture = taken(desk, reference)
    known.look(capture, REASON, acting=desk.by(BO))
    captures.stop(capture, acting=desk.by(CY))
    captures.stop(capture, acting=desk.by(BO))
    for officer in (ADA, BO, CY):
        with refused(CaptureLocked):
            known.look(capture, REASON, acting=desk.by(officer))
        with refused(CaptureLocked):
            known.open_one(capture, acting=desk.by(officer))
    [found] = known.of(reference, acting=as_reader(BO))
    assert found.stopped_by == "Cy"
    assert CaptureRow.objects.get().identity is None
    for officer in (DEE, OLA):
        with refused(RoleMissing):
            captures.stop(capture, acting=desk.by(officer))


@pytest.mark.usefixtures("each_store")
def test_stopping_ends_a_download_that_is_under_way(desk: Desk) -> None:
    capture = taken(desk, desk.log(), png(body=bytes(2_000_000)))
    known.look(capture, REASON, acting=desk.by(BO))
    pieces = known.open_one(capture, acting=desk.by(BO)).pieces
    assert next(pieces)
    captures.stop(capture, acting=desk.by(CY))
    with refused(CaptureLocked):
        next(pieces)


@pytest.mark.usefixtures("each_store")
def test_a_file_that_was_altered_or_is_gone_is_no_evidence(desk: Desk) -> None:
    capture = taken(desk, desk.log())
    data = bytearray(lying(capture))
    data[-5] ^= 1
    put_behind_our_back(f"{capture.hex}.age", bytes(data))
    with pytest.raises(FileDamaged):
        opened(desk, capture)
    capture_files.remove(capture)
    with refused(CaptureDamaged):
        opened(desk, capture)


def test_a_store_that_is_away_is_not_taken_for_a_damaged_file(
    desk: Desk, swift: Swift, tmp_path: Path
) -> None:
    capture = taken(desk, desk.log())
    with (
        bucket_of_its_own(swift, tmp_path, endpoint="http://127.0.0.1:1", bucket="away"),
        refused(CaptureAway),
    ):
        opened(desk, capture)


@pytest.mark.usefixtures("each_store")
def test_the_statutory_route_takes_captures_with_it(desk: Desk) -> None:
    reference = desk.log()
    capture, stopped = taken(desk, reference), taken(desk, reference)
    opened(desk, capture)
    captures.stop(stopped, acting=desk.by(BO))
    assessments.take_statutory_route(
        reference, reported_to=ReportedTo.IWF, reported_reference="IWF-1", acting=desk.by(ADA)
    )
    assert not CaptureRow.objects.exists()
    assert not ConsultationRow.objects.filter(about=capture).exists()
    captures.sweep(now=desk.now)
    assert not {f"{it.hex}.age" for it in (capture, stopped)} & left()


@pytest.mark.usefixtures("each_store")
def test_what_nobody_finished_is_swept_after_its_time(desk: Desk) -> None:
    kept = taken(desk, desk.log())
    with coming(STILL) as one:
        lost = received(one).id
        one.abandon = lambda: None  # type: ignore[method-assign]  # the machine went down
    captures.sweep(now=NOW + timedelta(minutes=59))
    assert f"{lost.hex}.age" in left()
    captures.sweep(now=NOW + timedelta(hours=2))
    assert f"{lost.hex}.age" not in left()
    assert f"{kept.hex}.age" in left()


@pytest.mark.usefixtures("each_store")
def test_what_the_tables_do_not_know_is_removed_after_a_restore(desk: Desk) -> None:
    kept = taken(desk, desk.log())
    unknown = uuid4()
    put_behind_our_back(f"{unknown.hex}.age", b"age")
    put_behind_our_back("README", b"not ours")
    captures.drop_unknown()
    assert {f"{kept.hex}.age", "README"} <= left()
    assert f"{unknown.hex}.age" not in left()
    drop(kept)
    assert f"{kept.hex}.age" in left()
    assert list(capture_files.known())


@pytest.mark.usefixtures("each_store")
def test_a_backup_has_no_file_that_is_stopped_while_it_is_copied(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stays, stopped = taken(desk, desk.log()), taken(desk, desk.log())
    copy_out = capture_files.copy_out

    def copied(file: UUID, folder: Path) -> Path:
        copy = copy_out(file, folder)
        if file == stopped:
            captures.stop(file, acting=desk.by(BO))
        return copy

    monkeypatch.setattr(capture_files, "copy_out", copied)
    copy_captures(tmp_path / "set")
    assert list(capture_files.copied(tmp_path / "set")) == [stays]


@pytest.mark.usefixtures("each_store")
def test_a_restore_puts_back_what_its_tables_need_and_nothing_twice(
    desk: Desk, tmp_path: Path
) -> None:
    there, gone = taken(desk, desk.log()), taken(desk, desk.log())
    copy_captures(tmp_path / "set")
    shutil.copy(tmp_path / "set" / f"{gone.hex}.age", tmp_path / "set" / f"{uuid4().hex}.age")
    capture_files.remove(gone)
    put_captures_back(tmp_path / "set")
    assert opened(desk, gone) == STILL
    assert opened(desk, there) == STILL
    assert not list(Path(settings.CAPTURES_COMING_IN).glob("*.age"))
