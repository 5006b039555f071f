"""The tree as RFC 6962 section 2.1 defines it, word for word, slow and obvious."""

import hashlib
from collections.abc import Callable, Sequence

Entries = Sequence[bytes]


def mth(entries: Entries) -> bytes:
    if not entries:
        return hashlib.sha256(b"").digest()
    if len(entries) == 1:
        return hashlib.sha256(b"\x00" + entries[0]).digest()
    k = largest_power_of_two_below(len(entries))
    return hashlib.sha256(b"\x01" + mth(entries[:k]) + mth(entries[k:])).digest()


def path(m: int, entries: Entries) -> list[bytes]:
    n = len(entries)
    if n == 1:
        return []
    k = largest_power_of_two_below(n)
    if m < k:
        return [*path(m, entries[:k]), mth(entries[k:])]
    return [*path(m - k, entries[k:]), mth(entries[:k])]


def proof(m: int, entries: Entries) -> list[bytes]:
    return subproof(m, entries, is_whole=True)


def subproof(m: int, entries: Entries, *, is_whole: bool) -> list[bytes]:
    n = len(entries)
    if m == n:
        return [] if is_whole else [mth(entries)]
    k = largest_power_of_two_below(n)
    if m <= k:
        return [*subproof(m, entries[:k], is_whole=is_whole), mth(entries[k:])]
    return [*subproof(m - k, entries[k:], is_whole=False), mth(entries[:k])]


def largest_power_of_two_below(n: int) -> int:
    k = 1
    while k * 2 < n:
        k *= 2
    return k


def nodes_of(entries: Entries) -> Callable[[int, int], bytes]:
    def node(level: int, index: int) -> bytes:
        here = entries[index << level : (index + 1) << level]
        assert len(here) == 1 << level, "only whole subtrees may be asked for"
        return mth(here)

    return node
