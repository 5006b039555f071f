"""How sure a share is, and a ratio of two shares: 95 % intervals in plain arithmetic.

Wilson, J. Am. Stat. Assoc. 22 (1927), 209; Katz and others, Biometrics 34 (1978), 469. Held against
statsmodels and with published numbers in the tests.
"""

from dataclasses import dataclass
from math import exp, sqrt

Z = 1.959963984540054
"""The normal quantile of a 95 % interval, to both sides."""
Z_POWER = 0.8416212335729143
"""The normal quantile of 80 % power."""
STEPS = 60


@dataclass(frozen=True, slots=True)
class Interval:
    """A value with the least and the most that fits what was counted, at 95 %."""

    value: float
    least: float
    most: float


def share(count: int, total: int) -> Interval:
    """Give the share of a count in its total, with Wilson’s interval. ``total`` is above 0."""
    value = count / total
    middle = value + Z * Z / (2 * total)
    reach = Z * sqrt(value * (1 - value) / total + Z * Z / (4 * total * total))
    whole = 1 + Z * Z / total
    least = 0.0 if count == 0 else (middle - reach) / whole
    most = 1.0 if count == total else (middle + reach) / whole
    return Interval(value, least, most)


def ratio(count: int, total: int, other_count: int, other_total: int) -> Interval | None:
    """Give the ratio of two shares, with the logarithmic interval; None where a count is 0."""
    if not count or not other_count:
        return None
    value = (count / total) / (other_count / other_total)
    reach = Z * sqrt(1 / count - 1 / total + 1 / other_count - 1 / other_total)
    return Interval(value, value * exp(-reach), value * exp(reach))


def least_seen(total: int, other_total: int, other_share: float) -> float | None:
    """Give the smallest ratio above 1 that numbers this large would show 4 times of 5.

    None where no ratio that is possible would be seen. By the normal approximation, unpooled.
    """
    if not 0 < other_share < 1 or not _is_seen(1.0, total, other_total, other_share):
        return None
    least, most = other_share, 1.0
    for _step in range(STEPS):
        middle = (least + most) / 2
        if _is_seen(middle, total, other_total, other_share):
            most = middle
        else:
            least = middle
    return most / other_share


def _is_seen(there: float, total: int, other_total: int, other_share: float) -> bool:
    spread = sqrt(there * (1 - there) / total + other_share * (1 - other_share) / other_total)
    return there - other_share >= (Z + Z_POWER) * spread
