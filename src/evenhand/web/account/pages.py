"""What an officer does with their own account, beyond what allauth has pages for."""

from allauth.usersessions.internal.flows.sessions import end_sessions
from allauth.usersessions.models import UserSession
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST


@require_GET
@login_required
def own(request: HttpRequest) -> HttpResponse:
    """List what can be done with one's own account."""
    return render(request, "evenhand/account/own.html")


@require_POST
@login_required
def sign_out_everywhere(request: HttpRequest) -> HttpResponse:
    """End every session of this account, this one too."""
    end_sessions(request, list(UserSession.objects.filter(user_id=request.user.pk)))
    return redirect("account_login")
