"""Telling the addresses in a pasted message from the words around them."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from evenhand.rules.content import NotAnAddress, split_addresses
from evenhand.rules.content_address import rearmed
from evenhand.rules.words import words

# A host: labels with dots between them, and a last one of letters, as every public site has.
HOST = re.compile(r"[^\W_](?:[\w-]*\.)+(?:[^\W\d_]{2,}|xn--[\w-]+)\.?(?::\d+)?", re.IGNORECASE)
END_OF_HOST = re.compile(r"[/?#\\]")


@dataclass(frozen=True, slots=True)
class Pasted:
    """What was pasted, in order: what may be an address, also again, and each other word once."""

    addresses: Sequence[str]
    others: Sequence[str] = ()


def take_apart(pasted: str) -> Pasted:
    """Take the addresses out of a message. Raises NotAnAddress where several words hold none.

    A single word is taken as an address, so that what is wrong with it is told.
    """
    parts = split_addresses(pasted)
    if len(parts) < 2:
        return Pasted(parts)
    found = {it: _may_be_an_address(it) for it in parts}
    addresses = [it for it in parts if found[it]]
    if not addresses:
        raise NotAnAddress(
            words("There is no web address in what you pasted."),
            do=words("Paste full web addresses, like https://example.org/page."),
            at="url",
        )
    return Pasted(addresses, [it for it, is_one in found.items() if not is_one])


def _may_be_an_address(part: str) -> bool:
    text = rearmed(part)
    if "//" in text:
        return True
    # An e-mail address is none of the web: it has its sign before any path.
    return HOST.fullmatch(END_OF_HOST.split(text, maxsplit=1)[0]) is not None
