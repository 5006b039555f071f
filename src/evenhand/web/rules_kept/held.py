"""The register of fields held, table by table, in words."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import override

from evenhand.rules.register import BASES, KEPT, Held
from evenhand.rules.register_words import CALLED
from evenhand.web.components import Params
from evenhand.web.labels import ROLES
from evenhand.web.referrals.happened import FACTS
from evenhand.web.words import translated


@dataclass(frozen=True, slots=True)
class Shelf:
    """What is held in one table. ``name`` is the table's, for addresses."""

    name: str
    title: str
    about: str
    fields: Params


def shelves(lines: Iterable[Held]) -> list[Shelf]:
    """Group the fields by table, in the order of the register; in English, as the register is."""
    with override(settings.LANGUAGE_CODE):
        return [_shelf(table, found) for table, found in _by_table(lines).items()]


def kinds(lines: Iterable[Held]) -> Params:
    """Make the table of the kinds of records, in the order of the register; in English as well."""
    with override(settings.LANGUAGE_CODE):
        heads = _("Records"), _("What for"), _("Fields"), _("About people"), _("Encrypted")
        return {
            "caption": _("Every kind of record, with how many fields it has"),
            "captionClasses": "govuk-table__caption--m",
            "firstCellIsHeader": True,
            "head": [{"text": it} for it in (*heads, _("Kept by"))],
            "rows": [_kind(name, found) for name, found in _by_table(lines).items()],
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
    texts = CALLED[name], translated(lines[0].purpose), *map(str, counts), ", ".join(kept)
    return [{"text": it} for it in texts]


def _shelf(table: str, lines: list[Held]) -> Shelf:
    fields: Params = {
        "caption": _("Fields held in “%(table)s”") % {"table": CALLED[table]},
        "captionClasses": "govuk-visually-hidden",
        "firstCellIsHeader": True,
        "head": [
            {"text": text}
            for text in (_("Field"), _("What it is"), _("How"), _("Who reads it"), _("How long"))
        ],
        "rows": [[{"text": text} for text in _cells(line)] for line in lines],
    }
    first = lines[0]
    about = _("Purpose: %(purpose)s. Basis: %(basis)s.") % {
        "purpose": translated(first.purpose),
        "basis": translated(BASES[first.basis]),
    }
    return Shelf(table, CALLED[table], about, fields)


def _cells(line: Held) -> list[str]:
    readers = ", ".join(str(ROLES[role]) for role in line.readers)
    return [
        line.column,
        translated(line.about),
        _how(line),
        readers or _("Nobody"),
        translated(KEPT[line.keep]),
    ]


def _how(line: Held) -> str:
    """Say how a field is held: encrypted, pointing to a person, as fact or as assessment."""
    said = [
        _("Encrypted") if line.sealed else _("In the clear"),
        _("personal data") if line.personal else "",
        str(FACTS[line.kind]).lower() if line.kind else "",
    ]
    return ", ".join(it for it in said if it)
