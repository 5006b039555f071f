"""Words as the pages use them: a text, or one that is translated when it is shown."""

from typing import TYPE_CHECKING, TypeAlias

from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from evenhand.rules.refusals import Refused

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

    Words: TypeAlias = StrOrPromise
else:
    Words: TypeAlias = str | Promise


def translated(text: str, **values: str) -> str:
    """Translate words that a rule marked, and fill in their values."""
    return _(text).format_map(values) if text else ""


class Said:
    """A refusal in the reader's language: the sentence, what to do, the rule and its clause."""

    def __init__(self, refused: Refused) -> None:
        self.sentence = translated(refused.sentence, **refused.values)
        self.do = translated(refused.do, **refused.values)
        self.rule = refused.code
        self.clause = translated(refused.clause)

    @property
    def small_print(self) -> SafeString:
        """Name the rule and its clause, as HTML."""
        line = _("Rule %(rule)s: %(clause)s") % {"rule": self.rule, "clause": self.clause}
        return format_html('<span class="eh-small-print">{}</span>', line)
