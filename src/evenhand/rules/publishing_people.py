"""Tables of records of several kinds: those of people are people, and the others are known.

How many referrals there are is published by months and so is known to readers; taken from a
total of records, it leaves the records of people. So people’s records go through the module for
small numbers by themselves, and a total is shown only where their number is.
"""

from collections.abc import Mapping
from dataclasses import replace

from evenhand.rules.publishing_tables import KIND, RULES, WHOLE, About, Key, Published, Table

PERSON = "person"
OF_PEOPLE: Key = frozenset({(KIND, PERSON)})
ALL: Key = frozenset({(WHOLE.name, WHOLE.categories[0])})


def subject_of_people(subject: str) -> str:
    """Name the records of people among records of all kinds."""
    return f"{subject} of people"


def is_of_kinds(table: Table | Published) -> bool:
    """Say whether records of people are in a table beside others."""
    return table.about is About.PEOPLE and KIND in {axis.name for axis in table.axes}


def people_of(table: Table) -> Table:
    """Give the records of people of a table of several kinds."""
    rows = next((axis for axis in table.axes if axis.name != KIND), WHOLE)
    numbers = {table.key(place): number for place, number in table.numbers().items()}
    named = [frozenset({(rows.name, it)}) - ALL for it in rows.categories]
    return Table(
        subject=subject_of_people(table.subject),
        about=table.about,
        start=table.start,
        end=table.end,
        rows=rows,
        counts=tuple((numbers.get(it | OF_PEOPLE, 0),) for it in named),
    )


def told_of_people(it: Published) -> Published:
    """Give what a published table tells of people’s records, if it is of several kinds."""
    if not is_of_kinds(it):
        return it
    numbers = {
        key: it.numbers.get(key | OF_PEOPLE, 0) for key in it.numbers if KIND not in dict(key)
    }
    axes = tuple(axis for axis in it.axes if axis.name != KIND)
    if not axes:
        numbers[ALL] = numbers[frozenset()]
    return replace(
        it, subject=subject_of_people(it.subject), axes=axes or (WHOLE,), numbers=numbers
    )


def told_of_people_among(it: Published, people: Mapping[Key, int]) -> Published:
    """Give what a table that has all kinds in one number tells of people’s records among them.

    It was published before that was refused. Who knows how many others there are takes them away.
    """
    hides = RULES[About.PEOPLE].hides
    numbers = {
        key: None
        if number is None or people.get(key - ALL, 0) in hides
        else people.get(key - ALL, 0)
        for key, number in it.numbers.items()
    }
    return replace(it, subject=subject_of_people(it.subject), numbers=numbers)


def with_others(table: Table, people: Published) -> Published:
    """Give a table of several kinds, its records of people as they may be published."""
    shown: dict[Key, int | None] = {}
    for place, number in table.numbers().items():
        key = table.key(place)
        kind = dict(key).get(KIND, PERSON)
        of_people = people.numbers[frozenset(it for it in key if it[0] != KIND)]
        if key >= OF_PEOPLE:
            shown[key] = of_people
        else:
            shown[key] = None if kind == PERSON and of_people is None else number
    return replace(people, subject=table.subject, axes=table.axes, numbers=shown)
