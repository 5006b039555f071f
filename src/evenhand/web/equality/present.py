"""What stands out in the work, in words: a table for each way to compare."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as later

from evenhand.queries.equality import NONE, Report
from evenhand.rules.disparity import By, Compared, to_explain
from evenhand.rules.intervals import Interval
from evenhand.rules.publishing_tables import MARK
from evenhand.web.components import Params
from evenhand.web.public.equality import told
from evenhand.web.words import Words

TITLES: Mapping[By, Words] = {
    By.GROUND: later("Ground"),
    By.PLATFORM: later("Platform"),
    By.HARM: later("Harm"),
    By.EXPRESSION: later("Kind of expression"),
    By.LANGUAGE: later("Language"),
}


def report(found: Report) -> Mapping[str, Any]:
    """Show what was compared, and what is to be explained first."""
    return {
        **to_be_explained(found),
        "before": found.quarter.before,
        "missing": found.missing,
        "tables": [(TITLES[by], _table(by, lines)) for by, lines in found.by.items()],
    }


def to_be_explained(found: Report) -> Mapping[str, Any]:
    """Say of a quarter what is to be explained, in short: the report tells the rest."""
    return {
        "quarter": found.quarter,
        "assessed": found.assessed,
        "explain": [_explained(by, it) for by, it in to_explain(found.by)],
    }


def _explained(by: By, it: Compared) -> str:
    part = told(it.part) if it.part else MARK
    said = {"by": TITLES[by], "category": _category(it.category), "part": part}
    return _("%(by)s “%(category)s”: %(part)s of all that was assessed") % said


def _category(code: str) -> str:
    return _("none") if code == NONE else code


def _table(by: By, lines: Sequence[Compared]) -> Params:
    titles = (_("Assessed"), _("Part of all"), _("Sent"), _("Ratio to the others"), _("Seen from"))
    return {
        "head": [{"text": str(TITLES[by])}, *({"text": it, "format": "numeric"} for it in titles)],
        "rows": [_row(it) for it in lines],
        "firstCellIsHeader": True,
    }


def _row(it: Compared) -> list[Params]:
    seen = f"{it.least_seen:.2f}" if it.least_seen else MARK
    texts = [
        MARK if it.count is None else str(it.count),
        told(it.part) if it.part else MARK,
        told(it.sent) if it.sent else MARK,
        _ratio(it.ratio) if it.ratio else MARK,
        seen,
    ]
    cells: list[Params] = [{"text": text, "format": "numeric"} for text in texts]
    return [{"text": _category(it.category)}, *cells]


def _ratio(it: Interval) -> str:
    return _("%(value).2f (%(least).2f to %(most).2f)") % {
        "value": it.value,
        "least": it.least,
        "most": it.most,
    }
