"""The law data in use, read once a process from its TOML files."""

import hashlib
import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from django.conf import settings

from evenhand.rules.calendar import read_uk_calendar
from evenhand.rules.clocks_law import read_clocks
from evenhand.rules.clocks_reckoning import LawClocks
from evenhand.rules.conditions import Condition, read_conditions
from evenhand.rules.foi_exemptions import Exemption, read_exemptions
from evenhand.rules.guidance import Guidance, read_guidance
from evenhand.rules.lawbook import Lawbook
from evenhand.rules.lawbook_reading import read_lawbook
from evenhand.rules.retention_schedules import Schedule, read_schedules
from evenhand.rules.signposts import Signpost, read_signposts


@cache
def signposts() -> Mapping[str, Signpost]:
    """Give the signposts of this installation, by code, in their order. Raises LawDataWrong."""
    return read_signposts(_law_data("signposts"))


@cache
def guidance() -> Mapping[str, Guidance]:
    """Give the guidance beside the questions, by question. Raises LawDataWrong."""
    return read_guidance(_law_data("guidance"))


@cache
def schedules() -> Mapping[str, Schedule]:
    """Give the rows of the retention schedule, by code. Raises ScheduleWrong."""
    text = (settings.LAW_DATA / "retention.csv").read_text(encoding="utf-8")
    return read_schedules(text.splitlines())


@cache
def clocks() -> LawClocks:
    """Give the clocks of law, and the working days that they go by. ClockWrong, CalendarWrong."""
    text = (settings.LAW_DATA / "clocks.csv").read_text(encoding="utf-8")
    uk = read_uk_calendar(_law_data("calendar"))
    return LawClocks(read_clocks(text.splitlines()), settings.CLOCKS.calendar, uk)


@cache
def exemptions() -> Mapping[str, Exemption]:
    """Give the exemptions of the Freedom of Information Act, by code. Raises ExemptionWrong."""
    text = (settings.LAW_DATA / "foi_exemptions.csv").read_text(encoding="utf-8")
    return read_exemptions(text.splitlines())


@cache
def conditions() -> Mapping[str, Condition]:
    """Give the conditions of Schedule 8, by paragraph, in their order. Raises ConditionsWrong."""
    text = (settings.LAW_DATA / "schedule_8.csv").read_text(encoding="utf-8")
    return read_conditions(text.splitlines())


@cache
def lawbook() -> Lawbook:
    """Give the law data of this installation. Raises LawDataWrong."""
    harms, provisions, platforms = map(_law_data, ("harms", "provisions", "platforms"))
    return read_lawbook(harms, provisions, platforms)


def editions() -> Mapping[str, Mapping[str, str]]:
    """Name the files of law data in use: the SHA-256 of each, and its version where it has one."""
    return {it.name: _edition(it) for it in sorted(settings.LAW_DATA.iterdir())}


def _edition(file: Path) -> Mapping[str, str]:
    data = file.read_bytes()
    found = {"sha256": hashlib.sha256(data).hexdigest()}
    known = tomllib.loads(data.decode()) if file.suffix == ".toml" else {}
    found |= {it: str(known[it]) for it in ("version", "in_force_from") if it in known}
    return found


def _law_data(name: str) -> Mapping[str, object]:
    return tomllib.loads((settings.LAW_DATA / f"{name}.toml").read_text(encoding="utf-8"))
