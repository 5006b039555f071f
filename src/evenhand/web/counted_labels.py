"""What officers and the public call the codes of numbers, in the language of the reader."""

from collections.abc import Mapping
from typing import TypeVar

from django.utils.translation import gettext_lazy as later

from evenhand.rules import counted_words as those
from evenhand.rules.answers import PlatformStatus
from evenhand.rules.assessments import Ground
from evenhand.rules.disposal import Reason
from evenhand.rules.imports import Tally
from evenhand.rules.intake import Source
from evenhand.rules.recalls import Why
from evenhand.rules.retention import RecordKind
from evenhand.web.words import Words

Code = TypeVar("Code")


def _later(words: Mapping[Code, str]) -> Mapping[Code, Words]:
    return {it: later(text) for it, text in words.items()}


SOURCES: Mapping[Source, Words] = _later(those.SOURCES)
STATUSES: Mapping[PlatformStatus, Words] = _later(those.STATUSES)
KINDS: Mapping[RecordKind, Words] = _later(those.KINDS)
GROUNDS: Mapping[Ground, Words] = _later(those.GROUNDS)
REASONS: Mapping[Reason, Words] = _later(those.REASONS)
RECALLED: Mapping[Why, Words] = _later(those.RECALLED)
TALLIES: Mapping[Tally, Words] = _later(those.TALLIES)
