"""Where even to say whether something is held would tell too much, one text says neither."""

from itertools import product

import pytest

from evenhand.rules.foi_exemptions import ExemptionKind
from evenhand.rules.foi_neither import KINDS, Denying, Neither, check_neither
from evenhand.rules.foi_parts import (
    ANSWERED_BY_THE_DESK,
    ExemptionIncomplete,
    ExemptionNotApt,
    FoiOutcome,
    Part,
    Treatment,
    Wanted,
    outcome,
)
from evenhand.rules.foi_registers import HeldIn
from evenhand.rules.public_foi_letters import neither
from evenhand.rules.texts import TextUnreadable

ASKED = Part(number=1, wants=Wanted.OTHER)
QUALIFIED = {it for it, kind in KINDS.items() if kind is ExemptionKind.QUALIFIED}


def denying(section: Neither, why: str = "It would tell.", interest: str = "Weighed.") -> Denying:
    return Denying(section=section, why=why, public_interest=interest)


@pytest.mark.parametrize("section", Neither)
def test_every_subsection_needs_reasons_and_the_public_interest_where_it_is_weighed(
    section: Neither,
) -> None:
    check_neither(ASKED, denying(section))
    with pytest.raises(ExemptionIncomplete):
        check_neither(ASKED, denying(section, why=" "))
    if section in QUALIFIED:
        with pytest.raises(ExemptionIncomplete):
            check_neither(ASKED, denying(section, interest=""))
    else:
        check_neither(ASKED, denying(section, interest=""))


def test_reasons_are_texts_that_can_be_kept() -> None:
    with pytest.raises(TextUnreadable):
        check_neither(ASKED, denying(Neither.PERSONAL, why="It\0would."))


@pytest.mark.parametrize(("wants", "held_in"), list(product(Wanted, [None, *HeldIn])))
def test_what_the_desk_says_openly_is_not_denied(wants: Wanted, held_in: HeldIn | None) -> None:
    part = Part(number=1, wants=wants, held_in=held_in)
    if wants in ANSWERED_BY_THE_DESK or held_in not in {None, HeldIn.NONE}:
        with pytest.raises(ExemptionNotApt):
            check_neither(part, denying(Neither.PERSONAL))
    else:
        check_neither(part, denying(Neither.PERSONAL))


def test_a_part_that_is_neither_waits_for_a_second_officer_and_gives_nothing() -> None:
    part = Part(number=1, wants=Wanted.OTHER, treatment=Treatment.NEITHER)
    assert (part.waits, part.is_ready) == (True, False)
    assert outcome([part]) is FoiOutcome.NONE


def test_the_words_name_the_subsection_and_nothing_else() -> None:
    first, second = neither("40(5B)", said=str)
    assert first.endswith("Freedom of Information Act 2000: s.40(5B)")
    assert "either way" in second
