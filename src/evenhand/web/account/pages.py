"""What an officer does with their own account, beyond what allauth has pages for."""

from allauth.usersessions.internal.flows.sessions import end_sessions
from allauth.usersessions.models import UserSession
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from evenhand.web.account import present


@require_GET
@login_required
def own(request: HttpRequest) -> HttpResponse:
    """List what can be done with one's own account."""
    return render(request, "evenhand/account/own.html")


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def sessions(request: HttpRequest) -> HttpResponse:
    """List where this account is signed in; sent, sign out everywhere else."""
    found = UserSession.objects.purge_and_list(request.user)
    if request.method == "POST":
        end_sessions(request, [it for it in found if not it.is_current()])
        messages.success(request, _("You are signed out everywhere else."))
        return redirect("usersessions_list")
    shown = present.signed_in(found, current=request.session.session_key)
    return render(request, "usersessions/usersession_list.html", {"sessions": shown})


@require_POST
@login_required
def sign_out_one(request: HttpRequest, key: int) -> HttpResponse:
    """End one session of this account."""
    end_sessions(request, list(UserSession.objects.filter(user_id=request.user.pk, pk=key)))
    messages.success(request, _("That browser is signed out."))
    return redirect("usersessions_list")


@require_POST
@login_required
def sign_out_everywhere(request: HttpRequest) -> HttpResponse:
    """End every session of this account, this one too."""
    end_sessions(request, list(UserSession.objects.filter(user_id=request.user.pk)))
    return redirect("account_login")
