"""Names of people: kept as they are written in any script, and compared whole."""

import unicodedata

from evenhand.rules.texts import SHORT, check_given


def kept_name(text: str) -> str:
    """Give a name as it is kept: composed (NFC), without white space around it. Nothing else."""
    return unicodedata.normalize("NFC", text).strip()


def check_name(name: str) -> None:
    """Refuse a name that shows nothing or cannot be kept exactly."""
    check_given(name, at="name", most=SHORT)


def comparable(name: str) -> str:
    """Give a name as two of them are compared: case, form and spacing make no difference.

    Letters stay letters: names that only look or sound alike are different names.
    """
    # Compatibility caseless matching (Unicode, definition D146).
    once = unicodedata.normalize("NFKD", unicodedata.normalize("NFD", name).casefold())
    return " ".join(unicodedata.normalize("NFKC", once.casefold()).split())
