"""``evenhand clock``: by when the law has something done, in every reading of it."""

import argparse
import tomllib
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from evenhand.cli.failures import CannotStart
from evenhand.cli.output import add_command, print_json, tell

if TYPE_CHECKING:
    from evenhand.cli.output import Subparsers
    from evenhand.rules.clocks_events import Event
    from evenhand.rules.clocks_law import Clock, Due
    from evenhand.rules.clocks_reckoning import LawClocks

LAW = Path(__file__).parent.parent / "config" / "law"
ZONE = "Europe/London"
NATIONS = {
    "england": "GB-ENG",
    "wales": "GB-WLS",
    "scotland": "GB-SCT",
    "northern-ireland": "GB-NIR",
}
Document = dict[str, object]


def register(commands: "Subparsers") -> None:
    """Add the command."""
    parser = add_command(
        commands,
        "clock",
        clock,
        does="say by when the law has something done, and where texts disagree about it",
        example="evenhand clock E14 2026-06-01 --event clarification_asked=2026-06-05",
    )
    parser.add_argument("clock", nargs="?", metavar="CLOCK", help="such as E14; none lists them")
    parser.add_argument("start", nargs="?", metavar="DAY", help="when it starts, as 2026-06-01")
    parser.add_argument(
        "--event",
        action="append",
        default=[],
        metavar="WHAT=DAY",
        help="something that happened since and moves it; again for each, in their order",
    )
    parser.add_argument(
        "--nation", choices=sorted(NATIONS), default="england", help="whose bank holidays count"
    )


def clock(arguments: argparse.Namespace) -> int:
    """Print one clock counted from its start, or the list of all."""
    clocks = _law(NATIONS[arguments.nation])
    if arguments.clock is None:
        return _list(clocks, as_json=arguments.json)
    if arguments.start is None:
        raise CannotStart("Say when the clock starts, as in: evenhand clock E14 2026-06-01")
    code = arguments.clock.upper()
    told = _told(clocks, code, arguments.start, [_event(it) for it in arguments.event])
    if arguments.json:
        print_json({"ok": True, **told})
        return 0
    _print(clocks.one(code), told)
    return 0


def _law(nation: str) -> "LawClocks":
    """Read the clocks and the calendars that this version comes with; it needs no desk."""
    from evenhand.rules.calendar import CalendarWrong, read_calendar, read_uk_calendar
    from evenhand.rules.clocks_law import ClockWrong, read_clocks
    from evenhand.rules.clocks_reckoning import LawClocks

    try:
        rows = read_clocks((LAW / "clocks.csv").read_text(encoding="utf-8").splitlines())
        days = tomllib.loads((LAW / "calendar.toml").read_text(encoding="utf-8"))
        desk = read_calendar(days, country=nation, zone=ZONE)
        return LawClocks(rows, desk, read_uk_calendar(days))
    except (ClockWrong, CalendarWrong, tomllib.TOMLDecodeError) as error:
        raise CannotStart(f"The clocks of law cannot be read: {error}") from None


def _told(clocks: "LawClocks", code: str, start: str, events: "list[Event]") -> Document:
    from evenhand.rules.clocks_reckoning import reckon, reckon_hours

    row = clocks.one(code)
    about: Document = {"clock": code, "what": row.what, "start": start, **_source(row)}
    if "T" not in start:
        return {**about, **_of_days(reckon(clocks, code, _day(start), events))}
    if events:
        raise CannotStart("Nothing moves a clock that counts hours. Leave --event out.")
    last = reckon_hours(clocks, code, _moment(start))
    reading = {
        "text": "statute" if row.is_law else "service",
        "on": last.astimezone(ZoneInfo(ZONE)).isoformat(),
        "utc": last.astimezone(UTC).isoformat(),
    }
    outer = reading["on"] if row.is_law else None
    return {**about, "target": reading["on"], "outer": outer, "readings": [reading]}


def _of_days(due: "Due") -> Document:
    return {
        "target": due.target.isoformat() if due.target else None,
        "outer": due.outer.isoformat() if due.outer else None,
        "waits_for": due.waits_for,
        "readings": [{"text": it.text, "on": it.on.isoformat()} for it in due.readings],
    }


def _source(row: "Clock") -> Document:
    return {"source": row.clause, "status": row.status, "verified": row.verified}


def _print(row: "Clock", told: Document) -> None:
    print(f"{row.code}  {row.what}, from {told['start']}")
    if told.get("waits_for"):
        print(f"  waits     for {told['waits_for']}: there is no last day yet")
    for name in ("target", "outer"):
        if told[name]:
            print(f"  {name:<8}  {told[name]}")
    readings = told["readings"]
    for it in readings if isinstance(readings, list) else ():
        print(f"    {it['text']:<18}{it['on']}")
    print(f"  {row.clause}")
    if not row.verified:
        tell("Not verified: nobody has read this where the law itself has it.")


def _list(clocks: "LawClocks", *, as_json: bool) -> int:
    rows = [{"clock": it.code, "what": it.what, **_source(it)} for it in clocks.rows.values()]
    if as_json:
        print_json({"ok": True, "items": rows})
        return 0
    for it in rows:
        print(f"{it['clock']}  {it['what']}{'' if it['verified'] else '  (not verified)'}")
    return 0


def _event(text: str) -> "Event":
    from evenhand.rules.clocks_events import Event, Happened

    what, _, day = text.partition("=")
    if what not in set(Happened):
        known = ", ".join(Happened)
        raise CannotStart(f"“{what}” moves no clock. What can happen: {known}")
    return Event(Happened(what), _day(day))


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise CannotStart(f"“{text}” is not a day. Write it as 2026-06-01.") from None


def _moment(text: str) -> datetime:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise CannotStart(f"“{text}” is not a moment. Write it as 2026-03-27T18:00.") from None
    return moment if moment.tzinfo else moment.replace(tzinfo=ZoneInfo(ZONE))
