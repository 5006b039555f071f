"""Draws a pack in its own language: as a page, and as a PDF where the package for it is there."""

from django.utils import translation
from django.utils.translation import gettext

from evenhand.rules.rights_pack_html import (
    NOTHING,
    Speaking,
    as_html,
    lines_of,
    parts_of,
    rows_of,
    title_of,
)
from evenhand.rules.rights_pack_json import HELD_BACK, PackJson
from evenhand.store.days import day_in_words
from evenhand.transports import pdf

SPEAKING = Speaking(said=gettext, day=day_in_words)


def page(pack: PackJson) -> str:
    """Draw a pack as one HTML page."""
    with translation.override(pack["language"]):
        return as_html(pack, SPEAKING)


def can_draw_pdf() -> bool:
    """Say whether the package that draws PDF is installed."""
    return pdf.is_installed()


def as_pdf(pack: PackJson) -> bytes:
    """Draw a pack as PDF/UA-1. Its words go in as data, and are never read as markup."""
    with translation.override(pack["language"]):
        return pdf.draw("pack", _data(pack))


def _data(pack: PackJson) -> dict[str, object]:
    return {
        "title": title_of(pack, SPEAKING),
        "language": pack["language"],
        "about": list(rows_of(pack, SPEAKING)),
        "sections": [
            {
                "title": title,
                "pieces": [
                    {
                        "withheld": it["withheld"],
                        "fields": list(lines_of(it, pack["language"])),
                    }
                    for it in pieces
                ],
            }
            for title, pieces in parts_of(pack, SPEAKING)
        ],
        "held_back": gettext(HELD_BACK),
        "nothing": gettext(NOTHING),
    }
