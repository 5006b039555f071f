"""How long something takes: by the clock, and of the processor, ours and PostgreSQL's together.

On a machine that others use as well, only the processor's time says what the work itself is.
"""

import time
from pathlib import Path
from typing import Self

NANOSECONDS = 1e9


class Watch:
    """Takes the time of a block: ``seconds``, and ``worked`` of the processors.

    ``backend`` is the process of PostgreSQL that works for us.
    """

    def __init__(self, backend: int) -> None:
        self._schedstat = Path(f"/proc/{backend}/schedstat")
        self.seconds = self.worked = 0.0

    def __enter__(self) -> Self:
        self._started, self._worked = time.perf_counter(), self._so_far()
        return self

    def __exit__(self, *_raised: object) -> None:
        self.seconds = time.perf_counter() - self._started
        self.worked = self._so_far() - self._worked

    def _so_far(self) -> float:
        theirs = int(self._schedstat.read_text(encoding="ascii").split()[0])
        return time.process_time() + theirs / NANOSECONDS
