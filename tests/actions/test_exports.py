"""One referral leaves with its captures: for a purpose, by two officers, under an agreement."""

import hashlib
import json
import re
import subprocess
import zipfile
from collections.abc import Callable, Iterator
from datetime import timedelta
from io import BytesIO
from pathlib import Path
from shutil import which
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext
from pyrage import decrypt
from pyrage.x25519 import Identity

from evenhand.actions import agreements, assessments, captures, captures_time, exports, exports_bag
from evenhand.actions.exports import Taken
from evenhand.ledger.acts import Act
from evenhand.queries import exports as known
from evenhand.queries import history, referral
from evenhand.rules.agreements import Field
from evenhand.rules.assessments import Child
from evenhand.rules.captures import CaptureLocked
from evenhand.rules.captures_cleaned import cleaned
from evenhand.rules.captures_formats import Format
from evenhand.rules.exports import Wanted
from evenhand.rules.officers import WORKER
from evenhand.rules.purposes import Purpose
from evenhand.rules.referrals import State
from evenhand.seal.age import FileNotSealed, Sealing
from evenhand.store import capture_files
from evenhand.store.sharing import AgreementRow
from tests.actions.sharing import (
    in_force,
    refused_as,
    staffed,
    taken_off_its_register,
    with_a_lapsed_contract,
)
from tests.builders import (
    ADA,
    BO,
    CY,
    DEE,
    GUS,
    KIM,
    NED,
    RON,
    SAM,
    SID,
    assessment,
    terms,
)
from tests.capture_files import FILES, png
from tests.captures import bucket_of_its_own, folder_of_its_own, left, taken
from tests.journeys import Desk, challenged
from tests.swift import Swift
from tests.timestamps import Tsa, serving

THEIRS = Identity.generate()
LOCK = str(THEIRS.to_public())
OUTSIDE = Path(__file__).parents[2] / ".outside" / "bin"
AGE = which("age")
JPEG_BROKEN = b"\xff\xd8\xff\xe1\x99\1ab\xff\xd9"
HERE = b"Comment\0at home"


@pytest.fixture
def desk(fresh_desk: object, tmp_path: Path) -> Iterator[Desk]:
    with folder_of_its_own(tmp_path / "captures"):
        yield staffed()


def agreed(desk: Desk, **changes: Any) -> str:
    plain: dict[str, Any] = {"lock": LOCK, "fields": frozenset({Field.CONTENT})}
    review_on = desk.now.date() + timedelta(days=180)
    return in_force(desk, terms(review_on=review_on, **plain | changes))


def wanted(agreement: str, **changes: Any) -> Wanted:
    plain: dict[str, Any] = {
        "agreement": agreement,
        "recipient": KIM.ref,
        "purpose": Purpose.EVIDENCE,
        "reason": "They investigate who made it.",
    }
    return Wanted(**plain | changes)


def asked(desk: Desk, reference: str, agreement: str = "") -> UUID:
    return exports.ask(reference, wanted(agreement or agreed(desk)), acting=desk.by(SID))


def allowed(desk: Desk, reference: str) -> UUID:
    export = asked(desk, reference)
    exports.answer(export, "It is needed.", allowed=True, acting=desk.by(CY))
    return export


def end_agreement(desk: Desk) -> None:
    agreements.end(AgreementRow.objects.get().reference, acting=desk.by(DEE))


def out(taken: Taken, folder: Path) -> Path:
    """Unpack a bag that was taken; give its folder."""
    data = b"".join(taken.pieces)
    assert len(data) == taken.size
    with zipfile.ZipFile(BytesIO(data)) as archive:
        archive.extractall(folder)
    return folder / taken.name.removesuffix(".zip")


def test_it_leaves_sealed_to_its_recipient_with_both_hashes(desk: Desk, tmp_path: Path) -> None:
    reference = desk.log()
    still = taken(desk, reference, png(body=HERE))
    video = taken(desk, reference, FILES[Format.MP4])
    before = left()
    export = allowed(desk, reference)
    taking = exports.take(export, acting=desk.by(SID))
    bag = out(taking, tmp_path)
    assert left() == before
    opened = {
        it: decrypt((bag / f"data/captures/{it.hex}.age").read_bytes(), [THEIRS])
        for it in (still, video)
    }
    assert opened[video] == FILES[Format.MP4]
    assert b"home" not in opened[still]
    case = (bag / "data/case.jsonld").read_text()
    for data in (png(body=HERE), opened[still], opened[video]):
        assert hashlib.sha256(data).hexdigest() in case
    graph = json.loads(case)["@graph"]
    names = {it.get("uco-core:name") for it in graph}
    assert {"capture.take", "export.ask", "export.allow", reference} <= names
    assert not re.search(r"\b(Ada|Cy|Sid|Kim)\b", case)
    left_as = [
        it["uco-core:description"]
        for it in graph
        if it.get("uco-core:description") in {"without its metadata", "as it was taken"}
    ]
    assert left_as == ["without its metadata", "as it was taken"]
    lines = history.of(reference, officer=ADA).lines
    assert [it.act for it in lines][-3:] == [Act.EXPORT_ASKED, Act.EXPORT_ALLOWED, Act.EXPORT_TAKEN]


def test_its_timestamps_leave_with_how_to_verify_them(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    reference, tsa = desk.log(), Tsa(tmp_path / "tsa")
    with serving(tsa.reply, tsa.root) as authority:
        monkeypatch.setattr(settings, "TIMESTAMPS", authority)
        still = taken(desk, reference, png(body=HERE))
        captures_time.stamp_all(acting=desk.by(WORKER))
        late = taken(desk, reference)
    bag = out(exports.take(allowed(desk, reference), acting=desk.by(SID)), tmp_path)
    said = (bag / "data/README.txt").read_text()
    assert late.hex not in said
    [command] = [it for it in said.splitlines() if it.startswith("openssl ")]
    assert hashlib.sha256(png(body=HERE)).hexdigest() in command
    assert still.hex in command
    done = subprocess.run(command.split(), cwd=bag / "data", capture_output=True, check=False)
    assert done.stdout == b"Verification: OK\n"
    names = {it.name for it in (bag / "data/timestamps").iterdir()}
    assert names == {f"{still.hex}.tsr", f"{still.hex}.pem"}
    assert f"data/timestamps/{still.hex}.tsr" in (bag / "manifest-sha256.txt").read_text()
    assert "capture.timestamp" in (bag / "data/case.jsonld").read_text()


def graph_of(desk: Desk, export: UUID, folder: Path) -> list[dict[str, Any]]:
    """Take an export; give what its facts say."""
    bag = out(exports.take(export, acting=desk.by(SID)), folder)
    return list(json.loads((bag / "data/case.jsonld").read_text())["@graph"])


def test_its_chain_is_custody_and_nothing_else_of_the_log(desk: Desk, tmp_path: Path) -> None:
    reference = desk.brought_to(State.SENT)
    taken(desk, reference)
    referral.one(reference, acting=desk.by(ADA))
    challenged(desk, reference)
    graph = graph_of(desk, allowed(desk, reference), tmp_path)
    links = [it for it in graph if it["@type"] == "case-investigation:InvestigativeAction"]
    assert [it["uco-core:name"] for it in links] == [
        "referral.log",
        "referral.approve",
        "notice.accept",
        "capture.take",
        "export.ask",
        "export.allow",
    ]
    assert "role" not in json.dumps(graph)
    told = {it["uco-core:description"] for it in graph if it["@type"] == "uco-observable:URL"}
    assert [it for it in told if it.endswith("under_challenge")]


def test_what_was_withdrawn_leaves_to_nobody(desk: Desk) -> None:
    reference = desk.log()
    export = allowed(desk, reference)
    waits = asked(desk, reference)
    desk.do(reference, "withdraw")
    with refused_as("E-EXP-03"):
        exports.take(export, acting=desk.by(SID))
    with refused_as("E-EXP-03"):
        exports.answer(waits, "It is needed.", allowed=True, acting=desk.by(CY))
    with refused_as("E-EXP-03"):
        asked(desk, reference)


@pytest.mark.parametrize(
    ("meanwhile", "code"),
    [
        (lambda desk, reference: desk.do(reference, "withdraw"), "E-EXP-03"),
        (challenged, "E-EXP-01"),
        (lambda desk, _reference: end_agreement(desk), "E-SHR-63"),
    ],
)
def test_what_changes_while_it_is_put_together_keeps_it_here(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, meanwhile: Callable[..., object], code: str
) -> None:
    reference = desk.brought_to(State.SENT)
    taken(desk, reference)
    export, before = allowed(desk, reference), left()
    building = exports_bag.in_bag

    def slowly(*args: Any, **kwargs: Any) -> Any:
        found = building(*args, **kwargs)
        meanwhile(desk, reference)
        return found

    monkeypatch.setattr(exports, "in_bag", slowly)
    with refused_as(code):
        exports.take(export, acting=desk.by(SID))
    assert left() == before
    assert known.one(export, officer=DEE).taken_at is None


def of_a_child(desk: Desk) -> str:
    """Have a referral assessed as about a child, with two captures."""
    reference = desk.log()
    for _ in range(2):
        taken(desk, reference)
    said = assessment(child=Child.YES, child_interests="To be left alone.")
    assessments.submit(reference, said, acting=desk.by(BO))
    return reference


def test_what_is_about_a_child_leaves_once_two_allowed_it(desk: Desk) -> None:
    reference, agreement = of_a_child(desk), agreed(desk)
    export = asked(desk, reference, agreement)
    for officer in (SAM, DEE):
        assert [it.id for it in known.to_answer(5, officer=officer)] == [export]
    with refused_as("E-CHD-74"):
        exports.answer(export, "It is needed.", allowed=True, acting=desk.by(GUS))
    exports.answer(export, "It is needed.", allowed=True, acting=desk.by(SAM))
    assert known.one(export, officer=DEE).allowed is None
    assert known.to_answer(5, officer=SAM) == []
    with refused_as("E-EXP-01"):
        exports.take(export, acting=desk.by(SID))
    exports.answer(export, "It protects the child.", allowed=True, acting=desk.by(DEE))
    assert known.to_answer(5, officer=DEE) == []
    read = known.opened(export, acting=desk.by(DEE))
    assert (read.answer, read.dpo_why) == ("It is needed.", "It protects the child.")
    assert (read.line.allowed, read.line.dpo, len(read.captures)) == (True, "Dee", 2)
    with refused_as("E-EXP-01"):
        exports.answer(export, "It is not.", allowed=False, acting=desk.by(DEE))
    list(exports.take(export, acting=desk.by(SID)).pieces)
    lines = history.of(reference, officer=ADA).lines
    acts = [it.act for it in lines if it.act.startswith("export")]
    assert acts == [Act.EXPORT_ASKED, Act.EXPORT_ALLOWED, Act.EXPORT_ALLOWED, Act.EXPORT_TAKEN]


def test_one_no_is_enough_where_it_is_about_a_child(desk: Desk) -> None:
    agreement = agreed(desk)
    export = asked(desk, of_a_child(desk), agreement)
    exports.answer(export, "Too much.", allowed=False, acting=desk.by(DEE))
    assert known.one(export, officer=DEE).allowed is False
    assert known.to_answer(5, officer=SAM) == []
    with refused_as("E-EXP-01"):
        exports.answer(export, "It is needed.", allowed=True, acting=desk.by(SAM))
    other = asked(desk, desk.log(), agreement)
    with refused_as("E-WHO-02"):
        exports.answer(other, "It is needed.", allowed=True, acting=desk.by(DEE))
    with refused_as("E-WHO-02"):
        known.to_answer(5, officer=ADA)


def test_what_turns_out_to_be_about_a_child_is_asked_for_anew(desk: Desk) -> None:
    reference = desk.log()
    export = allowed(desk, reference)
    said = assessment(child=Child.YES, child_interests="To be left alone.")
    assessments.submit(reference, said, acting=desk.by(BO))
    with refused_as("E-EXP-01"):
        exports.take(export, acting=desk.by(SID))


def test_only_the_captures_that_were_chosen_leave(desk: Desk, tmp_path: Path) -> None:
    reference, agreement = desk.log(), agreed(desk)
    kept = [taken(desk, reference) for _ in range(3)]
    stopped, elsewhere = taken(desk, reference), taken(desk, desk.log())
    captures.stop(stopped, acting=desk.by(ADA))
    offered = known.to_export(reference, acting=desk.by(SID))
    assert (offered.child, [it.id for it in offered.captures]) == (False, kept)
    assert {(it.told.format, it.by) for it in offered.captures} == {(Format.PNG, "Ada")}
    with refused_as("E-WHO-02"):
        known.to_export(reference, acting=desk.by(ADA))
    for wrong in (stopped, elsewhere):
        with refused_as("E-EXP-01"):
            wrongly = wanted(agreement, captures=[wrong])
            exports.ask(reference, wrongly, acting=desk.by(SID))
    chose = wanted(agreement, captures={kept[2], kept[0]})
    export = exports.ask(reference, chose, acting=desk.by(SID))
    exports.answer(export, "It is needed.", allowed=True, acting=desk.by(CY))
    bag = out(exports.take(export, acting=desk.by(SID)), tmp_path)
    left_out = (bag / f"data/captures/{kept[1].hex}.age").exists()
    assert not left_out
    assert {it.stem for it in (bag / "data/captures").iterdir()} == {kept[0].hex, kept[2].hex}
    assert kept[1].hex not in (bag / "data/case.jsonld").read_text()


def test_the_desk_tells_what_was_taken(desk: Desk) -> None:
    reference = desk.log()
    export = allowed(desk, reference)
    taking = exports.take(export, acting=desk.by(SID))
    digest = hashlib.sha256(b"".join(taking.pieces)).hexdigest()
    assert [it.package_sha256 for it in known.latest(officer=DEE)] == [digest]
    assert known.one(export, officer=DEE).allowed
    assert list(known.about(export)) == [reference]
    for officer in (ADA, RON):
        [held] = known.taken_of(reference, officer=officer)
        assert (held.recipient, held.state) == (KIM.name, State.LOGGED)
    with refused_as("E-WHO-02"):
        known.taken_of(reference, officer=SID)
    assert known.opened(export, acting=desk.by(CY)).answer == "It is needed."
    assert known.opened(export, acting=desk.by(DEE)).answer is None


def test_it_waits_for_a_second_officer_until_one_has_answered(desk: Desk) -> None:
    agreement = agreed(desk)
    first, second = (asked(desk, desk.log(), agreement) for _ in range(2))
    desk.by(CY)
    assert [it.id for it in known.to_answer(5, officer=CY)] == [first, second]
    with CaptureQueriesContext(connection) as queries:
        assert [it.id for it in known.to_answer(1, officer=CY)] == [first]
    assert len(queries) == 1
    for officer in (SID, ADA):
        with refused_as("E-WHO-02"):
            known.to_answer(5, officer=officer)
    exports.answer(first, "It is not needed.", allowed=False, acting=desk.by(CY))
    assert [it.id for it in known.to_answer(5, officer=CY)] == [second]


def test_it_is_taken_by_who_shares_once_allowed_by_another(desk: Desk) -> None:
    reference = desk.log()
    export = asked(desk, reference)
    with refused_as("E-EXP-01"):
        exports.take(export, acting=desk.by(SID))
    with refused_as("E-WHO-02"):
        exports.ask(reference, wanted("A-22222222"), acting=desk.by(ADA))
    with refused_as("E-WHO-02"):
        exports.answer(export, "It is needed.", allowed=True, acting=desk.by(ADA))
    with refused_as("E-WHO-02"):
        exports.take(export, acting=desk.by(CY))
    with refused_as("E-FIND-01"):
        exports.take(uuid4(), acting=desk.by(SID))
    exports.answer(export, "It is not needed.", allowed=False, acting=desk.by(CY))
    with refused_as("E-EXP-01"):
        exports.answer(export, "It is needed.", allowed=True, acting=desk.by(CY))
    with refused_as("E-EXP-01"):
        exports.take(export, acting=desk.by(SID))


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"agreement": "A-22222222"}, "E-SHR-63"),
        ({"recipient": uuid4()}, "E-CTR-62"),
        ({"purpose": Purpose.RIGHTS}, "E-TEXT-04"),
        ({"reason": ""}, "E-ADM-46"),
    ],
)
def test_what_may_not_leave_is_not_asked_for(
    desk: Desk, changes: dict[str, Any], code: str
) -> None:
    reference, agreement = desk.log(), agreed(desk)
    with refused_as(code):
        exports.ask(reference, wanted(**{"agreement": agreement} | changes), acting=desk.by(SID))


@pytest.mark.parametrize("ended", [with_a_lapsed_contract, taken_off_its_register])
def test_nothing_is_exported_to_a_party_whose_contract_is_over_or_that_is_listed_no_more(
    desk: Desk, ended: Callable[[Desk], object]
) -> None:
    agreement = agreed(desk)
    export = asked(desk, desk.log(), agreement)
    exports.answer(export, "It is needed.", allowed=True, acting=desk.by(CY))
    ended(desk)
    with refused_as("E-CTR-62"):
        exports.take(export, acting=desk.by(SID))


def test_who_is_no_party_any_more_gets_what_a_newer_agreement_lets_leave(desk: Desk) -> None:
    earlier = agreed(desk)
    taken_off_its_register(desk)
    desk.now += timedelta(days=1)
    reference, newer = desk.log(), agreed(desk)
    with refused_as("E-CTR-62"):
        exports.ask(reference, wanted(agreement=earlier), acting=desk.by(SID))
    exports.ask(reference, wanted(agreement=newer), acting=desk.by(SID))


def test_under_an_agreement_that_changed_nothing_leaves(desk: Desk) -> None:
    reference, agreement = desk.log(), agreed(desk)
    export = asked(desk, reference, agreement)
    exports.answer(export, "It is needed.", allowed=True, acting=desk.by(CY))
    said = terms(review_on=desk.now.date() + timedelta(days=9), lock=LOCK)
    agreements.propose(said, agreement, acting=desk.by(NED))
    agreements.sign(agreement, 2, acting=desk.by(DEE))
    with refused_as("E-SHR-63"):
        exports.take(export, acting=desk.by(SID))


def test_what_was_stopped_or_disposed_of_does_not_leave(desk: Desk) -> None:
    reference = desk.log()
    capture = taken(desk, reference)
    export = allowed(desk, reference)
    captures.stop(capture, acting=desk.by(ADA))
    with refused_as("E-EXP-01"):
        exports.take(export, acting=desk.by(SID))
    desk.do(reference, "statutory")
    with refused_as("E-EXP-01"):
        exports.take(export, acting=desk.by(SID))
    assert known.opened(export, acting=desk.by(SID)).reason == ""


def test_stopping_a_capture_ends_an_export_under_way(desk: Desk) -> None:
    reference = desk.log()
    capture = taken(desk, reference, png(body=bytes(10**6)))
    before = left()
    taking = exports.take(allowed(desk, reference), acting=desk.by(SID))
    captures.stop(capture, acting=desk.by(ADA))
    with pytest.raises(CaptureLocked):
        list(taking.pieces)
    assert left() == before


def test_nothing_leaves_while_the_store_is_away(desk: Desk, swift: Swift, tmp_path: Path) -> None:
    reference = desk.log()
    taken(desk, reference)
    export = allowed(desk, reference)
    with (
        bucket_of_its_own(swift, tmp_path / "away", endpoint="http://127.0.0.1:1", bucket="away"),
        refused_as("E-CAP-12"),
    ):
        exports.take(export, acting=desk.by(SID))
    assert not list(tmp_path.glob("away/**/*.age"))


def test_a_file_that_was_altered_or_is_gone_or_cannot_be_cleaned_stays(desk: Desk) -> None:
    reference = desk.log()
    capture = taken(desk, reference)
    export = allowed(desk, reference)
    sealed = capture_files.incoming(capture).parent.parent / "kept" / f"{capture.hex}.age"
    whole, others = sealed.read_bytes(), left() - {sealed.name}
    sealed.write_bytes(whole[:-1] + bytes([whole[-1] ^ 1]))
    with refused_as("E-CAP-09"):
        exports.take(export, acting=desk.by(SID))
    sealed.unlink()
    with refused_as("E-CAP-09"):
        exports.take(export, acting=desk.by(SID))
    assert left() == others
    other = desk.log()
    taken(desk, other, JPEG_BROKEN)
    before = left()
    with refused_as("E-EXP-02"):
        exports.take(allowed(desk, other), acting=desk.by(SID))
    assert left() == before


def test_a_full_disk_is_told_and_leaves_nothing(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    reference = desk.log()
    taken(desk, reference)
    before, export = left(), allowed(desk, reference)

    def full(_sealing: object) -> None:
        raise FileNotSealed

    monkeypatch.setattr(Sealing, "finish", full)
    with refused_as("E-CAP-06"):
        exports.take(export, acting=desk.by(SID))
    assert left() == before


def test_another_file_in_the_place_of_a_capture_does_not_leave(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    reference = desk.log()
    taken(desk, reference)
    monkeypatch.setattr(exports_bag, "opened", lambda *_: iter([png(3, 3)]))
    with refused_as("E-CAP-09"):
        exports.take(allowed(desk, reference), acting=desk.by(SID))


@pytest.mark.skipif(not OUTSIDE.exists() or AGE is None, reason="made by .ci/run")
def test_bagit_case_validate_and_age_accept_it(desk: Desk, tmp_path: Path) -> None:
    reference = desk.log()
    capture = taken(desk, reference)
    bag = out(exports.take(allowed(desk, reference), acting=desk.by(SID)), tmp_path)
    identity = tmp_path / "identity"
    identity.write_text(str(THEIRS))
    capture_file = bag / f"data/captures/{capture.hex}.age"
    _run(OUTSIDE / "python", "-m", "bagit", "--validate", bag)
    _run(OUTSIDE / "case_validate", bag / "data/case.jsonld")
    opened = _run(AGE, "-d", "-i", identity, capture_file)
    assert opened == cleaned(Format.PNG, FILES[Format.PNG])


def _run(*command: object) -> bytes:
    done = subprocess.run(list(map(str, command)), capture_output=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout
