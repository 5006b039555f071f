"""Notices by a platform's form, filled in by hand: the exact bytes of the sheet that was sent."""

from evenhand.rules.notices import NoticeKind
from evenhand.rules.sheets import Sheet

HEAD = {
    NoticeKind.REFERRAL: "Referral",
    NoticeKind.CHASE: "Reminder about referral",
    NoticeKind.WITHDRAWAL: "Withdrawal of referral",
}


def compose(sheet: Sheet, changed: str = "") -> bytes:
    """Give the canonical bytes of a sheet: each label, and below it its text, indented.

    A label is one line at the margin and every line of a text is indented, so no text can pass
    for a label. The words are fixed in English: they are part of what the digest is over.
    """
    lines = [
        "Portal sheet, format 1",
        f"Form of {sheet.platform}, version {sheet.version}",
        f"{HEAD[sheet.kind]} {sheet.reference}",
    ]
    for number, field in enumerate(sheet.fields, 1):
        lines += ["", f"{number}. {field.label}", *_indented(field.text)]
    if changed:
        lines += ["", "Changed on the form before it was sent", *_indented(changed)]
    return ("\n".join(lines) + "\n").encode()


def _indented(text: str) -> list[str]:
    return [f"    {line}" for line in text.split("\n")]
