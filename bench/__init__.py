"""The benchmarks: what Evenhand takes, beside the least that the same work can take.

Each runs in turn with its peer, on one machine and in one run, because only the ratio tells
something: times move with the machine and with whoever else uses it.
"""
