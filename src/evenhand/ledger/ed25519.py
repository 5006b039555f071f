"""Ed25519 signatures, checked with nothing but the standard library. RFC 8032, section 5.1.

An overseer needs no package to check a log. It only ever checks: no secret passes through here, so
it need not take the same time for every number. Signing is done by ``cryptography``.
"""

import hashlib
from functools import lru_cache

PRIME = 2**255 - 19
ORDER = 2**252 + 27742317777372353535851937790883648493
_D = -121665 * pow(121666, -1, PRIME) % PRIME
_ROOT_OF_MINUS_ONE = pow(2, (PRIME - 1) // 4, PRIME)
_WINDOW_BITS = 6
_WINDOWS = 43
_MOST_TABLES = 24

Point = tuple[int, int, int, int]
"""A point as X, Y, Z and T, with x = X/Z, y = Y/Z and xy = T/Z."""

Ready = tuple[int, int, int, int]
"""A point that is added to others again and again, as Y - X, Y + X, 2dT and 2Z."""

Table = list[list[Ready]]
"""For each window of six bits of a scalar, the 64 multiples of a point that it can ask for."""

_NEUTRAL: Point = (0, 1, 1, 0)


def is_signed(message: bytes, *, signature: bytes, public: bytes) -> bool:
    """Say whether a signature of 64 bytes is the key's on the message."""
    scalar = int.from_bytes(signature[32:], "little")
    if len(signature) != 64 or scalar >= ORDER or not is_public_key(public):
        return False
    point = _decode(public)
    hashed = hashlib.sha512(signature[:32] + public + message).digest()
    challenge = int.from_bytes(hashed, "little") % ORDER
    found = _add_times(scalar, _table(_BASE), _NEUTRAL)
    found = _add_times(challenge, _table(_negated(point)), found)
    return _encode(found) == signature[:32]


def is_public_key(public: bytes) -> bool:
    """Say whether 32 bytes are a point on the curve."""
    try:
        _decode(public)
    except ValueError:
        return False
    return True


def _ready(point: Point) -> Ready:
    x, y, z, t = point
    return y - x, y + x, 2 * _D * t % PRIME, 2 * z


def _add(point: Point, other: Ready) -> Point:
    x, y, z, t = point
    minus, plus, twice_dt, twice_z = other
    a = (y - x) * minus % PRIME
    b = (y + x) * plus % PRIME
    c = t * twice_dt % PRIME
    d = z * twice_z % PRIME
    e, f, g, h = b - a, d - c, d + c, b + a
    return e * f % PRIME, g * h % PRIME, f * g % PRIME, e * h % PRIME


def _negated(point: Point) -> Point:
    x, y, z, t = point
    return -x % PRIME, y, z, -t % PRIME


@lru_cache(maxsize=_MOST_TABLES)
def _table(point: Point) -> Table:
    table = []
    for _window in range(_WINDOWS):
        once, multiple, row = _ready(point), _NEUTRAL, []
        for _each in range(2**_WINDOW_BITS):
            row.append(_ready(multiple))
            multiple = _add(multiple, once)
        point = multiple
        table.append(row)
    return table


def _add_times(scalar: int, table: Table, found: Point) -> Point:
    """Add a multiple of the point of a table."""
    for row in table:
        found = _add(found, row[scalar % 2**_WINDOW_BITS])
        scalar >>= _WINDOW_BITS
    return found


def _encode(point: Point) -> bytes:
    x, y, z, _t = point
    inverse = pow(z, -1, PRIME)
    x, y = x * inverse % PRIME, y * inverse % PRIME
    return (y | (x & 1) << 255).to_bytes(32, "little")


@lru_cache(maxsize=64)
def _decode(data: bytes) -> Point:
    """Find the point of 32 bytes. Raises ValueError where there is none."""
    if len(data) != 32:
        raise ValueError("a point has 32 bytes")
    y = int.from_bytes(data, "little")
    sign, y = y >> 255, y % 2**255
    square = (y * y - 1) * pow(_D * y * y + 1, -1, PRIME) % PRIME
    x = pow(square, (PRIME + 3) // 8, PRIME)
    if (x * x - square) % PRIME:
        x = x * _ROOT_OF_MINUS_ONE % PRIME
    if y >= PRIME or (x * x - square) % PRIME or (x == 0 and sign):
        raise ValueError("this is no point on the curve")
    if x & 1 != sign:
        x = PRIME - x
    return x, y, 1, x * y % PRIME


_BASE = _decode(bytes.fromhex("58" + 31 * "66"))
