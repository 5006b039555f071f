"""What one desk may set for itself, within limits that code keeps."""

from collections.abc import Mapping
from dataclasses import dataclass

LIMITS = {
    "session_hours": (1, 12),
    "idle_minutes": (5, 120),
    "first_chase_days": (1, 60),
    "chase_gap_days": (1, 60),
    "chases_before_silence": (1, 5),
}
TEXTS = ("name", "contact_email", "time_zone")
CHOICES = ("second_factor_required", "token_may_decide", "demo")


class ProfileWrong(ValueError):
    """A desk profile that cannot be used; the text lists every fault."""


@dataclass(frozen=True, slots=True)
class Profile:
    """One desk's settings.

    ``first_chase_days`` and ``chase_gap_days`` count days from the last message sent to the
    platform; ``chases_before_silence`` chases without an answer make a referral *no response*.
    ``session_hours`` is the longest a sign-in lasts; ``idle_minutes`` the longest pause in it.
    ``token_may_decide`` lets an API token approve and share (decision 9 of the catalogue).
    """

    name: str
    contact_email: str
    time_zone: str
    second_factor_required: bool
    token_may_decide: bool
    demo: bool
    session_hours: int
    idle_minutes: int
    first_chase_days: int
    chase_gap_days: int
    chases_before_silence: int


def read_profile(document: Mapping[str, object]) -> Profile:
    """Read a desk's profile from its TOML document. Raises ProfileWrong with every fault."""
    faults = [f"{key}: not a setting of a profile" for key in document if key not in _NAMES]
    faults += [f"{key}: missing" for key in _NAMES if key not in document]
    texts = {key: document[key] for key in TEXTS if key in document}
    choices = {key: document[key] for key in CHOICES if key in document}
    faults += [f"{key}: must be a text" for key, it in texts.items() if not isinstance(it, str)]
    faults += [
        f"{key}: must be true or false" for key, it in choices.items() if not isinstance(it, bool)
    ]
    numbers: dict[str, int] = {}
    for key, (least, most) in LIMITS.items():
        value = document.get(key)
        if isinstance(value, int) and not isinstance(value, bool) and least <= value <= most:
            numbers[key] = value
        elif key in document:
            faults.append(f"{key}: must be a whole number from {least} to {most}")
    if faults:
        raise ProfileWrong("; ".join(faults))
    return Profile(
        **{key: str(it) for key, it in texts.items()},
        **{key: bool(it) for key, it in choices.items()},
        **numbers,
    )


_NAMES = (*TEXTS, *CHOICES, *LIMITS)
