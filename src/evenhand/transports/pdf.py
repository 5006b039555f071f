"""Draws PDF/UA-1 with Typst, which is an optional package: ``evenhand[pdf]``.

What is drawn is data for a template that ships with the house; no text is ever pasted into one.
"""

import json
from collections.abc import Mapping
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Literal

TEMPLATES = Path(__file__).parent / "templates"
STANDARD: Literal["ua-1"] = "ua-1"


def is_installed() -> bool:
    """Say whether Typst is installed."""
    return find_spec("typst") is not None


def draw(template: str, data: Mapping[str, Any]) -> bytes:
    """Draw data with one of the house's templates. Ask ``is_installed`` first."""
    import typst  # noqa: PLC0415 - an optional package

    drawn = typst.compile(
        TEMPLATES / f"{template}.typ",
        root=TEMPLATES,
        format="pdf",
        pdf_standards=STANDARD,
        sys_inputs={"data": json.dumps(data, ensure_ascii=False)},
    )
    assert isinstance(drawn, bytes)  # noqa: S101 - one document is one file
    return drawn
