"""Kills web server, worker, signer and PostgreSQL at random moments: nothing may be lost."""

import argparse
import json
import os
import shutil
import socket
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections import defaultdict
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from statistics import median
from typing import TYPE_CHECKING

from evenhand.cli.desk import cluster_of, settings_of
from evenhand.cli.home import Home, write_private
from evenhand.cli.locks import locked
from tests.killing.parts import PATIENCE, Database, NotBack, Part, Program
from tests.killing.tree import Watcher, forked, published_whole
from tests.mail import MailServer, mail_server

if TYPE_CHECKING:
    from tests.killing.clients import Client

KILLS, SHORT = 1_000, 20
SEED = 20_261_128
TEAMS = (("ada", "cy"), ("bo", "fay"), ("eli", "gus"))
"""Each client is an officer and the approver of what they assess."""
LONGEST_WAIT = 0.5
"""Seconds, at most, from a desk that is whole to the next kill."""
WHOLE_EVERY = 25
"""After every so many kills each row of casework is compared with the log."""
SETTLED_WITHIN = 240
"""Seconds in which the last notices must be out: a dead worker’s jobs are given back by a clock."""


@dataclass
class Killing:
    """A desk of its own under fire: its parts, its clients, and what was found."""

    home: Home
    url: str
    mail: MailServer
    watcher: Watcher
    parts: dict[str, Part] = field(default_factory=dict)
    clients: "list[Client]" = field(default_factory=list)
    back_after: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    faults: list[str] = field(default_factory=list)

    @property
    def superuser(self) -> str:
        """Give the address under which the record is read, past the application."""
        return cluster_of(self.home).address("postgres")

    def kill(self, name: str, chance: Random) -> None:
        """Kill one part at a random moment, and have the desk back."""
        time.sleep(chance.uniform(0, LONGEST_WAIT))
        began = time.monotonic()
        self.parts[name].kill(chance)
        self.come_back()
        self.back_after[name].append(time.monotonic() - began)

    def come_back(self) -> None:
        """Have every part running again and the desk ready. Raises NotBack."""
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline:
            for part in self.parts.values():
                part.revive()
            with suppress(OSError), urllib.request.urlopen(f"{self.url}/health/ready", timeout=5):
                return
            time.sleep(0.05)
        raise NotBack(f"The desk did not come back within {PATIENCE} s; see {self.home.logs}.")

    @contextmanager
    def between_acts(self) -> Iterator[None]:
        """Hold all clients between two acts."""
        with ExitStack() as held:
            for client in self.clients:
                held.enter_context(client.lock)
            yield

    def check(self, *, whole: bool) -> None:
        """Look for what was lost, done twice or not logged; each client repeats its last act."""
        from django.db import connections

        from tests.killing.record import lost_or_twice, rows_without_entry

        connections.close_all()
        with self.between_acts():
            for client in self.clients:
                self.faults += lost_or_twice(client.touched, settled=False)
                client.touched.clear()
                if client.acknowledged:
                    client.repeat(*client.acknowledged[-1])
            if whole:
                self.faults += rows_without_entry(self.superuser)

    def settle(self) -> None:
        """Have the clients stop, wait until every notice is out, and check everything."""
        from tests.killing.record import entries_that_do_not_hold, lost_or_twice, notices_sent

        for client in self.clients:
            client.stopped.set()
        for client in self.clients:
            client.join(PATIENCE)
            self.faults += client.faults
        deadline = time.monotonic() + SETTLED_WITHIN
        while (left := self._in_the_post()) and time.monotonic() < deadline:
            self.come_back()
            time.sleep(0.2)
        self.faults += [f"{it}: its notice is still in the post" for it in left]
        self.check(whole=True)
        self.faults += entries_that_do_not_hold(self.superuser)
        cases = [case for client in self.clients for case in client.cases if case.reference]
        self.faults += lost_or_twice(cases, settled=not left)
        sent = [it.reference for it in cases if ("notice.accept", "Evenhand") in it.entries]
        self.watcher.stopped.set()
        self.watcher.join(PATIENCE)
        self.faults += published_whole(self.superuser)
        self.faults += forked(self.watcher.seen, self.home.folder / "log")
        faults, self.again = notices_sent((mail for *_, mail in self.mail.taken), sent)
        self.faults += faults

    again = 0
    """Notices that came a second time."""

    def _in_the_post(self) -> list[str]:
        for client in self.clients:
            for case in client.cases:
                if case.is_in_the_post:
                    with suppress(OSError):
                        client.is_out(case)
        return [it.reference for one in self.clients for it in one.cases if it.is_in_the_post]


def main() -> int:
    """Kill as often as asked, and say after how long each part was back and what was wrong."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--short", action="store_true", help=f"{SHORT} kills, not {KILLS:,}")
    parser.add_argument("--seed", type=int, default=SEED, help="which moments and processes")
    given = parser.parse_args()
    kills, every = (SHORT, 5) if given.short else (KILLS, WHOLE_EVERY)
    folder = Path(tempfile.mkdtemp(prefix="evh-kills-")).resolve()
    chance = Random(given.seed)  # noqa: S311 - moments, not secrets
    try:
        with _a_desk(folder / "home", chance) as desk:
            for number in range(1, kills + 1):
                names = list(desk.parts)
                name = names[number % len(names)]
                desk.kill(name, chance)
                print(f"{number}: {name} killed; back after {desk.back_after[name][-1]:.1f} s",
                      file=sys.stderr, flush=True)  # fmt: skip
                desk.check(whole=number % every == 0)
                if desk.faults:
                    break
            desk.settle()
            _tell(desk)
            failed = bool(desk.faults)
    except NotBack as error:
        print(error, flush=True)
        failed = True
    if failed:
        print(f"The desk is kept in {folder}.", file=sys.stderr)
    else:
        shutil.rmtree(folder, ignore_errors=True)
    return 1 if failed else 0


@contextmanager
def _a_desk(place: Path, chance: Random) -> Iterator[Killing]:
    """Have a desk as the demo makes one, with clients at work."""
    home = Home(place)
    home.make()
    with (
        mail_server() as mail,
        socket.create_server(("127.0.0.1", 0), backlog=128) as web,
        ExitStack() as running,
    ):
        url = f"http://127.0.0.1:{web.getsockname()[1]}"
        database = Database(cluster_of(home))
        running.callback(database.end)
        # As the demo does: whoever works on this home finds its mail server by these.
        running.enter_context(locked(home.folder / "locks" / "demo.lock"))
        now = {"url": url, "smtp_url": mail.address}
        write_private(home.folder / "running.json", json.dumps(now))
        os.environ.update(settings_of(home, owner=True))
        from evenhand.cli.demo_desk import prepared_desk

        people = {it.username: it for it in prepared_desk(home)}
        settings = settings_of(home)
        desk = Killing(home, url, mail, Watcher(url))
        commands = {
            "web server": ["serve", "--bind", f"fd://{web.fileno()}"],
            "worker": ["work"],
            "signer": ["signer"],
        }
        for name, words in commands.items():
            log = home.logs / f"{name.replace(' ', '-')}.log"
            program = Program(words, log, settings, keep=[web.fileno()])
            running.callback(program.end)
            desk.parts[name] = program
        desk.parts["PostgreSQL"] = database
        desk.come_back()
        desk.watcher.start()
        from tests.killing.clients import Client, Pair

        for number, (officer, approver) in enumerate(TEAMS, 1):
            pair = Pair(people[officer], people[approver])
            its_own = Random(chance.random())  # noqa: S311 - moments, not secrets
            desk.clients.append(Client(number, url, pair, its_own))
            desk.clients[-1].start()
        yield desk


def _tell(desk: Killing) -> None:
    print(f"{'killed':16}{'times':>8}{'back after':>12}{'at most':>10}")
    for name, took in desk.back_after.items():
        print(f"{name:16}{len(took):8}{median(took):10.1f} s{max(took):8.1f} s")
    acts = sum(len(it.acknowledged) for it in desk.clients)
    print(f"{acts:,} acts acknowledged on {sum(len(it.cases) for it in desk.clients):,} referrals")
    print(f"{sum(it.tried_again for it in desk.clients):,} requests tried again")
    print(f"{sum(it.repeated for it in desk.clients):,} acknowledged requests repeated")
    print(f"{len(desk.watcher.seen):,} published checkpoints kept, and continued by the log of now")
    print(f"{desk.again:,} notices came a second time, and show it by their Message-ID")
    for fault in desk.faults:
        print(f"WRONG  {fault}")
    print("Nothing was lost, done twice or left out of the log." if not desk.faults else "")


if __name__ == "__main__":
    sys.exit(main())
