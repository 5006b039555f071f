"""Has a pack drawn as a PDF for who prints it, where the package for it is installed."""

from evenhand.rules.rights_pack import HELD_BACK, PackJson
from evenhand.rules.rights_pack_html import ASSESSMENTS, FACTS, NOTHING, rows_of
from evenhand.transports import pdf


def can_draw() -> bool:
    """Say whether the package that draws PDF is installed."""
    return pdf.is_installed()


def draw(pack: PackJson) -> bytes:
    """Draw a pack as PDF/UA-1. Its words go in as data, and are never read as markup."""
    sections = [
        {"title": FACTS, "pieces": pack["facts"]},
        {"title": ASSESSMENTS, "pieces": pack["assessments"]},
        *pack["sections"],
    ]
    return pdf.draw(
        "pack",
        {
            "title": f"What {pack['desk']['name']} holds about you",
            "about": [list(it) for it in rows_of(pack)],
            "sections": sections,
            "held_back": HELD_BACK,
            "nothing": NOTHING,
        },
    )
