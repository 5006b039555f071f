"""Packs as PDF/UA: tagged, in order, and with no word of the data taken for markup."""

import pytest

from evenhand.transports import pdf

WORDS = "#panic(1) *bold* $x$ [ \\ ] <label> @ref // end"
DATA = {
    "language": "cy",
    "title": f"Beth y mae Testshire yn ei ddal amdanoch chi {WORDS}",
    "about": [["Eich cais", WORDS, "cy"]],
    "sections": [
        {
            "title": "Facts",
            "pieces": [
                {"withheld": False, "fields": [["Beth a ddywedir", WORDS, "en"]]},
                {"withheld": True, "fields": []},
            ],
        },
        {"title": "Nothing", "pieces": []},
    ],
    "held_back": "This is held back.",
    "nothing": "Nothing.",
}
NOT_THERE = not pdf.is_installed()


@pytest.mark.skipif(NOT_THERE, reason="NO PDF WAS DRAWN: install evenhand[pdf]")
def test_a_pack_is_a_tagged_pdf_for_everybody_whatever_its_words_are() -> None:
    drawn = pdf.draw("pack", DATA)
    assert drawn.startswith(b"%PDF-")
    for sign in (b"/MarkInfo", b"/StructTreeRoot", b"pdfuaid:part", b"/Lang"):
        assert sign in drawn, sign


def test_a_desk_without_the_package_knows_that_it_lacks_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf, "find_spec", lambda _name: None)
    assert not pdf.is_installed()
