"""The log of changes to the register of fields: lines are added to it, and none is taken out."""

from datetime import UTC, datetime
from pathlib import Path

from evenhand.rules.register_changes import missing, read_changes
from evenhand.rules.register_desk import REGISTER

FILE = "src/evenhand/config/law/register_changes.csv"


def changes() -> str:
    """Give the log with today's lines for what the register has and the log does not have yet."""
    text = Path(__file__).parents[3].joinpath(FILE).read_text(encoding="utf-8")
    fields = {(it.table, it.column) for it in REGISTER}
    found = missing(read_changes(text.splitlines()), fields, today=datetime.now(UTC).date())
    return text + "".join(f"{it.day},{it.what},{','.join(it.field)}\n" for it in found)
