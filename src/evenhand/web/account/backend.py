"""Whose session it is: the account and the officer behind it, by one question at each request."""

from allauth.account.auth_backends import AuthenticationBackend
from django.contrib.auth.models import User
from django.utils import timezone

from evenhand.queries import officers


class AccountsOfOfficers(AuthenticationBackend):  # type: ignore[misc]  # allauth has no types
    """Signs in by password as allauth does; gives each account with its officer at the door."""

    def get_user(self, user_id: int) -> User | None:
        """Give the account of a session, read anew, or None. ``at_the_door`` says who it is."""
        found = officers.signed_in(user_id, today=timezone.localdate())
        if found is None or not self.user_can_authenticate(found.account):
            return None
        found.account.at_the_door = found.at_the_door  # type: ignore[attr-defined]
        return found.account
