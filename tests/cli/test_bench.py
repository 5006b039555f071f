"""``evenhand bench``: what is compared with what, and when a goal is missed."""

import json
from functools import partial

import pytest
from bench.in_turn import at_once, in_turn
from bench.results import Goal, Peer, compared, machine, percentile, share

from evenhand.cli.main import main

PEER = Peer("a bare view", [0.001, 0.002, 0.003])


def test_a_result_is_the_ratio_of_two_medians_beside_its_goal() -> None:
    found = compared("list", [0.004, 0.005, 0.1], PEER, goal=Goal(most=3))
    assert (found.value, found.peer_value, found.ratio) == (5, 2, 2.5)
    assert (found.unit, found.n, found.p99, found.met) == ("ms", 3, 100, True)
    assert compared("list", [0.007], PEER, goal=Goal(most=3)).met is False


def test_a_share_says_how_much_of_the_rate_is_kept() -> None:
    found = share("pen", [0.004], PEER, goal=Goal(least=0.5))
    assert (found.ratio, found.met) == (0.5, True)


def test_without_a_goal_nothing_is_met_or_missed() -> None:
    assert compared("identify", [1.0], PEER).met is None
    assert compared("identify", [1.0], PEER).goal == ""


def test_a_result_can_be_read_by_a_program_and_by_a_person() -> None:
    found = compared("list", [0.007], PEER, goal=Goal(most=3))
    names = {"name", "value", "unit", "peer", "peer_value", "ratio", "n"}
    assert names <= json.loads(json.dumps(found.as_json())).keys()
    assert "at most 3" in found.line()
    assert "MISSED" in found.line()
    assert "cores" in machine()


def test_the_99th_percentile_of_few_is_the_slowest() -> None:
    assert percentile([3, 1, 2], 99) == 3
    assert percentile(list(range(1, 201)), 99) == 198


def test_two_pieces_of_work_take_turns_and_the_first_round_does_not_count() -> None:
    done: list[str] = []
    taken = in_turn(lambda: done.append("ours"), lambda: done.append("peer"), rounds=2, each=1)
    assert done == ["ours", "peer"] * 3
    assert [len(times) for times in taken] == [2, 2]


def test_works_at_once_are_all_done() -> None:
    done: list[int] = []
    works = [partial(done.append, n) for n in range(3)]
    assert len(at_once(works, each=2)) == 6
    assert sorted(done) == [0, 0, 1, 1, 2, 2]


def test_an_unknown_benchmark_is_wrong_usage(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["bench", "nothing"])
    assert ended.value.code == 2
    assert "worklist" in capsys.readouterr().err
