from evenhand.rules.referrals import AFTER_APPROVAL, AFTER_SENDING, MOVES, State


def reachable(without: frozenset[State] = frozenset()) -> set[State]:
    found, waiting = {State.LOGGED}, [State.LOGGED]
    while waiting:
        new = MOVES[waiting.pop()] - found - without
        found |= new
        waiting += new
    return found


def test_every_state_has_its_moves() -> None:
    assert set(MOVES) == set(State)


def test_every_state_is_reachable_from_logged() -> None:
    assert reachable() == set(State)


def test_only_the_statutory_route_is_an_end_for_good() -> None:
    assert [it for it in State if not MOVES[it]] == [State.STATUTORY_ROUTE]


def test_nothing_is_sent_without_passing_through_approved() -> None:
    # A challenge takes a referral back to where it stood: it is no way to anywhere.
    without = reachable(without=frozenset({State.APPROVED, State.UNDER_CHALLENGE}))
    assert not without & AFTER_APPROVAL
    assert without & AFTER_SENDING <= {State.CHECKED, State.DECIDED}
