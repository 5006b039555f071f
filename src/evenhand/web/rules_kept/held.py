"""The register of fields held, table by table, in words."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.conf import settings
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import override

from evenhand.rules.register import BASES, KEPT, Held
from evenhand.rules.register_words import CALLED
from evenhand.web.components import Params
from evenhand.web.labels import ROLES
from evenhand.web.referrals.happened import FACTS
from evenhand.web.words import translated

Cells = Callable[[str, Sequence[Held]], list[Params]]
"""Makes the line of a kind of record, by its table and its fields."""


@dataclass(frozen=True, slots=True)
class Shelf:
    """What is held in one table. ``name`` is the table's, as programs use it."""

    name: str
    title: str
    about: str
    fields: Params


def shelf(table: str, lines: Iterable[Held]) -> Shelf | None:
    """Give what is held in one table, or None; in English, as the register is."""
    found = [it for it in lines if it.table == table]
    with override(settings.LANGUAGE_CODE):
        return _shelf(table, found) if found else None


def kinds(lines: Iterable[Held]) -> Params:
    """Make the table of the kinds of records, in the order of the register; in English as well."""
    with override(settings.LANGUAGE_CODE):
        heads = _("Records"), _("What for"), _("Fields"), _("About people"), _("Encrypted")
        return _table_of_kinds(lines, (*heads, _("Kept by")), _kind)


def kinds_kept(lines: Iterable[Held], there: Mapping[str, str]) -> Params:
    """Make the table of why and how long each kind is kept. ``there``: its page."""
    with override(settings.LANGUAGE_CODE):
        heads = _("Records"), _("Fields"), _("What for"), _("Basis"), _("How long")

        def cells(name: str, found: Sequence[Held]) -> list[Params]:
            link = format_html(
                '<a class="govuk-link" id="table-{}" href="{}">{}</a>',
                name,
                there[name],
                CALLED[name],
            )
            texts = str(len(found)), *_purpose_and_basis(found), _how_long(found)
            return [{"html": link}, *({"text": it} for it in texts)]

        return _table_of_kinds(lines, heads, cells)


def _table_of_kinds(lines: Iterable[Held], heads: Sequence[str], cells: Cells) -> Params:
    return {
        "caption": _("Every kind of record, with how many fields it has"),
        "captionClasses": "govuk-table__caption--m",
        "firstCellIsHeader": True,
        "head": [{"text": it} for it in heads],
        "rows": [cells(name, found) for name, found in _by_table(lines).items()],
    }


def _by_table(lines: Iterable[Held]) -> Mapping[str, list[Held]]:
    """Put the fields of each table together: the register has some of one table apart."""
    tables: dict[str, list[Held]] = {}
    for line in lines:
        tables.setdefault(line.table, []).append(line)
    return tables


def _kind(name: str, lines: Sequence[Held]) -> list[Params]:
    counts = len(lines), sum(it.personal for it in lines), sum(it.sealed for it in lines)
    kept = dict.fromkeys(it.keep.value for it in lines)
    purpose, _basis = _purpose_and_basis(lines)
    texts = CALLED[name], purpose, *map(str, counts), ", ".join(kept)
    return [{"text": it} for it in texts]


def _purpose_and_basis(lines: Sequence[Held]) -> tuple[str, str]:
    """Say what for and on what basis a kind of record is held, each purpose and basis there is."""
    return _every(it.purpose for it in lines), _every(BASES[it.basis] for it in lines)


def _how_long(lines: Iterable[Held]) -> str:
    """Say how long a kind of record is kept; where some fields go earlier, every time there is."""
    return _every(KEPT[it.keep] for it in lines)


def _every(texts: Iterable[str]) -> str:
    """Say what is so of most fields, and after it what is so of some."""
    first, *more = dict.fromkeys(map(translated, texts))
    others = (_("Some fields: %(text)s") % {"text": it} for it in more)
    return ". ".join((first, *others))


def _shelf(table: str, lines: list[Held]) -> Shelf:
    heads = _("Field"), _("How"), _("Who reads it"), _("How long")
    fields: Params = {
        "caption": _("Fields held in “%(table)s”") % {"table": CALLED[table]},
        "captionClasses": "govuk-table__caption--m",
        "firstCellIsHeader": True,
        "head": [{"text": it} for it in heads],
        "rows": [_cells(line) for line in lines],
    }
    purpose, basis = _purpose_and_basis(lines)
    about = _("Purpose: %(purpose)s. Basis: %(basis)s.") % {"purpose": purpose, "basis": basis}
    return Shelf(table, CALLED[table], about, fields)


def _cells(line: Held) -> list[Params]:
    named = format_html("{}<br><code>{}</code>", translated(line.about), line.column)
    readers = ", ".join(str(ROLES[role]) for role in line.readers)
    texts = _how(line), readers or _("Nobody"), translated(KEPT[line.keep])
    return [{"html": named}, *({"text": it} for it in texts)]


def _how(line: Held) -> str:
    """Say how a field is held: encrypted, pointing to a person, as fact or as assessment."""
    said = [
        _("Encrypted") if line.sealed else _("In the clear"),
        _("personal data") if line.personal else "",
        str(FACTS[line.kind]).lower() if line.kind else "",
    ]
    return ", ".join(it for it in said if it)
