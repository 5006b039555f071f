"""Disposal: why something went, and the certificate of it, in which nobody is named."""

from enum import StrEnum

SYSTEM = "evenhand"
"""The system of origin of what was recorded here, beside those that records were imported from."""


class Reason(StrEnum):
    """Why a record, or its content, was disposed of."""

    REVIEWED = "reviewed"
    LAST_DAY = "last_day"
    NOT_RELEASED = "not_released"
