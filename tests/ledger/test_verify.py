"""What an overseer can be sure of: a true bundle holds, and with it what they kept themselves."""

import json
import os
import runpy
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from evenhand.ledger.__main__ import main
from evenhand.ledger.broken import Malformed
from evenhand.ledger.bundle import write_bundle
from evenhand.ledger.checkpoints import Checkpoint
from evenhand.ledger.keys import Kind
from evenhand.ledger.openings import keeping
from evenhand.ledger.receipts import make_receipt, parse_receipt, stream_line
from evenhand.ledger.signing import SigningKey, sign, sign_checkpoint
from evenhand.ledger.verify import verify, verify_receipt
from evenhand.ledger.verify_asked import Asked
from tests.ledger.bundles import BEGAN, POLICY, SmallLog, entry, found, rewritten, small_log
from tests.ledger.cast import EAST, LOG, NEXT, NOON, ORIGIN, WEST
from tests.ledger.published import ROOT
from tests.ledger.test_openings import leaf_of


@pytest.fixture(scope="module")
def log() -> SmallLog:
    return small_log(3, 250, 7, 300)


@pytest.fixture(scope="module")
def bundle(log: SmallLog, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return log.export(tmp_path_factory.mktemp("true") / "bundle")


def test_a_true_bundle_holds_and_is_counted(log: SmallLog, bundle: Path) -> None:
    report = found(bundle)
    assert (
        report.sentences()[0] == "ok: desk.example/log: 560 entries of a log of 560, 4 checkpoints."
    )
    assert report.as_json() | {"counts": 0} == {
        "ok": True,
        "origin": "desk.example/log",
        "size": 560,
        "root": log.notes[560].split("\n")[2],
        "checkpoints": 4,
        "entries": 560,
        "hashes": None,
        "difference": None,
        "receipt": None,
        "counts": 0,
        "continues": None,
        "remarks": [],
        "cosigned": [
            {"by": "east.example/w", "at": "2026-10-14T21:14:20.000000+00:00"},
            {"by": "west.example/w", "at": "2026-10-14T21:14:20.000000+00:00"},
        ],
    }
    assert sum(report.counts.values()) == 560
    assert report.counts["2026-10", "referral.log"] == 83


def test_the_verdict_says_of_which_log_it_is(tmp_path: Path) -> None:
    """A policy may name two logs: a bundle of the other one holds as well."""
    other = SigningKey("other.example/log", Kind.ED25519, b"o" * 32)
    both = f"log {other.verifier}\n{POLICY}".encode()
    log = small_log(3)
    text = sign_checkpoint(Checkpoint(other.name, 3, log.log.root()), [other])
    note = text.with_signatures(sign(text.text, it, at=log.times[3]) for it in (EAST, WEST))
    log.notes[3] = str(note)
    report = found(log.export(tmp_path / "bundle"), policy=both)
    assert report.sentences()[0] == "ok: other.example/log: 3 entries of a log of 3, 1 checkpoint."
    assert report.as_json()["origin"] == "other.example/log"
    assert verify_receipt(receipt_for(log, 1, size=3), both).origin == "other.example/log"
    late = found(tmp_path / "bundle", policy=both, max_age=1, now=log.times[3] + 9)
    assert late.sentences()[0].startswith("NOT VERIFIED: STALE: ")
    assert late.sentences()[0].endswith(" This is of the log other.example/log.")
    unknown = found(tmp_path / "bundle")
    assert unknown.as_json()["origin"] is None
    assert unknown.sentences() == [
        "NOT VERIFIED: No key that you hold for the log other.example/log has signed."
    ]


def test_every_size_of_log_is_exported_and_holds(tmp_path: Path) -> None:
    for size in (0, 1, 2, 255, 256, 257, 512, 513):
        log = small_log(size)
        report = found(log.export(tmp_path / str(size)))
        assert (report.ok, report.entries) == (True, size), report.difference


def test_of_many_checkpoints_the_first_that_is_false_is_named(tmp_path: Path) -> None:
    log = small_log(*[1] * 40)
    assert found(log.export(tmp_path / "true")).checkpoints == 40
    log.notes[35] = log.notes[35].replace("\n35\n", "\n36\n")
    report = found(log.export(tmp_path / "false"))
    assert report.difference == (
        f"Line 35 of checkpoints.jsonl: The signature of {ORIGIN} does not fit the text."
    )
    assert report.checkpoints == 34


def test_bundles_chain(log: SmallLog, tmp_path: Path) -> None:
    sizes = sorted(log.notes)
    for since in sizes:
        folder = log.export(tmp_path / str(since), since=since)
        report = found(folder, kept=log.notes[since].encode())
        assert (report.ok, report.entries) == (True, 560 - since), report.difference
        for kept in sizes:
            report = found(folder, kept=log.notes[kept].encode())
            assert report.ok is (kept >= since)
    last = found(tmp_path / "560", kept=log.notes[3].encode())
    assert last.difference == (
        "The checkpoint of 3 entries that you kept is older than this bundle, which goes from 560 "
        "to 560. Ask for one that goes on from 3 or before."
    )


def test_a_checkpoint_that_is_newer_than_the_bundle_may_mean_that_its_end_was_cut_off(
    log: SmallLog, tmp_path: Path
) -> None:
    folder = small_log(3, 250).export(tmp_path / "old")
    assert found(folder, kept=log.notes[560].encode()).difference == (
        "The checkpoint of 560 entries that you kept is newer than this bundle, which ends at 253. "
        "It is an old bundle, or the newest entries were cut off. Ask for a newer one."
    )


def test_a_bundle_that_goes_on_from_what_nobody_kept_says_so(log: SmallLog, tmp_path: Path) -> None:
    folder = log.export(tmp_path / "bundle", since=560)
    assert found(folder, kept=log.notes[560].encode()).remarks == []
    assert found(folder).remarks == [
        (
            "The bundle goes on from a checkpoint of 560 entries, which was not compared with one "
            "that you kept. Use --kept with yours."
        )
    ]


def test_it_says_who_cosigned_and_when(log: SmallLog, bundle: Path, tmp_path: Path) -> None:
    said = [
        "Cosigned by east.example/w on 2026-10-14 21:14 UTC.",
        "Cosigned by west.example/w on 2026-10-14 21:14 UTC.",
    ]
    assert found(bundle).sentences()[1:3] == said
    assert verify_receipt(receipt_for(log, 100), POLICY.encode()).sentences()[-2:] == said
    assert verify(bundle, Asked()).sentences()[2] == "Cosigned by no witness that you know."
    one = small_log(1).export(tmp_path / "one")
    assert found(one).sentences()[0] == "ok: desk.example/log: 1 entry of a log of 1, 1 checkpoint."


def test_without_a_policy_it_says_that_the_key_was_not_checked(bundle: Path) -> None:
    report = verify(bundle, Asked())
    assert report.ok
    assert "was not checked against one that you hold" in report.sentences()[1]


def test_with_a_policy_the_key_in_the_bundle_does_not_matter(bundle: Path) -> None:
    other = POLICY.replace(str(LOG.verifier), str(NEXT.verifier))
    report = found(bundle, policy=other.encode())
    assert report.difference == f"No key that you hold for the log {ORIGIN} has signed."


def test_history_that_was_written_anew_and_signed_is_found_by_the_kept_checkpoint(
    log: SmallLog, tmp_path: Path
) -> None:
    other = rewritten(log, 100, entry(100, at=BEGAN + timedelta(hours=100, minutes=1)))
    folder = other.export(tmp_path / "other")
    assert found(folder).ok
    report = found(folder, kept=log.notes[253].encode())
    assert report.difference == (
        "The entries do not lead to the checkpoint of 253 entries that you kept, cosigned "
        "2026-10-02 02:14 UTC: something before entry 253 differs, and nothing before entry 3 does."
    )


def receipt_for(
    log: SmallLog, number: int, *, size: int = 560, shown: Sequence[str] = ("at", "obj")
) -> bytes:
    written = log.written[number]
    return str(
        make_receipt(
            log.shelf.read,
            index=number,
            size=size,
            checkpoint=log.notes[size],
            leaf=written.leaf,
            opening=keeping(written.opening, shown),
        )
    ).encode()


def test_a_receipt_holds_by_itself_and_in_the_bundle(log: SmallLog, bundle: Path) -> None:
    for size in (253, 560):
        receipt = receipt_for(log, 100, size=size)
        assert verify_receipt(receipt, POLICY.encode()).ok
        assert found(bundle, receipt=receipt).ok


def test_of_a_receipt_is_told_which_act_it_proves(log: SmallLog, bundle: Path) -> None:
    """One of another act holds as well: who was promised a proof has to see which one they got."""
    proof = {
        "index": 100,
        "act": "referral.log",
        "day": "2026-09-25",
        "withheld": 3,
        "at": "2026-09-25T18:13:20.000000+00:00",
        "obj": "00000000-0000-0000-0000-000000000064",
    }
    receipt = receipt_for(log, 100)
    for report in (verify_receipt(receipt, POLICY.encode()), found(bundle, receipt=receipt)):
        assert report.as_json()["receipt"] == proof
        assert report.sentences()[1:7] == [
            "The receipt proves entry 100. Compare what it says with what you were told:",
            "  act       referral.log",
            "  when      2026-09-25T18:13:20.000000+00:00",
            "  officer   withheld",
            "  record    00000000-0000-0000-0000-000000000064",
            "  withheld  3 fields in all",
        ]
    whole = verify_receipt(receipt_for(log, 100, shown=("who", "ver")), POLICY.encode())
    told = "\n".join(whole.sentences())
    assert "when      2026-09-25, the hour is withheld" in told
    assert "officer   00000000-" in told
    assert "record    withheld" in told
    assert "\n  ver       " in told


def test_a_receipt_for_an_entry_that_is_no_longer_there_says_so(
    log: SmallLog, tmp_path: Path
) -> None:
    other = rewritten(log, 100, entry(100)).export(tmp_path / "other")
    report = found(other, receipt=receipt_for(log, 100, size=253))
    assert "do not lead to the checkpoint of 253 entries of your receipt" in str(report.difference)


def test_a_false_receipt_does_not_hold(log: SmallLog, bundle: Path) -> None:
    true = receipt_for(log, 100)
    for receipt, why in (
        (b"", "The receipt does not hold. A proof begins with"),
        (true.replace(b"index 100", b"index 101"), "does not lead to the root"),
        (true.replace(b"extra ", b"extra AAAA"), "does not hold its entry"),
    ):
        assert why in str(verify_receipt(receipt, POLICY.encode()).difference)
        assert why in str(found(bundle, receipt=receipt).difference)
    assert not verify_receipt(true, b"quorum none\n").ok


@pytest.mark.parametrize(
    "field",
    [["act", "notice.send"], ["day", "2026-09-01"], ["index", 7], ["withheld", 0], ["x", 1]],
)
def test_no_field_of_an_entry_passes_for_what_its_leaf_and_proof_say(
    field: list[object], tmp_path: Path
) -> None:
    log = small_log(2)
    at = ["at", "2026-09-21T15:00:00.000000+00:00"]
    log.grow([leaf_of(at, field, day="2026-09-21")])
    receipt = receipt_for(log, 2, size=3, shown=("at", str(field[0])))
    said = f"The receipt does not hold. Its entry has a field that no entry has: {field[0]}."
    assert verify_receipt(receipt, POLICY.encode()).difference == said
    assert found(log.export(tmp_path / "bundle"), receipt=receipt).difference == said
    told = parse_receipt(receipt).proves()
    assert (told["index"], told["act"], told["day"]) == (2, "referral.log", "2026-09-21")
    assert told["withheld"] == 0


def test_a_receipt_tells_its_holder_what_they_may_see(log: SmallLog) -> None:
    receipt = parse_receipt(receipt_for(log, 100))
    assert receipt.fields() == {
        "at": "2026-09-25T18:13:20.000000+00:00",
        "obj": "00000000-0000-0000-0000-000000000064",
    }


@pytest.mark.parametrize("extra", [b"", b"{", b"[]", b'{"leaf":"x"}', b"[" * 100_000])
def test_a_receipt_without_its_entry_is_none(extra: bytes, log: SmallLog) -> None:
    proof = replace(parse_receipt(receipt_for(log, 100)).proof, extra=extra)
    with pytest.raises(Malformed, match="does not hold its entry"):
        parse_receipt(str(proof).encode())


def test_a_bundle_is_not_written_with_openings_that_do_not_fit(tmp_path: Path) -> None:
    contents = small_log(2).contents()
    for number, openings in enumerate(([], [None, "a\nb"], [None, "a" * 5_000_000])):
        with pytest.raises(Malformed, match=r"opening|Opening"):
            write_bundle(
                tmp_path / str(number), replace(contents, openings=openings), on=date(2026, 9, 30)
            )


def test_a_bundle_says_in_plain_words_what_it_is(log: SmallLog, tmp_path: Path) -> None:
    """Entries are numbered from 0: a log of 560 has none of the number 560."""
    bundle = log.export(tmp_path / "bundle", since=253)
    page = (bundle / "data/README.txt").read_text("utf-8")
    assert f"a copy of the log {ORIGIN}, as it was with 560 entries. The first has the" in page
    assert all(len(line) <= 100 for line in page.split("\n"))
    info = (bundle / "bag-info.txt").read_text("utf-8")
    assert "External-Description: 307 entries of a log, from 253 on\n" in info


def test_a_bundle_is_never_written_over_another(log: SmallLog, bundle: Path) -> None:
    with pytest.raises(FileExistsError):
        log.export(bundle)


def test_a_stale_bundle_is_found_by_its_newest_cosignature(bundle: Path) -> None:
    newest = NOON + 559 * 3600 + 60
    assert found(bundle, max_age=86_400, now=newest + 86_400).ok
    report = found(bundle, max_age=86_400, now=newest + 86_401)
    assert report.difference == (
        "STALE: the newest checkpoint was cosigned on 2026-10-14 21:14 UTC, 86401 seconds ago; you "
        "allow 86400."
    )


def test_without_a_cosignature_nothing_is_fresh(tmp_path: Path) -> None:
    log = SmallLog()
    log.grow([entry(0)], by=())
    report = verify(log.export(tmp_path / "bundle"), Asked(max_age=10, now=NOON))
    assert str(report.difference).startswith("STALE: nobody cosigned the newest checkpoint")


def test_an_entry_that_was_dated_back_is_found_by_the_cosignatures_around_it(
    tmp_path: Path,
) -> None:
    log = small_log(3, 3)
    log.grow([entry(6, at=BEGAN)])
    report = found(log.export(tmp_path / "bundle"))
    assert report.difference == (
        "Entry 6 is dated 2026-09-21T14:13, long before the cosignature after which it came into "
        "the log."
    )


def test_an_entry_that_was_dated_on_is_found_by_the_cosignature_over_it(tmp_path: Path) -> None:
    log = small_log(3)
    log.grow([entry(3, at=BEGAN + timedelta(days=9)), entry(4)])
    report = found(log.export(tmp_path / "bundle"))
    assert report.difference == (
        "Entry 3 is dated 2026-09-30T14:13, after the cosignature over it, which is of 2026-09-21 "
        "18:14 UTC."
    )


def test_erased_fields_are_told_and_the_log_still_holds(tmp_path: Path) -> None:
    log = small_log(5)
    openings: list[str | None] = [it.opening for it in log.written]
    openings[2] = keeping(log.written[2].opening, {"who", "chg"})
    write_bundle(tmp_path / "b", replace(log.contents(), openings=openings), on=date(2026, 9, 30))
    report = found(tmp_path / "b")
    assert report.ok, report.difference
    assert report.remarks == ["Fields of openings that were erased: 3."]


def test_while_a_key_is_replaced_bundles_hold_under_both(tmp_path: Path) -> None:
    log = small_log(3)
    for number, keys in ((3, [LOG, NEXT]), (4, [NEXT])):
        log.grow([entry(number)])
        size = number + 1
        note = sign_checkpoint(Checkpoint(ORIGIN, size, log.log.root()), keys)
        at = int((BEGAN + timedelta(hours=number, minutes=1)).timestamp())
        log.notes[size] = str(note.with_signatures([sign(note.text, EAST, at=at)]))
    folder = log.export(tmp_path / "bundle")
    east = f"witness east {EAST.verifier}\nquorum east\n"
    both = f"log {LOG.verifier}\nlog {NEXT.verifier}\n{east}"
    assert found(folder, policy=both.encode()).ok
    old = found(folder, policy=f"log {LOG.verifier}\n{east}".encode())
    assert old.difference == f"No key that you hold for the log {ORIGIN} has signed."
    new = found(folder, policy=f"log {NEXT.verifier}\n{east}".encode())
    assert new.difference == "Line 1 of checkpoints.jsonl: No key of the log has signed it."


def test_the_command_says_ok_with_nothing_but_the_standard_library(
    bundle: Path, tmp_path: Path
) -> None:
    policy = tmp_path / "policy.txt"
    policy.write_text(POLICY, "utf-8")
    # -S leaves out every installed package: what is found there must be enough.
    command = [sys.executable, "-S", "-m", "evenhand.ledger", "verify", str(bundle)]
    done = subprocess.run(
        [*command, "--policy", str(policy), "--json"],
        env={"PYTHONPATH": str(ROOT / "src"), "PATH": os.defpath},
        capture_output=True,
        check=False,
        text=True,
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert json.loads(done.stdout)["ok"] is True


def test_the_command_answers_with_its_exit_code(
    log: SmallLog, bundle: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    policy = tmp_path / "policy.txt"
    policy.write_text(POLICY, "utf-8")
    receipt = tmp_path / "receipt"
    receipt.write_bytes(receipt_for(log, 100))
    kept = tmp_path / "kept"
    kept.write_text(log.notes[253], "utf-8")
    stream = tmp_path / "stream"
    stream.write_text(stream_line(log.written[0].leaf_hash, at=BEGAN), "utf-8")
    mine = ["--policy", str(policy)]
    assert main(["verify", str(bundle), *mine]) == 0
    assert main(["verify", *mine, "--receipt", str(receipt)]) == 0
    assert main(["verify", str(bundle), *mine, "--kept", str(kept), "--receipts", str(stream)]) == 0
    assert capsys.readouterr().out.count("ok: ") == 3
    assert main(["verify", str(bundle), *mine, "--max-age", "60"]) == 1
    assert (
        main(["verify", str(bundle), *mine, "--max-age", "60", "--now", "2026-10-14T21:14:30Z"])
        == 0
    )
    assert "NOT VERIFIED: STALE" in capsys.readouterr().out
    assert main(["verify", str(bundle), *mine, "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["entries"] == 560


def test_the_package_is_a_command(
    bundle: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "argv", ["evenhand.ledger", "verify", str(bundle)])
    monkeypatch.delitem(sys.modules, "evenhand.ledger.__main__")
    with pytest.raises(SystemExit) as ended:
        runpy.run_module("evenhand.ledger", run_name="__main__")
    assert ended.value.code == 0
    assert capsys.readouterr().out.startswith("ok: ")


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["verify"],
        ["verify", "--receipt", "x"],
        ["verify", "x", "--policy", "absent"],
        ["verify", "x", "--receipts", "absent"],
        ["verify", "x", "--now", "2026-10-14T21:14:30"],
        ["verify", "x", "--max-age", "soon"],
    ],
)
def test_wrong_usage_is_exit_2(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(arguments)
    assert ended.value.code == 2
    assert "Traceback" not in capsys.readouterr().err


@pytest.mark.parametrize(
    ("when", "why"),
    [
        ("2026-01-01", "a time needs a zone, as in 2026-11-28T10:00:00Z"),
        ("yesterday", "a time is written as in 2026-11-28T10:00:00Z"),
    ],
)
def test_a_time_that_cannot_be_read_is_said(
    when: str, why: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit, match="2"):
        main(["verify", "x", "--now", when])
    assert f"argument --now: {why}" in capsys.readouterr().err


def test_a_bundle_that_was_not_unpacked_is_said(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "log.zip").write_bytes(b"PK")
    with pytest.raises(SystemExit) as ended:
        main(["verify", str(tmp_path / "log.zip")])
    assert ended.value.code == 2
    assert "log.zip cannot be read: it is not a folder. Unpack it" in capsys.readouterr().err


def test_whoever_interrupts_in_this_process_gets_a_sentence_too(
    bundle: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def interrupted(*_given: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("evenhand.ledger.__main__.verify", interrupted)
    assert main(["verify", str(bundle)]) == 130
    assert capsys.readouterr().err == "Stopped before the end: nothing is verified.\n"


def test_what_is_printed_holds_no_control_characters(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "\x1b[2J").mkdir()
    assert main(["verify", str(tmp_path)]) == 1
    assert main(["verify", str(tmp_path / "\x1b[2J")]) == 1
    assert "\x1b" not in capsys.readouterr().out


def test_whoever_reads_only_the_first_line_gets_no_traceback(bundle: Path) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    done = subprocess.run(
        [sys.executable, "-S", "-m", "evenhand.ledger", "verify", str(bundle)],
        env={"PYTHONPATH": str(ROOT / "src"), "PATH": os.defpath},
        stdout=writing,
        stderr=subprocess.PIPE,
        check=False,
        text=True,
    )
    os.close(writing)
    assert (done.returncode, done.stderr) == (141, "")


def test_a_closed_pipe_is_a_status_of_its_own(
    bundle: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    with os.fdopen(writing, "w") as closed:
        monkeypatch.setattr(sys, "stdout", closed)
        assert main(["verify", str(bundle)]) == 141
        monkeypatch.undo()
