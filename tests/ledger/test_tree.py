"""The Merkle tree: the fast one against the definition, word for word."""

import hashlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evenhand.ledger.tree import EMPTY_ROOT, Tree, leaf_hash, leaf_hashes, root_of, subtree_root
from tests.ledger import slow_tree

ENTRIES = [f"entry {n}".encode() for n in range(300)]
sizes = st.integers(0, 300)


@settings(deadline=None)
@given(sizes)
def test_a_root_is_the_one_that_rfc_6962_defines(size: int) -> None:
    assert root_of(ENTRIES[:size]) == slow_tree.mth(ENTRIES[:size])


@settings(deadline=None)
@given(st.lists(st.integers(0, 40), max_size=10))
def test_it_does_not_matter_in_which_batches_a_tree_grew(batches: list[int]) -> None:
    tree, size = Tree(), 0
    for batch in batches:
        tree.extend(leaf_hashes(ENTRIES[size : size + batch]))
        size = min(size + batch, len(ENTRIES))
        assert tree.size == size
        assert tree.root() == slow_tree.mth(ENTRIES[:size])


@settings(deadline=None)
@given(sizes, sizes)
def test_growth_gives_each_whole_node_once_and_in_its_place(old: int, new: int) -> None:
    old, new = sorted((old, new))
    tree = Tree()
    tree.extend(leaf_hashes(ENTRIES[:old]))
    node = slow_tree.nodes_of(ENTRIES)
    rows = tree.extend(leaf_hashes(ENTRIES[old:new]))
    for level in range(10):
        wanted = [node(level, index) for index in range(old >> level, new >> level)]
        assert (rows[level] if level < len(rows) else b"") == b"".join(wanted)


@settings(deadline=None)
@given(sizes, sizes)
def test_a_tree_is_taken_up_from_its_whole_subtrees(old: int, new: int) -> None:
    old, new = sorted((old, new))
    tree = Tree.of(old, slow_tree.nodes_of(ENTRIES))
    assert tree.root() == slow_tree.mth(ENTRIES[:old])
    tree.extend(leaf_hashes(ENTRIES[old:new]))
    assert (tree.size, tree.root()) == (new, slow_tree.mth(ENTRIES[:new]))


@settings(deadline=None)
@given(st.integers(0, 8), st.integers(0, 300))
def test_the_root_of_a_part_is_that_of_a_tree_of_its_own(level: int, width: int) -> None:
    begin = (len(ENTRIES) - width) >> level << level
    end = min(begin + width, begin + (1 << level))
    node = slow_tree.nodes_of(ENTRIES)
    assert subtree_root(begin, end, node) == slow_tree.mth(ENTRIES[begin:end])


def test_an_empty_tree_has_the_hash_of_nothing() -> None:
    assert Tree().root() == root_of([]) == EMPTY_ROOT == hashlib.sha256().digest()


def test_a_leaf_never_passes_for_a_node() -> None:
    assert leaf_hash(leaf_hashes(ENTRIES[:2])) != root_of(ENTRIES[:2])


@pytest.mark.parametrize("size", [1, 255, 256, 257, 65_536, 65_537, 100_000])
def test_a_tree_keeps_no_more_than_one_hash_for_each_binary_digit(size: int) -> None:
    tree = Tree()
    tree.extend(bytes(32 * size))
    assert len(tree._peaks) == size.bit_length()
