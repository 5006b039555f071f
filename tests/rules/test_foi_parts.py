"""What is asked for is answered, or refused for reasons that the law names and others look at."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import evenhand
from evenhand.rules.assurance import DocumentKind
from evenhand.rules.foi_costs import (
    COUNTED,
    LIMIT_MINUTES,
    Activity,
    CostNotCounted,
    Estimate,
    check_estimate,
    check_exceeds,
    is_together,
    pence,
)
from evenhand.rules.foi_exemptions import (
    ExemptionKind,
    ExemptionWrong,
    Prejudice,
    read_exemptions,
)
from evenhand.rules.foi_parts import (
    ANSWERED_BY_THE_DESK,
    MOST_PARTS,
    ExemptionIncomplete,
    ExemptionNotApt,
    FoiOutcome,
    OtherEyesNeeded,
    Part,
    PartStageWrong,
    Treatment,
    Wanted,
    Withholding,
    check_all_ready,
    check_given_answer,
    check_may_confirm,
    check_not_held,
    check_wanted,
    check_withheld,
    outcome,
)
from evenhand.rules.foi_registers import ON_RECORD, HeldIn
from evenhand.rules.questions import NotHeldIsUntrue
from evenhand.rules.texts import TextMissing
from tests.builders import DEE, RIA, TODAY

FILE = Path(evenhand.__file__).parent / "config" / "law" / "foi_exemptions.csv"
EXEMPTIONS = read_exemptions(FILE.read_text("utf-8").splitlines())
WHOLE = Withholding(
    exemption="s31",
    why="It tells how.",
    prejudice=Prejudice.LIKELY,
    how="They would go round it.",
    public_interest="That weighs more.",
)


def part(**changes: Any) -> Part:
    return replace(Part(number=1, wants=Wanted.OTHER), **changes)


def test_a_number_that_was_answered_in_words_is_told_apart() -> None:
    words = part(wants=Wanted.TOTAL, treatment=Treatment.GIVEN)
    assert words.is_number_in_words
    for other in (
        replace(words, question="people"),
        replace(words, wants=Wanted.OTHER),
        replace(words, treatment=None),
    ):
        assert not other.is_number_in_words


def test_the_exemptions_say_which_were_read() -> None:
    assert EXEMPTIONS["s31"].verified
    assert not EXEMPTIONS["s40"].verified
    assert EXEMPTIONS["s40"].kind is ExemptionKind.ABSOLUTE
    with pytest.raises(ExemptionWrong):
        read_exemptions(["id,section", "s31,31"])


@pytest.mark.parametrize("code", sorted(EXEMPTIONS))
def test_each_exemption_is_used_with_all_that_it_needs(code: str) -> None:
    found = check_withheld(part(), replace(WHOLE, exemption=code), EXEMPTIONS)
    assert found.code == code
    with pytest.raises(ExemptionIncomplete):
        check_withheld(part(), replace(WHOLE, exemption=code, why=" "), EXEMPTIONS)


def test_a_refusal_names_all_that_lacks_at_once() -> None:
    bare = Withholding(exemption="s31", why="")
    with pytest.raises(ExemptionIncomplete) as told:
        check_withheld(part(), bare, EXEMPTIONS)
    assert [it.at for it in told.value.every] == ["why", "how", "public_interest"]
    with pytest.raises(ExemptionIncomplete):
        check_withheld(part(), replace(WHOLE, exemption="s99"), EXEMPTIONS)


@pytest.mark.parametrize("code", ["s31", "s36", "s38", "s43", "s40"])
@pytest.mark.parametrize("wants", sorted(ANSWERED_BY_THE_DESK))
def test_a_total_or_a_field_is_not_withheld_as_prejudicial_or_personal(
    code: str, wants: Wanted
) -> None:
    with pytest.raises(ExemptionNotApt):
        check_withheld(part(wants=wants), replace(WHOLE, exemption=code), EXEMPTIONS)
    with pytest.raises(ExemptionNotApt):
        asked = part(question="records_held")
        check_withheld(asked, replace(WHOLE, exemption=code), EXEMPTIONS)


def test_a_total_may_be_published_later_instead() -> None:
    check_withheld(part(wants=Wanted.TOTAL), replace(WHOLE, exemption="s22"), EXEMPTIONS)


def test_what_the_desk_can_answer_is_never_not_held() -> None:
    check_not_held(part(), "We looked everywhere.", on_record=False)
    for asked in (*(part(wants=it) for it in ANSWERED_BY_THE_DESK), part(question="x")):
        with pytest.raises(NotHeldIsUntrue, match="answer") as told:
            check_not_held(asked, "We say so.", on_record=False)
        assert not {asked.wants, "records_held"} & set(str(told.value).split())
    with pytest.raises(TextMissing):
        check_not_held(part(), "", on_record=False)


@pytest.mark.parametrize("held_in", HeldIn)
def test_what_stands_in_a_register_is_never_not_held(held_in: HeldIn) -> None:
    about = part(wants=Wanted.DOCUMENT, held_in=held_in)
    check_not_held(about, "There is none.", on_record=False)
    with pytest.raises(NotHeldIsUntrue, match="desk’s") as told:
        check_not_held(about, "There is none.", on_record=True)
    assert "Answer it from that register" in told.value.do


def test_whoever_writes_down_a_document_or_a_statement_says_in_which_register_it_would_be() -> None:
    for wants in Wanted:
        check_wanted("How?", wants, HeldIn.NONE, count=0)
        if wants in {Wanted.DOCUMENT, Wanted.STATEMENT}:
            with pytest.raises(TextMissing) as told:
                check_wanted("How?", wants, None, count=0)
            assert told.value.at == "held_in"
        else:
            check_wanted("How?", wants, None, count=0)


def test_every_document_of_the_desk_can_be_what_a_part_asks_for() -> None:
    others = {HeldIn.SCRUTINY, HeldIn.OPERATIONS, HeldIn.NONE}
    assert {str(it) for it in {*HeldIn} - others} == {str(it) for it in DocumentKind}
    assert set(ON_RECORD) == set(HeldIn)


def test_only_somebody_else_confirms_and_only_what_is_refused() -> None:
    refused = part(treatment=Treatment.WITHHELD, by=RIA.ref)
    check_may_confirm(refused, DEE.ref)
    with pytest.raises(OtherEyesNeeded):
        check_may_confirm(refused, RIA.ref)
    for done in (
        part(treatment=Treatment.GIVEN, by=RIA.ref),
        part(),
        replace(refused, confirmed_by=DEE.ref),
    ):
        with pytest.raises(PartStageWrong):
            check_may_confirm(done, DEE.ref)


def test_there_is_a_reply_once_every_part_is_ready() -> None:
    given_one = part(treatment=Treatment.GIVEN)
    refused = part(treatment=Treatment.NOT_HELD, confirmed_by=DEE.ref)
    check_all_ready([given_one, refused])
    for parts in ([], [part()], [given_one, replace(refused, confirmed_by=None)]):
        with pytest.raises(PartStageWrong):
            check_all_ready(parts)


def test_parts_have_words_and_a_number_that_somebody_can_answer() -> None:
    check_wanted("How?", Wanted.OTHER, None, count=MOST_PARTS - 1)
    check_given_answer("So.")
    with pytest.raises(PartStageWrong):
        check_wanted("How?", Wanted.OTHER, None, count=MOST_PARTS)
    with pytest.raises(TextMissing):
        check_wanted("", Wanted.OTHER, None, count=0)
    with pytest.raises(TextMissing):
        check_given_answer(" ")


@pytest.mark.parametrize(
    ("treatments", "said"),
    [
        ([Treatment.GIVEN], FoiOutcome.ALL),
        ([Treatment.GIVEN, Treatment.WITHHELD], FoiOutcome.SOME),
        ([Treatment.NOT_HELD], FoiOutcome.NOT_HELD),
        ([Treatment.NOT_HELD, Treatment.WITHHELD], FoiOutcome.NONE),
    ],
)
def test_what_came_of_a_request_is_one_word(treatments: list[Treatment], said: FoiOutcome) -> None:
    assert outcome(part(treatment=it) for it in treatments) is said


def over(minutes: int = LIMIT_MINUTES + 1) -> Estimate:
    return Estimate({Activity.LOCATING: minutes})


def test_only_four_activities_count_as_cost() -> None:
    check_estimate(dict.fromkeys(COUNTED, 60))
    for activity in set(Activity) - set(COUNTED):
        with pytest.raises(CostNotCounted):
            check_estimate({activity: 1})
    for minutes in (-1, 600_001):
        with pytest.raises(CostNotCounted):
            check_estimate({Activity.LOCATING: minutes})


@given(own=st.integers(0, 2_000), like=st.lists(st.integers(0, 2_000), max_size=5))
def test_cost_refuses_only_above_18_hours_with_like_requests_taken_together(
    own: int, like: list[int]
) -> None:
    others = [over(it) for it in like]
    if own + sum(like) > LIMIT_MINUTES:
        check_exceeds(over(own), others, has_library=False)
    else:
        with pytest.raises(CostNotCounted):
            check_exceeds(over(own), others, has_library=False)


def test_cost_never_refuses_what_the_desk_counts_or_nobody_estimated() -> None:
    for own, has_library in ((over(), True), (None, False)):
        with pytest.raises(CostNotCounted):
            check_exceeds(own, [], has_library=has_library)


def test_the_limit_is_450_pounds() -> None:
    assert pence(LIMIT_MINUTES) == 45_000


def test_like_requests_are_taken_together_within_their_days() -> None:
    assert is_together(TODAY, TODAY, TODAY)
    assert not is_together(TODAY, TODAY, None)
