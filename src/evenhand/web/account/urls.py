"""Signing in and one's own account: only the pages of allauth that a desk needs."""

from allauth.account import views as account
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import include, path

from evenhand.web.account import pages


def closed(request: HttpRequest) -> HttpResponse:
    """Stand where allauth has a page that this desk does not."""
    raise Http404


urlpatterns = [
    path("", pages.own, name="account_own"),
    path("login/", account.login, name="account_login"),
    path("logout/", account.logout, name="account_logout"),
    path("closed/", account.account_inactive, name="account_inactive"),
    path("confirm/", account.reauthenticate, name="account_reauthenticate"),
    path("password/", account.password_change, name="account_change_password"),
    path("factors/", include("allauth.mfa.urls")),
    path("sessions/", pages.sessions, name="usersessions_list"),
    path("sessions/<int:key>/end/", pages.sign_out_one, name="account_sign_out_one"),
    path("sessions/end/", pages.sign_out_everywhere, name="account_sign_out_everywhere"),
    # Names that allauth asks for; there is nothing behind them.
    path("none/password/", closed, name="account_set_password"),
    path("none/mail/", closed, name="account_email_verification_sent"),
]
