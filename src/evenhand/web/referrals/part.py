"""One thing that happened, as the pages of referrals and of people show it."""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from django.utils.html import conditional_escape
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from evenhand.web.components import Params, render
from evenhand.web.words import Words


@dataclass(frozen=True, slots=True)
class Part:
    """One thing that happened: who and when, what is safe to see, and what may distress."""

    title: str
    rows: Params
    hidden: Sequence[tuple[Words, Params]] = ()
    words: str = ""

    @property
    def drawn(self) -> SafeString:
        """Draw it. A page has dozens, so this is no template of its own."""
        drawn = f'<h3 class="govuk-heading-s">{escape(self.title)}</h3>\n'
        drawn += render("summary-list", self.rows)
        if self.hidden:
            told = _("Show the words of the assessment, which may distress")
            drawn += _opened_when_asked(told, "\n".join([_list(*it) for it in self.hidden]))
        if self.words:
            told = _("Show the exact message, which may distress")
            drawn += _opened_when_asked(told, conditional_escape(self.words), classes=" eh-words")
        return SafeString(drawn)


def drawn(sections: Sequence[tuple[Words, Sequence[Part]]]) -> SafeString:
    """Draw sections, each under its heading."""
    return SafeString("\n".join(_section(*it) for it in sections))


def _section(title: Words, parts: Sequence[Part]) -> str:
    heading = f'<h2 class="govuk-heading-m">{escape(str(title))}</h2>'
    return "\n".join([heading, *(it.drawn for it in parts)])


def _list(name: Words, rows: Params) -> str:
    return f'<h4 class="govuk-heading-s">{escape(str(name))}</h4>\n{render("summary-list", rows)}'


def _opened_when_asked(told: str, html: str, *, classes: str = "") -> str:
    """Hide what may distress until it is asked for. What is inside is HTML already."""
    left_out = _("Left out: it may distress, and was not opened on the screen.")
    return (
        f'\n<details class="eh-hidden">\n  <summary class="eh-hidden__summary">'
        f'<span>{escape(told)}</span><span class="eh-print-only">{escape(left_out)}</span>'
        f'</summary>\n  <div class="eh-hidden__content{classes}">{html}</div>\n</details>'
    )
