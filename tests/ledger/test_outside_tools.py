"""What programs that nobody here wrote say of our logs, proofs and bundles.

Where such a program is not installed, its tests say loudly that they did not run; in CI they fail.
"""

import os
import shutil
import subprocess
from pathlib import Path

import pytest
from pymerkle import InmemoryTree

from evenhand.cli.witness_folder import LOGS, Witness, make_witness
from evenhand.ledger.proofs import prove
from evenhand.ledger.tree import Tree, leaf_hashes
from evenhand.ledger.witness import make_request
from tests.ledger.bundles import SmallLog, small_log
from tests.ledger.cast import EAST, LOG, NOON, checkpoint
from tests.ledger.folders import grown

OUTSIDE = Path(__file__).with_name("outside")
GO_SOURCES = Path("/usr/share/gocode")
PYTHON = Path(__file__).parents[2] / ".outside/bin/python"
"""Made from requirements/outside.lock, as .ci/run does."""


def needed(*programs: str) -> None:
    """Skip loudly, or fail in CI, where a program is missing."""
    missing = [it for it in programs if shutil.which(it) is None and not Path(it).exists()]
    if missing and os.environ.get("CI") == "true":
        pytest.fail(f"{missing} must be installed in CI")
    if missing:
        pytest.skip(f"NOT RUN: {missing} not installed")


def said(*command: str | Path, env: dict[str, str] | None = None) -> tuple[int, str]:
    done = subprocess.run(
        [str(it) for it in command],
        capture_output=True,
        check=False,
        text=True,
        env={**os.environ, **(env or {})},
    )
    return done.returncode, done.stdout + done.stderr


@pytest.mark.parametrize("size", [0, 1, 2, 3, 255, 256, 257, 1000])
def test_pymerkle_finds_the_same_roots(size: int) -> None:
    entries = [f"entry {number}".encode() for number in range(size)]
    theirs = InmemoryTree(algorithm="sha256")
    for entry in entries:
        theirs.append_entry(entry)
    ours = Tree()
    ours.extend(leaf_hashes(entries))
    assert theirs.get_root() == ours.root()


Files = tuple[Path, Path, Path]
"""An entry, its proof and the log's public key, as an outsider has them."""


@pytest.fixture
def files(tmp_path: Path) -> Files:
    return tmp_path / "entry", tmp_path / "entry.tlog-proof", tmp_path / "log.vkey"


def prove_one(files: Files, size: int, index: int) -> None:
    entries = [f"entry {number}".encode() for number in range(size)]
    log, shelf = grown(entries)
    note = str(checkpoint(size, log.root(), by=(EAST,)))
    files[0].write_bytes(entries[index])
    files[1].write_text(str(prove(shelf.read, index=index, size=size, checkpoint=note)), "utf-8")
    files[2].write_text(f"{LOG.verifier}\n", "utf-8")


class TestAShellScriptWithOpenssl:
    @pytest.fixture(autouse=True)
    def programs(self) -> None:
        needed("bash", "openssl", "xxd", "base64")

    @pytest.mark.parametrize(
        ("size", "index"), [(1, 0), (2, 1), (3, 2), (5, 4), (7, 2), (8, 7), (13, 12)]
    )
    def test_it_accepts_our_proofs(self, size: int, index: int, files: Files) -> None:
        prove_one(files, size, index)
        assert said(OUTSIDE / "verify.sh", *files) == (
            0,
            f"OK: the entry is in the log {LOG.name} of {size} entries\n",
        )

    def test_it_refuses_an_altered_entry_or_size(self, files: Files) -> None:
        prove_one(files, 7, 2)
        entry, proof, _key = files
        entry.write_bytes(b"another entry")
        assert said(OUTSIDE / "verify.sh", *files) == (1, "FAIL root\n")
        prove_one(files, 7, 2)
        proof.write_text(proof.read_text("utf-8").replace("\n7\n", "\n8\n"), "utf-8")
        assert said(OUTSIDE / "verify.sh", *files)[0] == 1


class TestSigstore:
    """Its code for checkpoints and inclusion, in an environment that is not ours."""

    @pytest.fixture(autouse=True)
    def python(self) -> None:
        needed(str(PYTHON))

    def check(self, *files: Path) -> tuple[int, str]:
        return said(PYTHON, OUTSIDE / "sigstore_check.py", *files)

    @pytest.mark.parametrize(("size", "index"), [(1, 0), (7, 2), (1000, 999)])
    def test_it_accepts_our_proofs(self, size: int, index: int, files: Files) -> None:
        prove_one(files, size, index)
        assert self.check(*files) == (0, f"OK True {size}\n")

    def test_it_refuses_an_altered_entry_root_or_signature(self, files: Files) -> None:
        prove_one(files, 7, 2)
        entry, proof, _key = files
        before = proof.read_bytes()
        root = before.index(f"\n{LOG.name}\n7\n".encode()) + len(LOG.name) + 10
        signature = before.index(f"\u2014 {LOG.name} ".encode()) + len(LOG.name) + 20
        for at in (root, signature):
            proof.write_bytes(before[:at] + bytes([before[at] ^ 1]) + before[at + 1 :])
            assert self.check(*files)[0] == 1
        proof.write_bytes(before)
        entry.write_bytes(b"another entry")
        assert self.check(*files) == (1, "FAIL VerificationError\n")


class TestBagit:
    """The Library of Congress's program, which knows nothing of logs."""

    @pytest.fixture(autouse=True)
    def python(self) -> None:
        needed(str(PYTHON))

    def check(self, folder: Path) -> tuple[int, str]:
        return said(PYTHON, "-m", "bagit", "--validate", folder)

    def test_it_accepts_a_bundle_and_one_that_goes_on_from_it(self, tmp_path: Path) -> None:
        log = small_log(3, 300, 700)
        log.export(tmp_path / "whole")
        log.export(tmp_path / "more", since=303)
        for name in ("whole", "more"):
            code, text = self.check(tmp_path / name)
            assert (code, f"{tmp_path / name} is valid" in text) == (0, True), text

    @pytest.mark.parametrize("path", ["data/openings.jsonl", "bag-info.txt"])
    def test_it_refuses_one_that_was_changed(self, tmp_path: Path, path: str) -> None:
        small_log(3).export(tmp_path / "bundle")
        with (tmp_path / "bundle" / path).open("ab") as file:
            file.write(b"null\n")
        code, text = self.check(tmp_path / "bundle")
        assert (code, "is invalid" in text) == (1, True), text


@pytest.fixture(scope="module")
def gocheck(tmp_path_factory: pytest.TempPathFactory) -> Path:
    needed("go", str(GO_SOURCES / "src/golang.org/x/mod/sumdb/note"))
    folder = tmp_path_factory.mktemp("go")
    env = {"GO111MODULE": "off", "GOPATH": str(GO_SOURCES), "GOCACHE": str(folder / "cache")}
    program = folder / "gocheck"
    source = OUTSIDE / "gocheck.go"
    assert said("go", "build", "-o", program, source, env=env) == (0, "")
    return program


class TestGosChecksumDatabase:
    @pytest.fixture
    def log(self, tmp_path: Path) -> SmallLog:
        (tmp_path / "log.vkey").write_text(str(LOG.verifier), "utf-8")
        (tmp_path / "witness.vkey").write_text(str(EAST.verifier), "utf-8")
        log = small_log(3, 300, 700)
        for size in (3, 303):
            (tmp_path / f"checkpoint.{size}").write_text(log.notes[size], "utf-8")
        log.export(tmp_path / "bundle")
        return log

    def check(self, gocheck: Path, folder: Path) -> tuple[int, str]:
        older = sorted(folder.glob("checkpoint.*"))
        data = folder / "bundle/data"
        return said(gocheck, data, folder / "log.vkey", folder / "witness.vkey", *older)

    def test_it_accepts_a_bundle(self, gocheck: Path, log: SmallLog, tmp_path: Path) -> None:
        assert log.log.size == 1003
        assert self.check(gocheck, tmp_path) == (
            0,
            "OK 1003 entries 1003 checked 2 signatures 2 older\n",
        )

    def test_it_accepts_the_cosignature_of_our_witness(
        self, gocheck: Path, log: SmallLog, tmp_path: Path
    ) -> None:
        witness = tmp_path / "w"
        key = make_witness(witness, "north.example/w")
        (witness / LOGS).write_text(f"log {LOG.verifier}\n", "utf-8")
        (tmp_path / "witness.vkey").write_text(str(key), "utf-8")
        note = checkpoint(log.log.size, log.log.root())
        answer = Witness.open(witness).answer(make_request(note, old=0, proof=()), at=NOON)
        (tmp_path / "bundle/data/checkpoint").write_text(f"{note}{answer.body}", "utf-8")
        assert self.check(gocheck, tmp_path) == (
            0,
            "OK 1003 entries 1003 checked 2 signatures 2 older\n",
        )

    @pytest.mark.parametrize(
        "path",
        [
            "bundle/data/tile/entries/001",
            "bundle/data/tile/0/002",
            "bundle/data/tile/1/000.p/3",
            "bundle/data/checkpoint",
            "checkpoint.303",
        ],
    )
    def test_it_refuses_one_with_a_single_bit_changed(
        self, gocheck: Path, log: SmallLog, tmp_path: Path, path: str
    ) -> None:
        assert log.log.size == 1003
        data = bytearray((tmp_path / path).read_bytes())
        data[40] ^= 1
        (tmp_path / path).write_bytes(data)
        code, text = self.check(gocheck, tmp_path)
        assert code != 0
        assert "OK" not in text


def test_sha256sum_accepts_the_manifests_of_a_bundle(tmp_path: Path) -> None:
    needed("sha256sum")
    folder = small_log(3, 300).export(tmp_path / "bundle")
    for manifest in ("manifest-sha256.txt", "tagmanifest-sha256.txt"):
        done = subprocess.run(
            ["sha256sum", "--check", "--strict", "--quiet", manifest],  # noqa: S607
            cwd=folder,
            check=False,
            capture_output=True,
        )
        assert (done.returncode, done.stdout + done.stderr) == (0, b"")
