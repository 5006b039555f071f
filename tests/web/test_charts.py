"""Charts fit a phone: a long name breaks, and nothing stands on anything else."""

from evenhand.web.charts import BAR, LABEL, NARROW, bars

LONG = "H3 Intimidating a witness or juror, unlawful identification or doxxing"


def test_a_long_name_takes_several_lines_and_what_follows_moves_down() -> None:
    chart = bars("harms", "By harm", [(LONG, [4, 1]), ("W1 Weapons", [2, 0])], series=["a", "b"])
    assert chart is not None
    first, second = chart.groups
    assert " ".join(line for _y, line in first.label) == LONG
    assert all(len(line) <= NARROW for _y, line in first.label)
    lines = [y for y, _line in first.label]
    assert lines == [lines[0] + place * LABEL for place in range(len(lines))]
    assert len(lines) > 1
    places = [*lines, *(it.y for it in first.bars), second.label[0][0]]
    assert places == sorted(places)
    assert second.bars[-1].y + BAR <= chart.height


def test_nothing_is_drawn_where_every_number_is_none() -> None:
    assert bars("harms", "By harm", [("W1 Weapons", [0])], series=["a"]) is None
