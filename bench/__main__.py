"""Runs the benchmarks: ``python -m bench``, or ``evenhand bench``."""

import argparse
import json
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

from bench import inside, questions, starting, tree
from bench.calling import Refused
from bench.captures import captures
from bench.desks import Desk, chosen_home, running_desk, running_floor
from bench.ledger import ledger
from bench.results import HEADING, Result, machine
from bench.web import Web
from evenhand.cli.bench import NAMES
from evenhand.cli.failures import CannotStart

REFERRALS = 2_000
WITHOUT_DESK = "ledger"
INSIDE: dict[str, Callable[[Desk], Iterator[Result]]] = {
    "pen": inside.pen,
    "seal": inside.seal,
    "captures": captures,
    "identify": inside.identify,
    "questions": questions.questions,
    "tree": tree.tree,
    "start": starting.start,
}


def main() -> int:
    """Run one benchmark or all, on one desk; 1 if a goal is missed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("name", nargs="?", choices=NAMES)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--home", type=Path)
    parser.add_argument("--referrals", type=int, default=REFERRALS)
    asked = parser.parse_args()
    names = [asked.name] if asked.name else list(NAMES)
    try:
        return _run(names, asked)
    except (CannotStart, Refused) as error:
        print(error, file=sys.stderr)
        return 1


def _run(names: list[str], asked: argparse.Namespace) -> int:
    found = []
    with ExitStack() as desks:
        about, results = machine(), ledger()
        if names != [WITHOUT_DESK]:
            home = desks.enter_context(chosen_home(asked.home))
            desk = desks.enter_context(running_desk(home, referrals=asked.referrals))
            about, results = f"{about}; {desk.referrals:,} referrals", _results(desk, names)
        print(f"{about}\n{HEADING}", file=sys.stderr)
        for result in results:
            found.append(result)
            print(result.line(), file=sys.stderr if asked.json else sys.stdout, flush=True)
    if asked.json:
        document = {"machine": about, "results": [it.as_json() for it in found]}
        print(json.dumps(document, ensure_ascii=False))
    return 1 if any(it.met is False for it in found) else 0


def _results(desk: Desk, names: list[str]) -> Iterator[Result]:
    over_http = [it for it in names if it not in INSIDE and it != WITHOUT_DESK]
    if over_http:
        with running_floor(desk) as floor:
            web = Web(desk, floor)
            special = {"log": web.log, "approve": web.approve}
            for name in over_http:
                yield from special.get(name, web.readings)(name)
    if names != over_http:
        inside.begin(desk)
    for name in names:
        if name in INSIDE:
            yield from INSIDE[name](desk)
    if WITHOUT_DESK in names:
        yield from ledger()


if __name__ == "__main__":
    sys.exit(main())
