"""What may be published of a table of counts, beside everything that was published before. A88.

Every number that leaves the desk goes through ``publishable``. It shows a number, rounds it or
hides it, and refuses a table where it cannot be sure that what is hidden stays hidden.
"""

from collections.abc import Collection, Sequence

from evenhand.rules.publishing_hiding import Hiding, NothingLeftToHide, Span
from evenhand.rules.publishing_people import is_of_kinds, people_of, told_of_people, with_others
from evenhand.rules.publishing_periods import (
    PeriodsContradict,
    differ_by_few,
    gives_away,
    is_of_periods,
    joined_to,
    overlap,
    periods_of,
)
from evenhand.rules.publishing_tables import ROUNDED_TO, WHOLE, About, Place, Published, Table
from evenhand.rules.refusals import Kind, Refused
from evenhand.rules.words import words

HALF = ROUNDED_TO // 2


class SmallNumberWouldShow(Refused):
    """No small number of people can be worked out from all that is published together."""

    code = "E-SDC-88"
    clause = words("Practice of UK government statistics: disclosure control")
    kind = Kind.CONFLICT


def publishable(
    table: Table,
    *,
    earlier: Sequence[Published],
    corrects: Published | None = None,
    rounded: bool = False,
) -> Published:
    """Give what readers may have of a table; ``earlier`` is all that was published so far.

    ``corrects``: what was told wrong, and is said to be. Nothing that tells the same wrong number
    stands in the way of the right one. Readers have it nonetheless: where the right one hides a
    number, all that the wrong one hid stays hidden. The same table after the same tables is always
    given alike. Raises SmallNumberWouldShow.
    """
    if table.about is About.WORK:
        return _published(table, (), rounded=False)
    if is_of_kinds(table):
        people = publishable(people_of(table), earlier=earlier, corrects=corrects, rounded=rounded)
        return with_others(table, people)
    of_same = [it for it in map(told_of_people, earlier) if it.subject == table.subject]
    wrong = [] if corrects is None else [told_of_people(corrects)]
    wrong += [it for it in of_same if any(_is_wrong_alike(it, one, table) for one in wrong)]
    of_same = [it for it in of_same if it not in wrong]
    found = _beside(table, of_same, wrong, rounded=rounded)
    _check_periods(table, found, [it for it in of_same if it.part == table.part])
    return found


def counts_nobody(table: Table) -> bool:
    """Say whether a table of all of its subject counts nobody at all: that is said of no person.

    Where it is of a part, it says of everybody in the rest that they are not in the part.
    """
    return not table.part and table.numbers()[None, None] == 0


def _beside(
    table: Table, of_same: Sequence[Published], wrong: Sequence[Published], *, rounded: bool
) -> Published:
    """Give what may be published beside what was published of the same time."""
    linked = [other for other in of_same if _is_linked(table, other)]
    for other in linked:
        _check_other_part(table, other)
    linked = [other for other in linked if other.part == table.part]
    for other in linked:
        _check_agrees(table, other)
        if _has_all(table, other, rounded=rounded):
            return _published(table, _hidden_by(other, table), rounded=rounded)
    for other in linked:
        _check_categories(table, other)
        _check_same_rule(table, other, rounded=rounded)
    _check_no_ring(table, linked)
    return _published(table, _to_hide(table, linked, wrong, rounded=rounded), rounded=rounded)


def _is_linked(table: Table, other: Published) -> bool:
    """Say whether two tables may count the same people. Refuses a part of other days."""
    if _is_of_same_time(table, other) or table.start is other.start is None:
        return True
    if overlap(table, other) and table.part != other.part:
        raise _partly_the_same()
    return False


def _check_periods(table: Table, found: Published, others: Sequence[Published]) -> None:
    """Refuse what tells a small number with numbers of days that are partly the same."""
    joined = joined_to(found, others)
    if all(_is_of_same_time(table, it) for it in joined):
        return
    if all(it.start is None for it in (found, *joined)):
        return  # What was there on one day, and not what happened until then.
    if not all(map(is_of_periods, (found, *joined))):
        raise _partly_the_same()
    ours = periods_of(found, small={table.key(place) for place in table.small()})
    theirs = [period for it in joined for period in periods_of(it)]
    hides = table.rule.hides
    try:
        is_told = differ_by_few(ours, theirs, hides) or gives_away(ours, theirs, hides)
    except PeriodsContradict as error:
        raise _other_numbers() from error
    if is_told:
        raise _would_show()


def _check_other_part(table: Table, other: Published) -> None:
    """Refuse what, taken from a part or a whole that was published, gives a small number."""
    if table.part == other.part:
        return
    whole: Table | Published = table if len(table.part) < len(other.part) else other
    is_divided = any(axis != WHOLE for axis in whole.axes)
    number, before = table.numbers()[None, None], other.numbers[frozenset()]
    hides = table.rule.hides
    if is_divided and _is_of_same_time(table, other):
        raise SmallNumberWouldShow(
            words("What this is a part of, or a part of it, was published before, and divided."),
            do=words("Publish it for another day, and the larger one undivided."),
        )
    if number not in hides and (before is None or abs(number - before) in hides):
        raise _would_show()


def _check_agrees(table: Table, other: Published) -> None:
    """Refuse other numbers than were published of the same: their difference may be small."""
    if not _is_of_same_time(table, other):
        return
    for place, number in table.numbers().items():
        before = other.numbers.get(table.key(place))
        if before is not None and before != (_round(number) if other.rounded else number):
            raise _other_numbers()


def _is_wrong_alike(other: Published, wrong: Published, table: Table) -> bool:
    """Say whether a table is the wrong one, or has a number of it that the right one has not."""
    right = {table.key(place): number for place, number in table.numbers().items()}
    return other == wrong or (
        other.part == wrong.part
        and _is_of_same_time(table, other)
        and any(
            number is not None and number == wrong.numbers.get(key) and number != right.get(key)
            for key, number in other.numbers.items()
        )
    )


def _check_categories(table: Table, other: Published) -> None:
    """Refuse categories that may be parts or sums of published ones."""
    for ours in table.axes:
        for theirs in other.axes:
            if ours.name == theirs.name and set(ours.categories) != set(theirs.categories):
                raise SmallNumberWouldShow(
                    words("This was published before in other categories of {axis}."),
                    do=words("Use the categories that were published."),
                    axis=ours.name,
                )


def _check_same_rule(table: Table, other: Published, *, rounded: bool) -> None:
    """Refuse a table that was published before by another rule: each would undo the other."""
    if not _is_by_other_things(table, other) and (table.about, rounded) != (
        other.about,
        other.rounded,
    ):
        raise SmallNumberWouldShow(
            words("This was published before by another rule for small numbers, or of rounding."),
            do=words("Publish it by the rule that was used."),
        )


def _check_no_ring(table: Table, linked: Sequence[Published]) -> None:
    """Refuse a table by two things that published tables link already.

    Counts by A and C can follow from those by A and B and those by B and C. Where there is no such
    ring, any numbers that one table may have go with any that the others may have, as long as
    they are alike in what the tables share.
    """
    pairs = {frozenset(axis.name for axis in other.axes) for other in linked}
    ours = frozenset(axis.name for axis in table.axes)
    if len(ours) < 2 or ours in pairs:
        return
    reached, before = {table.rows.name}, set[str]()
    while reached != before:
        before = reached
        reached = before.union(*(pair for pair in pairs if pair & before))
    if table.columns.name in reached:
        raise SmallNumberWouldShow(
            words("Published tables tell much of {rows} by {columns} already."),
            do=words("Publish it by one of the two only."),
            rows=table.rows.name,
            columns=table.columns.name,
        )


def _to_hide(
    table: Table, linked: Sequence[Published], wrong: Sequence[Published], *, rounded: bool
) -> Collection[Place]:
    """Find what to hide. Raises SmallNumberWouldShow where that would not do."""
    spans = _spans(table, linked, rounded=rounded)
    if not spans:
        return ()
    numbers, known = table.numbers(), _known(table, linked)
    before = {place for it in wrong for place in _hidden_by(it, table)}
    for place in before - spans.keys():
        spans[place] = Span(numbers[place], numbers[place] + 1)
    # Whoever takes what was wrong for right elsewhere knows how many those that were hidden are
    # together, and every number that stays as it was. So these are hidden by each other, and the
    # rest by what has changed.
    rest = numbers.keys() - before
    hidden = set(spans)
    for places, others in ((before, rest), (rest, before | _unchanged(table, wrong))):
        hiding = Hiding(
            numbers,
            known=known | others,
            rounded=_rounded(table) if rounded else {},
            hidden=hidden,
        )
        try:
            for place in numbers:
                if place in places and place in spans:
                    hiding.protect(place, spans[place])
        except NothingLeftToHide as error:
            raise _would_show() from error
        hidden |= hiding.hidden
    return hidden


def _unchanged(table: Table, wrong: Sequence[Published]) -> set[Place]:
    """Find the numbers that a wrong table told already as the right one has them."""
    return {
        place
        for place, number in table.numbers().items()
        if any(it.numbers.get(table.key(place)) == number for it in wrong)
    }


def _known(table: Table, linked: Sequence[Published]) -> set[Place]:
    """Find the totals that tables by other things have too. Refuses if they hid any."""
    known = set[Place]()
    for other in linked:
        if not _is_by_other_things(table, other):
            continue
        if _hidden_by(other, table):
            raise SmallNumberWouldShow(
                words("A published table hides a total that this one has too."),
                do=words("Publish it by other things, or not for this time."),
            )
        known |= {place for place in table.places() if table.key(place) in other.numbers}
    return known


def _spans(table: Table, linked: Sequence[Published], *, rounded: bool) -> dict[Place, Span]:
    """Give what must be hidden, with all that readers must go on holding possible of it."""
    found = {}
    hides = table.rule.hides
    for place, number in table.numbers().items():
        spans = [Span(hides[0], hides[-1])] if number in hides else []
        for other in linked:
            before = other.numbers.get(table.key(place), number)
            if before is None:
                spans.append(Span(number, number + 1))
            elif not (rounded or other.rounded) and 0 < abs(number - before) < table.rule.least:
                spans.append(Span(max(0, before - hides[-1]), before + hides[-1]))
        if spans:
            found[place] = Span(min(it.least for it in spans), max(it.most for it in spans))
    return found


def _rounded(table: Table) -> dict[Place, Span]:
    """Give what readers know of rounded numbers. Totals count as known exactly.

    So a table stays safe when another one has the same totals.
    """
    return {
        place: Span(max(_round(number) - HALF, table.rule.least), _round(number) + HALF)
        for place, number in table.numbers().items()
        if number and len(table.key(place)) == len(table.axes) > 0
    }


def _round(number: int) -> int:
    """Round to the nearest; there is no tie, for the step is odd."""
    return (number + HALF) // ROUNDED_TO * ROUNDED_TO


def _partly_the_same() -> SmallNumberWouldShow:
    return SmallNumberWouldShow(
        words("This was published before for a time that is partly the same, and divided."),
        do=words("Publish it undivided, or for a period that overlaps none of those published."),
    )


def _other_numbers() -> SmallNumberWouldShow:
    return SmallNumberWouldShow(
        words("Other numbers of the same were published before."),
        do=words("Correct the published table, and say that and why it was wrong."),
    )


def _would_show() -> SmallNumberWouldShow:
    return SmallNumberWouldShow(
        words("With what was published before, this would show a small number."),
        do=words("Publish it by one thing only, or not for this time."),
    )


def _is_of_same_time(table: Table, other: Published) -> bool:
    return (table.start, table.end) == (other.start, other.end)


def _is_by_other_things(table: Table, other: Published) -> bool:
    return {axis.name for axis in table.axes} != {axis.name for axis in other.axes}


def _has_all(table: Table, other: Published, *, rounded: bool) -> bool:
    """Say whether a table tells nothing that was not published already."""
    return (
        _is_of_same_time(table, other)
        and (table.about, rounded) == (other.about, other.rounded)
        and all(table.key(place) in other.numbers for place in table.places())
    )


def _hidden_by(other: Published, table: Table) -> Collection[Place]:
    """Find the numbers of a table that a published one hid."""
    return [it for it in table.places() if other.numbers.get(table.key(it), 0) is None]


def _published(table: Table, hidden: Collection[Place], *, rounded: bool) -> Published:
    numbers = {
        table.key(place): None if place in hidden else _round(number) if rounded else number
        for place, number in table.numbers().items()
    }
    return Published(
        subject=table.subject,
        part=table.part,
        about=table.about,
        start=table.start,
        end=table.end,
        axes=table.axes,
        rounded=rounded,
        numbers=numbers,
    )
