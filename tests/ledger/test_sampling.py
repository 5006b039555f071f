"""A sample of the log is drawn by its root alone."""

from hashlib import sha256

from hypothesis import given
from hypothesis import strategies as st

from evenhand.ledger.checkpoints import Checkpoint
from evenhand.ledger.sampling import sample
from tests.ledger.cast import ORIGIN

roots = st.binary(min_size=32, max_size=32)


@given(roots, st.integers(0, 300), st.integers(0, 40))
def test_it_has_as_many_different_entries_as_wanted_or_all(
    root: bytes, size: int, many: int
) -> None:
    drawn = sample(Checkpoint(ORIGIN, size, root), many)
    assert len(drawn) == len(set(drawn)) == min(size, many)
    assert drawn == sorted(drawn)
    assert all(0 <= it < size for it in drawn)


def test_anybody_draws_the_same_with_a_few_lines_of_their_own() -> None:
    root, size = sha256(b"a root").digest(), 1_000_003
    digests = (
        sha256(b"evenhand/sample/v1\n" + root + bytes(7) + bytes([n])).hexdigest() for n in range(5)
    )
    own = sorted(int(it, 16) % size for it in digests)
    assert sample(Checkpoint(ORIGIN, size, root), 5) == own


def test_another_root_gives_another_sample() -> None:
    first, second = (
        sample(Checkpoint(ORIGIN, 10**9, sha256(it).digest()), 5) for it in (b"1", b"2")
    )
    assert not set(first) & set(second)
