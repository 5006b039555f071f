"""Officers who go on calling the API while its programs are killed, and keep what it promised."""

import json
import time
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count
from random import Random
from threading import Event, Lock, Thread
from typing import Any

import requests

from evenhand.cli.demo_desk import Shown
from tests.killing.parts import PATIENCE
from tests.stories.calls import CALLS, asked_to_log
from tests.stories.cases import Case

AWAY = (502, 503)
"""What a desk says that cannot keep anything now. Any other no is a fault of it here."""
TIMEOUT = 20
Answer = tuple[int, bytes]


@dataclass(frozen=True)
class Request:
    """A change as it was sent, so that it can be sent again: the same key, the same words."""

    method: str
    path: str
    body: dict[str, Any]
    key: str
    token: str


@dataclass(frozen=True)
class Pair:
    """The officer and the approver that a client acts as, with their names and tokens."""

    officer: Shown
    approver: Shown


class Client(Thread):
    """Two officers who bring referral after referral from the log to its end, until told to stop.

    ``lock`` is held during each act, so that whoever has it sees acts only whole.
    """

    def __init__(self, number: int, url: str, pair: Pair, chance: Random) -> None:
        super().__init__(daemon=True)
        self.number, self.url, self.pair, self.chance = number, f"{url}/api/v1", pair, chance
        self.session = requests.Session()
        self.lock, self.stopped = Lock(), Event()
        self.cases: list[Case] = []
        self.faults: list[str] = []
        self.touched: set[Case] = set()
        self.acknowledged: list[tuple[Request, Answer]] = []
        self.tried_again = self.repeated = 0
        self._numbers = count(1)
        self._waiting: list[Case] = []

    def run(self) -> None:
        """Go on until told to stop; what goes wrong ends it and is told."""
        try:
            while not self.stopped.is_set():
                for case, verb, who in self._work():
                    self._acts(case, verb, who)
        except Exception as error:
            self.faults.append(f"client {self.number}: {error!r}")

    def repeat(self, request: Request, answer: Answer) -> None:
        """Send an acknowledged change again: it must be answered as it was, and done no more."""
        self.repeated += 1
        again = self._insist(request)
        if again != answer:
            self.faults.append(f"{request.path}: answered {answer[0]}, then {again[0]}")

    def is_out(self, case: Case) -> bool:
        """Say whether the worker has handed a notice over; then it is in the case’s history."""
        found = self.session.get(
            f"{self.url}/referrals/{case.reference}",
            headers={"Authorization": f"Bearer {self.pair.officer.token}"},
            timeout=TIMEOUT,
        )
        if found.status_code in AWAY:
            return False
        if found.json()["state"] == "sent":
            case.happened("accepted")
            return True
        return False

    def _work(self) -> Iterator[tuple[Case, str, Shown]]:
        """Name the acts on one new referral, and then on those whose notice is out."""
        number = self.number * 1_000_000 + next(self._numbers)
        case = Case(f"https://site{number}.example/post", f"zqkill{number}", "")
        self.cases.append(case)
        yield case, "log", self.pair.officer
        yield case, "assess", self.pair.officer
        yield case, "approve", self.pair.approver
        yield case, "mail", self.pair.officer
        self._waiting.append(case)
        for earlier in self._waiting[:4]:
            with self.lock:
                out = self._is_out_by_now(earlier)
            if out:
                self._waiting.remove(earlier)
                for verb in ("restricted_in_full", "not_visible", "close"):
                    yield earlier, verb, self.pair.officer

    def _is_out_by_now(self, case: Case) -> bool:
        try:
            return self.is_out(case)
        except requests.RequestException:
            return False

    def _acts(self, case: Case, verb: str, who: Shown) -> None:
        with self.lock:
            if verb == "log":
                path, body = "/referrals", asked_to_log(case)
            else:
                path, body = CALLS[verb]
                path = f"/referrals/{case.reference}/{path}"
            method = "PUT" if verb == "assess" else "POST"
            key = f"{self.number}-{case.word}-{verb}"
            request = Request(method, path, body, key, who.token)
            answer = self._insist(request)
            if answer[0] >= 300:
                raise ValueError(f"{verb} {case.reference}: {answer}")
            if verb == "log":
                case.reference = str(json.loads(answer[1])["reference"])
            case.happened(verb, who.name)
            self.touched.add(case)
            self.acknowledged.append((request, answer))
            if self.chance.random() < 0.2:
                self.repeat(request, answer)

    def _insist(self, request: Request) -> Answer:
        """Send a change until it is answered, as a careful program does: under one key."""
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline:
            try:
                found = self.session.request(
                    request.method,
                    self.url + request.path,
                    json=request.body,
                    headers={
                        "Authorization": f"Bearer {request.token}",
                        "Idempotency-Key": request.key,
                    },
                    timeout=TIMEOUT,
                )
            except requests.RequestException:
                found = None
            if found is not None and found.status_code not in AWAY:
                return found.status_code, found.content
            self.tried_again += 1
            time.sleep(0.05)
        raise TimeoutError(f"{request.path} was not answered for {PATIENCE} s")
