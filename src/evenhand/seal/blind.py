"""The blind index: whole words and exact values found by keyed hashes, never by their text.

A token is an HMAC under a key that the database never sees in the clear, so a stolen table does
not tell which words it holds. Matches are exact and whole-word; there is no fuzzy matching.
"""

import hashlib
import hmac
import re
import unicodedata
from enum import StrEnum

TOKEN_BYTES = 12
_WORD = re.compile(r"\w+")


class What(StrEnum):
    """What a token stands for; the same text gives different tokens for different things."""

    WORD = "word"
    CONTENT = "content"
    ACCOUNT = "account"
    PERSON = "person"
    DISPOSED = "disposed"
    RECEIPT = "receipt"


class BlindIndex:
    """Makes tokens under one index key."""

    def __init__(self, key: bytes) -> None:
        self._key = key

    def token(self, what: What, value: str) -> bytes:
        """Give the token of an exact value."""
        message = f"{what}\n{value}".encode()
        return hmac.new(self._key, message, hashlib.sha256).digest()[:TOKEN_BYTES]

    def words(self, *texts: str) -> list[bytes]:
        """Give the tokens of the words in these texts, each once, in no telling order."""
        found = {word for text in texts for word in folded_words(text)}
        return sorted(self.token(What.WORD, word) for word in found)


def folded_words(text: str) -> list[str]:
    """Split a text into words with case and accents folded, as a search compares them."""
    # Compatibility caseless matching (Unicode, definition D146): bold and script letters too.
    once = unicodedata.normalize("NFKD", unicodedata.normalize("NFD", text).casefold())
    decomposed = unicodedata.normalize("NFKD", once.casefold())
    bare = "".join(letter for letter in decomposed if not unicodedata.combining(letter))
    return list(dict.fromkeys(_WORD.findall(bare)))
