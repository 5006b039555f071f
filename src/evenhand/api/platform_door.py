"""The door of platforms' own programs: whose token it is, how often, and the same way to say no."""

import logging
from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID, uuid4

from django.http import HttpRequest, HttpResponse
from ninja.errors import AuthenticationError
from ninja.security import HttpBearer

from evenhand.actions import knocking
from evenhand.api.door import Door, place_of, say_when_away
from evenhand.api.problems import problem
from evenhand.queries import platform_tokens
from evenhand.queries.opening import is_closed
from evenhand.rules.officers import WORKER, Acting
from evenhand.rules.opening import desk_not_open
from evenhand.rules.platform_links import Named
from evenhand.rules.platform_tokens import PlatformNotKnown
from evenhand.rules.public_doors import Door as PublicDoor
from evenhand.rules.refusals import Refused
from evenhand.rules.words import words

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Program:
    """A platform's program at the door: whose, with which token, and when."""

    platform: str
    token: UUID
    at: datetime

    @property
    def acting(self) -> Acting:
        """Have the desk's own worker take what the platform says."""
        return Acting(officer=WORKER, at=self.at, request=uuid4())

    def names(self, reference: str) -> Named:
        """Give the request that the program names."""
        return Named(self.platform, reference)


class PlatformCall(HttpRequest):
    """A request whose token was known: ``auth`` says which platform calls."""

    auth: Program


class PlatformToken(HttpBearer):
    """A token of one platform, counted each time it is shown. The only clock of this door."""

    def authenticate(self, request: HttpRequest, token: str) -> Program | None:
        """Say which platform calls, or None for a token that is not in force.

        Raises DoorBusy, and DeskNotOpen on a restored desk that nobody has opened yet.
        """
        now = datetime.now(UTC)
        shown = platform_tokens.shown(token, now=now)
        if shown is None:
            return None
        if is_closed():
            raise desk_not_open()
        knocking.knock(PublicDoor.PLATFORM, shown.token, at=now)
        return Program(shown.platform, shown.token, now)


api = Door(
    title="Evenhand for platforms",
    version="1",
    openapi_url=None,
    docs_url=None,
    urls_namespace="platform",
    auth=PlatformToken(),
)
say_when_away(api)


@api.exception_handler(Refused)
def refused_call(request: HttpRequest, refused: Refused) -> HttpResponse:
    """Answer what a rule refuses. A platform is no officer: nothing is entered of what it tried."""
    return problem(refused)


@api.exception_handler(AuthenticationError)
def unknown_caller(request: HttpRequest, error: AuthenticationError) -> HttpResponse:
    """Answer a call without a token that is in force."""
    logger.warning("A call to %s carried no token of a platform", place_of(request))
    return problem(
        PlatformNotKnown(
            words("This call carries no token of a platform that is in force."),
            do=words("Send Authorization: Bearer TOKEN. The desk gives you one, for a year."),
        )
    )
