"""The register of what is held as anybody may see it: how it grew, and whether it is true here."""

from collections.abc import Sequence
from dataclasses import dataclass

from evenhand.rules.register_changes import Day, RegisterDiffers, check_published
from evenhand.rules.register_desk import REGISTER
from evenhand.store import published_register as stored


@dataclass(frozen=True, slots=True)
class Published:
    """The register's log of changes, and how the tables of this desk differ from it, if at all."""

    days: Sequence[Day]
    differs: RegisterDiffers | None


def published() -> Published:
    """Give the changes day by day, and compare the tables of this desk with the register."""
    return Published(stored.days(), differs())


def differs() -> RegisterDiffers | None:
    """Say how the tables of this desk and the published register differ; None if they do not."""
    try:
        check_published(stored.held(), {(it.table, it.column) for it in REGISTER})
    except RegisterDiffers as refused:
        return refused
    return None
