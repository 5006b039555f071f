"""Ways to break a bundle. Whoever tampers also makes the manifests fit again."""

from collections.abc import Callable
from pathlib import Path

from tests.ledger.bundles import (
    copy_of,
    found,
    rebag,
)
from tests.ledger.cast import EAST, NOON, WEST, checkpoint

Damage = Callable[[Path], object]
Case = tuple[Damage, str]
"""What is done to a bundle, and what its report says then; nothing where it still holds."""


def edit(path: str, change: Callable[[bytes], bytes]) -> Damage:
    """Change a file, and make the manifests fit again."""

    def damage(folder: Path) -> None:
        file = folder / path
        file.write_bytes(change(file.read_bytes() if file.exists() else b""))
        rebag(folder)

    return damage


def put(path: str, data: bytes) -> Damage:
    def damage(folder: Path) -> None:
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(data)
        rebag(folder)

    return damage


def raw(path: str, change: Callable[[bytes], bytes]) -> Damage:
    """Change a file and leave the manifests as they were."""
    return lambda folder: (folder / path).write_bytes(change((folder / path).read_bytes()))


def remove(path: str) -> Damage:
    def damage(folder: Path) -> None:
        (folder / path).unlink()
        rebag(folder)

    return damage


def signed(size: int, root: bytes = bytes(32), *, at: int = NOON + 400 * 3600) -> bytes:
    return str(checkpoint(size, root, at=at, by=(EAST, WEST))).encode()


def check_case(case: Case, true: Path, folder: Path) -> None:
    """Break a copy of a bundle, and find that it gets its sentence and nothing more."""
    damage, sentence = case
    damage(copy_of(true, folder))
    report = found(folder)
    assert sentence in str(report.difference)
    assert report.ok is (not sentence)
    assert report.difference is None or report.difference.endswith(".")
