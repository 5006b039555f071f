"""Writing a new version of a document, beginning with the newest one."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from evenhand.actions import assurance as doing_with
from evenhand.queries import assurance
from evenhand.rules.assurance import PARTS, Claim, DocumentKind, Residual
from evenhand.rules.officers import Acting, Permission, check_may
from evenhand.web.acting import acting as acting_of
from evenhand.web.assurance.forms import WriteForm
from evenhand.web.assurance.pages import ACT
from evenhand.web.drafting import answers
from evenhand.web.one_form import shown_or_done
from evenhand.web.public.documents import TITLES


@require_http_methods(["GET", "HEAD", "POST"])
def write(request: HttpRequest, kind: DocumentKind) -> HttpResponse:
    """Write a new version; it begins with the text of the newest one."""
    acting = acting_of(request)
    check_may(acting.officer, Permission.WRITE_DOCUMENT)
    sent = answers(request, acting)
    form = WriteForm(sent, kind=kind, initial=None if sent else _newest(kind, acting))
    shown = {
        "title": _("Write a new version"),
        "button": _("Save as a new version"),
        "caption": TITLES[kind],
        "back": reverse("document_versions"),
    }

    def doing() -> str:
        number = _write(form, kind, acting)
        messages.success(request, _("The new version is written."))
        return reverse("document_version", args=[kind, number])

    return shown_or_done(request, acting, form, doing, (ACT, shown))


def _newest(kind: DocumentKind, acting: Acting) -> dict[str, object]:
    newest = assurance.newest(kind, officer=acting.officer)
    if newest is None:
        return {}
    found = assurance.one(kind, newest, officer=acting.officer)
    texts = {part.value: text for part, text in found.parts.items()}
    fact = found.fact
    ticked = {"claims": list(fact.claims), "conditions": list(fact.conditions)}
    return {**texts, "residual": fact.residual, **ticked}


def _write(form: WriteForm, kind: DocumentKind, acting: Acting) -> int:
    given = form.cleaned_data
    residual = given.get("residual")
    return doing_with.write(
        kind,
        {part: given[part] for part in PARTS[kind]},
        residual=Residual(residual) if residual else None,
        claims=[Claim(it) for it in given.get("claims", ())],
        conditions=given.get("conditions", ()),
        acting=acting,
    )
