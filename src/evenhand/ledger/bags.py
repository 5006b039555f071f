"""BagIt 1.0 (RFC 8493) folders: every file with its hash, and no file without one.

A bag is read as if an enemy had made it: no link is followed, nothing is opened that was not found
in the folder, and however many files there are, little is kept in memory. For that, a manifest is
in the order of its paths, part by part; ours are.
"""

import hashlib
import os
import re
from collections.abc import Iterator
from io import FileIO
from pathlib import Path
from typing import BinaryIO

from evenhand.ledger.broken import Malformed

DECLARATION = b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"
BAGIT, INFO = "bagit.txt", "bag-info.txt"
MANIFEST, TAG_MANIFEST = "manifest-sha256.txt", "tagmanifest-sha256.txt"
TAGGED = (INFO, BAGIT, MANIFEST)
PAYLOAD = "data"
LEFT_BY_SYSTEMS = ("Thumbs.db", "desktop.ini")
"""What Windows leaves in a folder that somebody looked at, as macOS leaves ``.DS_Store``."""
MOST_IN_A_FOLDER = 4_000
DEEPEST = 20
PIECE = 65_536
LONGEST_LINE = 4096
_LINE = re.compile(r"([0-9a-f]{64})  ?\*?(\S.*)\n")

Parts = tuple[str, ...]


def sha256_of(path: Path) -> str:
    """Hash a file, a piece at a time."""
    found = hashlib.sha256()
    with FileIO(path) as file:
        while piece := file.read(PIECE):
            found.update(piece)
    return found.hexdigest()


def walk(folder: Path, parts: Parts = ()) -> Iterator[Parts]:
    """Give the path of each file below a folder, part by part, in their order.

    Raises Malformed for what is neither a file nor a folder, and for too many or too deep.
    """
    if len(parts) > DEEPEST:
        raise Malformed(f"Folders in the bundle are more than {DEEPEST} deep.")
    for entry in _listed(folder, parts):
        here = (*parts, entry.name)
        if entry.is_dir(follow_symlinks=False):
            yield from walk(folder / entry.name, here)
        elif entry.is_file(follow_symlinks=False):
            yield here
        else:
            raise Malformed(f"{shown(here)} in the bundle is neither a file nor a folder.")


def _listed(folder: Path, parts: Parts) -> list[os.DirEntry[str]]:
    found = []
    with os.scandir(folder) as entries:
        for entry in entries:
            found.append(entry)
            if len(found) > MOST_IN_A_FOLDER:
                where = shown(parts) or "The bundle"
                raise Malformed(f"{where} holds more than {MOST_IN_A_FOLDER} files.")
    return sorted(found, key=lambda it: it.name)


def shown(parts: Parts) -> str:
    """Write a path for people: what is not plain text is escaped."""
    path = "/".join(parts)
    return path if path.isprintable() else ascii(path)[1:-1]


def write_manifests(folder: Path, info: dict[str, str]) -> None:
    """Turn a folder whose files are below ``data`` into a bag."""
    (folder / BAGIT).write_bytes(DECLARATION)
    lines = "".join(f"{name}: {value}\n" for name, value in info.items())
    (folder / INFO).write_text(lines, "utf-8")
    with (folder / MANIFEST).open("w", encoding="utf-8") as file:
        for parts in walk(folder / PAYLOAD, (PAYLOAD,)):
            file.write(f"{sha256_of(folder.joinpath(*parts))}  {'/'.join(parts)}\n")
    with (folder / TAG_MANIFEST).open("w", encoding="utf-8") as file:
        for name in TAGGED:
            file.write(f"{sha256_of(folder / name)}  {name}\n")


def check_bag(folder: Path, *, later: str = "") -> Iterator[Parts]:
    """Check every file of a bag against its manifests; give each one below ``data``.

    Of the folder ``later`` below ``data`` nothing is read: whoever reads its files compares their
    hashes then, so that each is read once. Raises Malformed with the first file that is missing,
    changed or not listed.
    """
    _check_top({entry.name: entry for entry in _listed(folder, ())})
    for _parts in _compared(folder, iter([(name,) for name in TAGGED]), TAG_MANIFEST):
        pass
    with (folder / BAGIT).open("rb") as file:
        if file.read(LONGEST_LINE) != DECLARATION:
            raise Malformed("bagit.txt does not say BagIt 1.0 in UTF-8.")
    found = walk(folder / PAYLOAD, (PAYLOAD,))
    yield from _compared(folder, found, MANIFEST, later=(later,))


def _check_top(top: dict[str, os.DirEntry[str]]) -> None:
    if BAGIT not in top:
        raise Malformed(
            f"This is no bundle: it has no {BAGIT}. Name the folder in which {BAGIT} and the "
            f"folder {PAYLOAD} are, not {PAYLOAD} itself."
        )
    for name in (*TAGGED, TAG_MANIFEST, PAYLOAD):
        if name not in top:
            raise Malformed(f"This is no bundle: it has no {name}.")
    if others := sorted(top.keys() - {*TAGGED, TAG_MANIFEST, PAYLOAD}):
        raise _unlisted((others[0],), "in no manifest")
    for name in (*TAGGED, TAG_MANIFEST):
        if not top[name].is_file(follow_symlinks=False):
            raise Malformed(f"{name} in the bundle is not a file.")
    if not top[PAYLOAD].is_dir(follow_symlinks=False):
        raise Malformed(f"{PAYLOAD} in the bundle is not a folder.")


def _compared(
    folder: Path, found: Iterator[Parts], manifest: str, *, later: Parts = ("",)
) -> Iterator[Parts]:
    listed = _lines(folder / manifest)
    for parts in found:
        digest, named = next(listed, ("", ()))
        if not named or parts < named:
            raise _unlisted(parts, f"not in {manifest}")
        if named < parts:
            raise Malformed(f"{shown(named)} is in {manifest} but not in the bundle.")
        if parts[1:2] != later and sha256_of(folder.joinpath(*parts)) != digest:
            raise changed(shown(parts), manifest)
        yield parts
    for _digest, named in listed:
        raise Malformed(f"{shown(named)} is in {manifest} but not in the bundle.")


def _unlisted(parts: Parts, where: str) -> Malformed:
    own = parts[-1].startswith(".") or parts[-1] in LEFT_BY_SYSTEMS
    what_to_do = " If your own computer put it there, remove it." if own else ""
    return Malformed(f"{shown(parts)} is in the bundle but {where}.{what_to_do}")


def changed(path: str, manifest: str = MANIFEST) -> Malformed:
    """Say that a file is not the one that its manifest lists."""
    return Malformed(f"{path} was changed: it has another hash than in {manifest}.")


class Listed:
    """Finds hashes in a manifest that was checked.

    Whoever asks in its order reads it once, a line for each; for any other path it is searched.
    """

    def __init__(self, manifest: BinaryIO) -> None:
        self._file = manifest

    def hash_of(self, path: str) -> str:
        """Give the hash of a file by its path below ``data``; nothing for one that is not there."""
        parts = (PAYLOAD, *path.split("/"))
        digest, here = self._next()
        if here != parts:
            self._go_to(parts)
            digest, here = self._next()
        return digest if here == parts else ""

    def _next(self) -> tuple[str, Parts]:
        found = _LINE.fullmatch(self._file.readline(LONGEST_LINE).decode("utf-8", "replace"))
        return (found[1], tuple(found[2].split("/"))) if found else ("", ())

    def _go_to(self, parts: Parts) -> None:
        """Go to the first line that is not before this path."""
        low, high = 0, self._file.seek(0, os.SEEK_END)
        while low < high:
            middle = (low + high) // 2
            self._begin_line(middle)
            digest, here = self._next()
            if digest and here < parts:
                low = middle + 1
            else:
                high = middle
        self._begin_line(low)

    def _begin_line(self, at: int) -> None:
        """Go to the first line that begins at this byte or after it."""
        self._file.seek(max(at - 1, 0))
        if at:
            self._file.readline(LONGEST_LINE)


def _lines(path: Path) -> Iterator[tuple[str, Parts]]:
    before: Parts = ()
    with path.open("rb") as file:
        number = 0
        while line := file.readline(LONGEST_LINE):
            number += 1
            found = _LINE.fullmatch(line.decode("utf-8", "replace"))
            if not found:
                raise Malformed(f"Line {number} of {path.name} is not a hash and a path.")
            here = tuple(found[2].split("/"))
            if here <= before:
                raise Malformed(f"Line {number} of {path.name} is not in the order of its paths.")
            yield found[1], here
            before = here
