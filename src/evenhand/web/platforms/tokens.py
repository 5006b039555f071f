"""The tokens by which a platform's own program answers: listed, made and shown once, ended."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from evenhand.actions import platform_tokens as making
from evenhand.queries import platform_tokens, platforms
from evenhand.rules.officers import Acting, Permission, may
from evenhand.rules.platform_tokens import PlatformTokenUnknown
from evenhand.web import times
from evenhand.web.acting import acting as acting_of
from evenhand.web.drafting import submitted_once
from evenhand.web.sheets import row


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def tokens(request: HttpRequest, code: str) -> HttpResponse:
    """List a platform's tokens, or make one and show it, this once: no page has it again."""
    acting = acting_of(request)
    if request.method != "POST":
        return _drawn(request, code, acting)
    return _drawn(request, code, acting, made=making.make(code, acting=acting))


@require_http_methods(["POST"])
def end_token(request: HttpRequest, code: str, token: UUID) -> HttpResponse:
    """End a token of a platform at once."""
    acting = acting_of(request)

    def doing() -> str:
        try:
            making.end(code, token, acting=acting)
        except PlatformTokenUnknown as refused:
            messages.warning(request, str(refused))
        else:
            messages.success(request, _("The token does not work any more."))
        return reverse("platform_tokens", args=[code])

    return submitted_once(request, acting, doing)


def _drawn(request: HttpRequest, code: str, acting: Acting, *, made: str = "") -> HttpResponse:
    kept = platforms.current(code, officer=acting.officer)
    shown = {
        "code": code,
        "name": kept.platform.name,
        "made": made,
        "may_edit": may(acting.officer, Permission.EDIT_PLATFORM),
        "tokens": [
            (
                it.id,
                {
                    "rows": [
                        row(_("Made"), times.moment(it.made_at)),
                        row(_("Made by"), it.made_by),
                        row(_("Works until"), times.moment(it.expires_at)),
                    ]
                },
            )
            for it in platform_tokens.in_force(code, acting=acting)
        ],
    }
    return render(request, "evenhand/platforms/tokens.html", shown)
