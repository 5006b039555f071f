"""The log's key is lost: a new one goes on with the same log, for everybody who kept something."""

from collections.abc import Iterator
from contextlib import ExitStack
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.conf import settings

from evenhand.actions.exporting import write_published
from evenhand.cli.main import main
from evenhand.cli.signer_folder import KEY, make_key
from evenhand.cli.witness_folder import LOGS
from evenhand.ledger.bundle import CHECKPOINT
from evenhand.ledger.verify import verify
from evenhand.ledger.verify_asked import Asked
from evenhand.store.log import OpeningRow
from evenhand.store.sequencing import LogStateRow, LogWitnessRow
from evenhand.transports.signer import keys_of
from tests.actions.test_cosigning import Log
from tests.desks import FreshDesk
from tests.gates import Gate
from tests.ledger import reading
from tests.signers import ORIGIN


@pytest.fixture
def gate(fresh_desk: FreshDesk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Gate]:
    assert fresh_desk.database_url
    with ExitStack() as running:
        made = Gate(Log(tmp_path, running), monkeypatch)
        made.now = datetime.now(UTC)
        yield made


def test_a_new_key_goes_on_with_the_same_log_once_somebody_confirmed_how_far_it_is(
    gate: Gate, tmp_path: Path
) -> None:
    log = gate.log_of_it
    gate.log()
    gate.cosign()
    size, kept = log.published(), (log.folder / CHECKPOINT).read_bytes()
    before = gate.policy()
    (tmp_path / "confirmed").write_bytes(kept)

    log.signer.kill()
    (log.signer.folder / KEY).unlink()
    make_key(log.signer.folder / KEY, ORIGIN)
    folder = ["--folder", str(log.signer.folder)]
    assert main(["signer", *folder]) == 1
    assert main(["signer", *folder, "--continue", str(tmp_path / "confirmed")]) == 0
    log.signer.start()
    [new] = keys_of(log.signer.socket)
    assert new != log.key

    # The witnesses do not know the new key yet. What they cosigned stays published.
    gate.log()
    gate.cosign()
    assert (log.published(), LogStateRow.objects.get().fault) == (size, "")
    faults = set(LogWitnessRow.objects.values_list("fault", flat=True))
    assert faults == {"The witness does not trust the key that signed this checkpoint."}
    newest = OpeningRow.objects.latest("entry")
    assert reading.fields(newest.fields)["key"] == new.public.hex()

    # They add it beside the old one, and start again with the memory that they have.
    for home in log.homes.values():
        with (home / LOGS).open("a") as logs:
            logs.write(f"log {new}\n")
    gate.ask({name: log.up(name) for name in log.homes})
    gate.log()
    gate.cosign()
    assert log.published() == OpeningRow.objects.count() > size
    write_published(
        tmp_path / "bundle", log=log.folder, policy="quorum none\n", since=None, at=gate.now
    )
    witnesses = settings.DESK.witness_policy
    both = f"log {log.key}\nlog {new}\n{witnesses}\n".encode()
    report = verify(tmp_path / "bundle", Asked(policy=both, kept=kept))
    assert report.ok, report.difference
    assert report.checkpoints > 1
    # Who does not hold the new key sees that somebody else signs.
    assert "No key that you hold for the log" in str(
        verify(tmp_path / "bundle", Asked(policy=before)).difference
    )
