"""What a benchmark found, and the goal it is held against."""

import math
import os
import platform
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from statistics import median


@dataclass(frozen=True, slots=True)
class Goal:
    """The most, or the least, that the ratio to the peer may be; with neither there is no goal."""

    most: float = math.inf
    least: float = 0.0

    def __str__(self) -> str:
        if self.most < math.inf:
            return f"at most {self.most:g}"
        return f"at least {self.least:g}" if self.least else ""

    def met(self, ratio: float) -> bool | None:
        """Say whether a ratio is good enough; None where there is no goal."""
        return self.least <= ratio <= self.most if str(self) else None


@dataclass(frozen=True, slots=True)
class Result:
    """One benchmark: its value beside its peer's, both medians, and the ratio of the two."""

    name: str
    value: float
    unit: str
    peer: str
    peer_value: float
    ratio: float
    n: int
    p99: float
    peer_p99: float
    goal: str
    met: bool | None

    def line(self) -> str:
        """Give the result as one line of a table."""
        verdict = {True: "met", False: "MISSED", None: ""}[self.met]
        value = f"{self.value:9.2f} ({self.p99:.1f}) {self.unit}"
        peer = f"{self.peer_value:9.2f} ({self.peer_p99:.1f})"
        return f"{self.name:34}{value:>24}{peer:>20}{self.ratio:8.2f}  {self.goal:12} {verdict}"

    def as_json(self) -> dict[str, object]:
        """Give the result as others read it."""
        return asdict(self)


HEADING = f"{'benchmark':34}{'p50 (p99)':>24}{'peer':>20}{'ratio':>8}  goal"


@dataclass(frozen=True, slots=True)
class Peer:
    """What does the same work, and the seconds that it took."""

    name: str
    taken: Sequence[float]


def compared(name: str, taken: Sequence[float], peer: Peer, *, goal: Goal = Goal()) -> Result:
    """Compare seconds taken with the peer's: how many times as long it takes."""
    return _result(name, taken, peer, goal, ratio=median(taken) / median(peer.taken))


def share(name: str, taken: Sequence[float], peer: Peer, *, goal: Goal) -> Result:
    """Compare rates: which share of the peer's rate is kept."""
    return _result(name, taken, peer, goal, ratio=median(peer.taken) / median(taken))


def _result(name: str, taken: Sequence[float], peer: Peer, goal: Goal, *, ratio: float) -> Result:
    return Result(
        name=name,
        value=_milliseconds(median(taken)),
        unit="ms",
        peer=peer.name,
        peer_value=_milliseconds(median(peer.taken)),
        ratio=round(ratio, 3),
        n=len(taken),
        p99=_milliseconds(percentile(taken, 99)),
        peer_p99=_milliseconds(percentile(peer.taken, 99)),
        goal=str(goal),
        met=goal.met(ratio),
    )


def _milliseconds(seconds: float) -> float:
    return round(1000 * seconds, 4)


def percentile(taken: Sequence[float], percent: int) -> float:
    """Give the time that so many per cent do not exceed."""
    ordered = sorted(taken)
    return ordered[max(0, math.ceil(len(ordered) * percent / 100) - 1)]


def machine() -> str:
    """Describe this machine in a line."""
    cpus = Path("/proc/cpuinfo")
    lines = cpus.read_text("utf-8").splitlines() if cpus.exists() else []
    models = [line.split(":", 1)[1].strip() for line in lines if line.startswith("model name")]
    model = models[0] if models else platform.machine()
    return (
        f"{os.cpu_count()} cores, {model}, {platform.system()}, Python {platform.python_version()}"
    )
