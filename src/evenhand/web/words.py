"""Words as the pages use them: a text, or one that is translated when it is shown."""

import re
from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, TypeAlias

from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from evenhand.queries.platforms import with_names
from evenhand.rules.officers import ROLE_NAMES, Role, RoleMissing
from evenhand.rules.refusals import Refused
from evenhand.web import times

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

    Words: TypeAlias = StrOrPromise
else:
    Words: TypeAlias = str | Promise


DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


def translated(text: str, **values: str) -> str:
    """Translate words that a rule marked, and fill in their values."""
    return _(text).format_map(values) if text else ""


def one_of(several: Sequence[str]) -> str:
    """Join names into a choice: “officer, approver or overseer”."""
    *rest, last = several
    return _("%(rest)s or %(last)s") % {"rest": ", ".join(rest), "last": last} if rest else last


def as_day(text: str) -> str:
    """Write a day as people do; a rule gives it as 2026-05-31."""
    return times.day(date.fromisoformat(text)) if DAY.fullmatch(text) else text


class Said:
    """A refusal in the reader's language: the sentence, what to do, the rule and its clause."""

    def __init__(self, refused: Refused) -> None:
        values = {name: as_day(text) for name, text in refused.values.items()}
        values = with_names(values)
        if isinstance(refused, RoleMissing):
            roles = [_(ROLE_NAMES[Role(it)]) for it in values["roles"].split(", ")]
            values = {**values, "roles": one_of(roles)}
        self.sentence = translated(refused.sentence, **values)
        self.do = translated(refused.do, **values)
        self.rule = refused.code
        clause = refused.rule() if refused.clause == Refused.clause else refused.clause
        self.clause = translated(clause)

    @property
    def small_print(self) -> SafeString:
        """Name the rule and its clause, as HTML."""
        line = _("Rule %(rule)s: %(clause)s") % {"rule": self.rule, "clause": self.clause}
        return format_html('<span class="eh-small-print">{}</span>', line)
