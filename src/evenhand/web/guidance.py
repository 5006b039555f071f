"""Guidance from the law data, closed at first, beside the question that it is about."""

from collections.abc import Iterator

from django.forms.boundfield import BoundField
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from evenhand.queries.platforms import guidance
from evenhand.rules.guidance import Guidance
from evenhand.rules.harms import Harm
from evenhand.rules.lawbook import Lawbook, Provision
from evenhand.web.components import Params, render
from evenhand.web.forms import HouseForm
from evenhand.web.labels import Tag
from evenhand.web.words import Words


def beside(bound: BoundField) -> SafeString:
    """Draw what the law data says about a field of a form, or nothing."""
    form = bound.form
    if not isinstance(form, HouseForm):
        return SafeString()
    found = guidance().get(f"{form.asks}.{form.first_asked.get(bound.name)}")
    return _drawn(found, bound.label) if found else SafeString()


def about_page(question: str, title: Words) -> SafeString:
    """Draw what the law data says about a page that asks nothing but whether to go on."""
    return _drawn(guidance()[question], title)


def about_harm(harm: Harm, book: Lawbook) -> SafeString:
    """Draw what the law data says about the harm that was chosen."""
    title = _("About the harm: %(code)s %(title)s") % {"code": harm.code, "title": _(harm.title)}
    rows = format_html_join("", _ROW, _harm_rows(harm, book))
    return render("details", {"summaryText": title, "html": rows})


_ROW = '<p class="govuk-body"><strong>{}</strong> {}</p>'


def _drawn(told: Guidance, label: Words) -> SafeString:
    summary = format_html(
        '{}<span class="govuk-visually-hidden">: {}</span>', _("Help with this"), label
    )
    rows = format_html_join("", _ROW, _rows(told))
    return render("details", {"summaryHtml": summary, "html": rows, "classes": "eh-help"})


def _rows(told: Guidance) -> Iterator[tuple[str, SafeString | str]]:
    yield _("What it is for:"), _(told.purpose)
    yield _("A good answer:"), _(told.good)
    yield _("Leave out:"), _(told.leave_out)
    yield _("Asked by:"), _asked_by(told)


def _asked_by(told: Guidance) -> SafeString:
    rule = _("Rule %(rule)s.") % {"rule": told.rule} if told.rule else ""
    return format_html("{}. {} {}", _(told.asked_by), rule, _standing(verified=told.verified))


def _standing(*, verified: bool) -> SafeString:
    tag: Params = Tag(_("Not verified"), "yellow").params
    return SafeString() if verified else render("tag", tag)


def _harm_rows(harm: Harm, book: Lawbook) -> Iterator[tuple[str, SafeString | str]]:
    standing = _standing(verified=harm.verified)
    yield _("What it is, and what it is not:"), format_html("{} {}", _(harm.hint), standing)
    yield _("What in the content usually shows it:"), _(harm.evidence)
    provisions = book.provisions_for(harm)
    yield _("Law that may apply:"), _law(provisions) if provisions else _("None is alleged.")
    if harm.route:
        yield _("Where else it goes:"), _(harm.route)


def _law(provisions: tuple[Provision, ...]) -> SafeString:
    return format_html_join(
        " ", "{}. {}", ((_(it.title), _standing(verified=it.verified)) for it in provisions)
    )
