"""Checks REUSE.toml against what is here: each pattern matches, each licence is there and used.

The tool ``reuse`` says more, but it has no wheel for most systems, and building it would bring in
packages that no lock file checks. Its first annotation covers every file, so this is enough.
"""

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

JOINING = {"AND", "OR", "WITH"}


def licence_faults(root: Path) -> Iterator[str]:
    """Name what REUSE.toml gets wrong."""
    annotations = tomllib.loads((root / "REUSE.toml").read_text("utf-8"))["annotations"]
    if annotations[0]["path"] != "**":
        yield "The first annotation of REUSE.toml does not cover every file."
    used: set[str] = set()
    for it in annotations:
        used |= licences_in(it["SPDX-License-Identifier"])
        if not it.get("SPDX-FileCopyrightText"):
            yield f"{it['path']} has no copyright text."
        for pattern in [it["path"]] if isinstance(it["path"], str) else it["path"]:
            if pattern != "**" and next(root.glob(pattern), None) is None:
                yield f"{pattern} matches no file."
    kept = {path.stem for path in (root / "LICENSES").glob("*.txt")}
    yield from (f"LICENSES/{name}.txt is missing." for name in sorted(used - kept))
    yield from (f"LICENSES/{name}.txt is used by nothing." for name in sorted(kept - used))


def licences_in(expression: str) -> set[str]:
    """Give the licences that an SPDX expression names."""
    return set(re.findall(r"[\w.+-]+", expression)) - JOINING
