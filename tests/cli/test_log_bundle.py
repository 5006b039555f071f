"""``evenhand log export``, ``log verify`` and ``log checkpoint``, on a desk with a real signer."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from evenhand.cli import log
from evenhand.cli.main import main
from evenhand.ledger.signing import parse_signing_key
from evenhand.store.log import OpeningRow
from evenhand.store.sequencing import LogCheckpointRow
from tests.actions.test_cosigning import NOWHERE, Log
from tests.desks import FreshDesk
from tests.gates import Gate
from tests.journeys import Desk
from tests.ledger import reading
from tests.signers import RunningSigner, running_signer

VIDEO = "https://www.tiktok.com/@nobody.at.all/video/700000000000000000"


@pytest.fixture
def signer(fresh_desk: FreshDesk, settings: Any, tmp_path: Path) -> Iterator[RunningSigner]:
    assert fresh_desk.database_url
    settings.LOG_FOLDER = tmp_path / "log"
    with running_signer() as running:
        settings.SIGNER = running.socket
        yield running


@pytest.fixture
def desk(signer: RunningSigner) -> Desk:
    assert signer.socket.exists()
    made = Desk()
    made.log()
    return made


def told(capsys: pytest.CaptureFixture[str], *words: str) -> dict[str, Any]:
    assert main([*words, "--json"]) == 0
    found: dict[str, Any] = json.loads(capsys.readouterr().out)
    return found


def test_a_bundle_holds_every_entry_and_verifies_without_the_desk(
    desk: Desk, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    bundle = tmp_path / "bundle"
    desk.log(f"{VIDEO}1")
    made = told(capsys, "log", "export", str(bundle))
    found = told(capsys, "log", "verify", str(bundle))
    assert found["ok"]
    assert found["entries"] == found["size"] == made["size"] == OpeningRow.objects.count()
    counted = {it["act"]: it["entries"] for it in found["counts"]}
    assert counted["referral.log"] == 2
    # That it was handed out is in it, too.
    assert counted["log.export"] == counted["key.rotate"] == 1

    alone = subprocess.run(
        [sys.executable, "-m", "evenhand.ledger", "verify", str(bundle), "--json"],
        env={"PATH": os.environ["PATH"]},
        capture_output=True,
        check=True,
    )
    assert json.loads(alone.stdout) == found


def test_what_is_published_is_compared_with_the_log_and_how_much_is_said(
    desk: Desk, capsys: pytest.CaptureFixture[str]
) -> None:
    made = told(capsys, "log", "checkpoint")
    desk.log(f"{VIDEO}1")
    found = told(capsys, "log", "reconcile")
    assert (found["ok"], found["in_tree"], found["found"]) == (True, made["size"], 0)
    assert found["entries"] > found["in_tree"]
    assert main(["log", "reconcile"]) == 0
    said = f"The first {made['size']:,} entries of the log were compared with its published tree."
    assert said in capsys.readouterr().err


def test_bundles_chain_by_the_checkpoint_that_was_kept(
    desk: Desk, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    first, second = tmp_path / "first", tmp_path / "second"
    told(capsys, "log", "export", str(first))
    kept = first / "data" / "checkpoint"
    before = told(capsys, "log", "verify", str(first))
    desk.log(f"{VIDEO}2")
    told(capsys, "log", "export", str(second), "--since", str(kept))
    found = told(capsys, "log", "verify", str(second), "--kept", str(kept))
    assert found["size"] == before["size"] + found["entries"] > before["size"]


@pytest.mark.usefixtures("desk")
def test_an_overseer_checks_with_the_desks_policy_that_they_hold(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    bundle, policy = tmp_path / "bundle", tmp_path / "policy"
    told(capsys, "log", "export", str(bundle))
    assert main(["log", "verify", str(bundle)]) == 0
    assert "key" in capsys.readouterr().out
    policy.write_bytes((bundle / "data" / "policy.txt").read_bytes())
    assert main(["log", "verify", str(bundle), "--policy", str(policy)]) == 0
    with running_signer() as other:
        stranger = (other.folder / "signed.json").read_text()
    policy.write_text(f"log {json.loads(stranger)['keys'][0]}\nquorum none\n")
    assert main(["log", "verify", str(bundle), "--policy", str(policy)]) == 1
    assert "NOT VERIFIED" in capsys.readouterr().out


def test_a_checkpoint_covers_what_is_committed(
    desk: Desk, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["log", "checkpoint"]) == 0
    printed = capsys.readouterr().out
    origin, size, *_rest = printed.split("\n")
    assert origin == "desk.example/log"
    assert int(size) == OpeningRow.objects.count()
    desk.log(f"{VIDEO}3")
    found = told(capsys, "log", "checkpoint")
    assert found["size"] == OpeningRow.objects.count()
    assert found["checkpoint"].startswith(f"{origin}\n{found['size']}\n")


@pytest.fixture
def witnessed(
    fresh_desk: FreshDesk, settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Gate]:
    assert fresh_desk.database_url
    with ExitStack() as running:
        gate = Gate(Log(tmp_path, running), monkeypatch)
        settings.SIGNER = gate.log_of_it.signer.socket
        gate.now = datetime.now(UTC)
        gate.log()
        yield gate


def test_a_witnessed_bundle_passes_the_policy_that_comes_with_it(
    witnessed: Gate,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    (tmp_path / "policy").write_bytes(witnessed.policy())

    def exported(name: str) -> tuple[Any, str]:
        assert main(["log", "export", str(tmp_path / name), "--json"]) == 0
        shown = capsys.readouterr()
        words = ["log", "verify", str(tmp_path / name), "--policy", str(tmp_path / "policy")]
        made = json.loads(shown.out)
        assert (main(words) == 0) is made["cosigned"], capsys.readouterr().out
        return made, shown.err + capsys.readouterr().out

    first, said = exported("first")
    assert (first["size"], first["missing"]) == (OpeningRow.objects.count(), 0)
    assert "itnesses have" not in said
    # One of both does not answer: the bundle ends where both cosigned, and says what is missing.
    monkeypatch.setattr(log, "WITNESS_SECONDS", 0.1)
    monkeypatch.setattr(log, "ASK_AGAIN_SECONDS", 0.01)
    witnessed.ask({"east": witnessed.witnesses["east"], "west": NOWHERE})
    second, said = exported("second")
    assert (second["size"], second["missing"]) == (first["size"], 1)
    assert "have not cosigned the newest 1 entries yet: they are not in it" in said
    # They never answered: what there is is better than nothing.
    LogCheckpointRow.objects.update(cosigned_at=None)
    third, said = exported("third")
    assert (third["size"], third["missing"]) == (OpeningRow.objects.count(), 0)
    assert "Too few witnesses have cosigned it" in said
    assert "quorum both is not reached" in said


@pytest.mark.usefixtures("desk")
def test_a_replaced_key_is_an_entry_of_the_log(
    signer: RunningSigner, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    from evenhand.cli.signer_folder import KEY, make_key

    told(capsys, "log", "checkpoint")
    other = signer.folder / "other.key"
    make_key(other, "desk.example/log")
    signer.kill()
    with (signer.folder / KEY).open("a") as keys:
        keys.write(other.read_text())
    signer.start()
    told(capsys, "log", "export", str(tmp_path / "bundle"))
    found = told(capsys, "log", "verify", str(tmp_path / "bundle"))
    assert {it["act"]: it["entries"] for it in found["counts"]}["key.rotate"] == 2
    newest = OpeningRow.objects.order_by("-entry").first()
    assert newest is not None
    added = parse_signing_key(other.read_text().strip()).verifier
    assert reading.fields(newest.fields)["key"] == added.public.hex()


@pytest.mark.usefixtures("desk")
def test_wrong_words_get_a_sentence_and_leave_nothing(
    signer: RunningSigner, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    entries = OpeningRow.objects.count()
    (tmp_path / "there").mkdir()
    (tmp_path / "nonsense").write_text("nonsense")
    for words, said in (
        (["log", "export", str(tmp_path / "there")], "is there already"),
        (["log", "export", str(tmp_path / "new"), "--since", str(tmp_path / "none")], "no such"),
        (
            ["log", "export", str(tmp_path / "new"), "--since", str(tmp_path / "nonsense")],
            "is to go on from does not hold. A note",
        ),
        (["log", "verify", str(tmp_path / "there")], "This is no bundle"),
        (["log", "verify", str(tmp_path / "nowhere")], "no such file or folder"),
    ):
        assert main(words) == 1, words
        shown = capsys.readouterr()
        assert said in shown.out + shown.err, words
        assert "fault in Evenhand" not in shown.err
    assert not (tmp_path / "new").exists()
    with pytest.raises(SystemExit) as ended:
        main(["log", "verify"])
    assert ended.value.code == 2
    signer.kill()
    assert main(["log", "export", str(tmp_path / "new")]) == 1
    assert "The signer at" in capsys.readouterr().err
    assert OpeningRow.objects.count() >= entries
