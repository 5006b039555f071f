"""What a package that was made for others says, part by part, for the pack of whom it is about."""

from collections.abc import Iterator

from django.utils.translation import gettext

from evenhand.rules.rights_pack import Told
from evenhand.rules.rights_pack_about import ABOUT
from evenhand.rules.rights_pack_words import IN_A_PACKAGE, KINDS, in_words
from evenhand.store import packages
from evenhand.store.days import day_in_words
from evenhand.store.rights_values import offence, plain
from evenhand.store.sharing import DisclosureRow

COLUMN = "document"
LINK, PERSON, SAID = "person_link", "person", "person_statement"


def told_in(row: DisclosureRow, text: str) -> Iterator[Told]:
    """Give what a package says of somebody. It does not name the person whom it was handed to."""
    package = packages.read(text.encode())
    yield _told(IN_A_PACKAGE["organisation"], package.organisation)
    yield _told(IN_A_PACKAGE["may_use"], package.agreement.purpose, is_written=True)
    yield from _of_the_person(package.person, f"{LINK}/{row.link_id}")
    for ref, it in zip(row.statements, package.statements, strict=True):
        piece = f"{SAID}/{ref}"
        yield _told(KINDS[it.kind], it.text, is_written=True, repeats=piece)
        column = "source" if isinstance(it, packages.Fact) else "basis"
        about, value = ABOUT[f"{SAID}.{column}"], getattr(it, column)
        yield _told(about, value, is_written=True, repeats=piece)
    yield _told(IN_A_PACKAGE["gaps"], package.gaps, is_written=True)
    yield _told(IN_A_PACKAGE["erased_by"], day_in_words(package.handling.erase_by))


def _of_the_person(it: packages.About, link: str) -> Iterator[Told]:
    age = it.age and (it.age.value or in_words(PERSON, "age_basis", it.age.basis, said=gettext))
    grounds = (in_words(LINK, "grounds", code, said=gettext) for code in it.grounds or ())
    lines = (
        (f"{LINK}.role", in_words(LINK, "role", it.role, said=gettext), False),
        (f"{PERSON}.name", it.name, False),
        (f"{PERSON}.birth_date", plain(it.birth_date), False),
        (f"{PERSON}.age_value", age, False),
        (f"{PERSON}.contact", it.contact, False),
        (f"{LINK}.offence", it.offence and offence(it.offence), True),
        (f"{LINK}.grounds", ", ".join(grounds), False),
        (f"{LINK}.grounds_on", plain(it.grounds_on), False),
        (f"{LINK}.grounds_words", it.grounds_words, True),
        (f"{LINK}.welfare_reason", it.welfare, True),
        (f"{LINK}.referral_id", it.referral, False),
    )
    for column, value, is_written in lines:
        if value:
            repeats = link if column.startswith(LINK) else ""
            yield _told(ABOUT[column], value, is_written=is_written, repeats=repeats)


def _told(about: str, value: str, *, is_written: bool = False, repeats: str = "") -> Told:
    return Told(COLUMN, gettext(about), value, is_written, repeats)
