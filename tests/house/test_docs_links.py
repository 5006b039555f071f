"""What the papers point at is there."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
LINK = re.compile(r"(?P<image>!?)\[[^\]]*\]\((?P<address>[^)\s]+)\)")
CODE = re.compile(r"^```.*?^```|`[^`\n]*`", re.DOTALL | re.MULTILINE)
HEADING = re.compile(r"^#+ +(.+)$", re.MULTILINE)
ELSEWHERE = re.compile(r"[a-z]+:")
# The browser test draws these.
DRAWN = ROOT / "docs" / "images"


def _papers() -> list[Path]:
    own = [*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md"), *ROOT.glob("src/**/*.md")]
    return sorted(paper for paper in own if "node_modules" not in paper.parts)


def _links(paper: Path) -> Iterator[tuple[str, str]]:
    for link in LINK.finditer(CODE.sub("", paper.read_text("utf-8"))):
        address = link["address"]
        if not ELSEWHERE.match(address):
            path, _, anchor = address.partition("#")
            yield path, anchor


def _anchors(paper: Path) -> set[str]:
    """Name the places in a paper as GitHub and most other sites do."""
    titles = HEADING.findall(CODE.sub("", paper.read_text("utf-8")))
    return {re.sub(r"[^\w -]", "", it.lower()).strip().replace(" ", "-") for it in titles}


@pytest.mark.parametrize("paper", _papers(), ids=lambda it: str(it.relative_to(ROOT)))
def test_every_link_in_a_paper_leads_somewhere(paper: Path) -> None:
    for path, anchor in _links(paper):
        there = (paper.parent / path).resolve() if path else paper
        if there.parent == DRAWN:
            continue
        assert there.exists(), f"{path} does not exist"
        assert there.is_relative_to(ROOT), f"{path} leads out of the checkout"
        if anchor:
            assert anchor in _anchors(there), f"{path} has no place #{anchor}"
