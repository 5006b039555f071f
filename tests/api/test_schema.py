"""Schemathesis reads the API's document and tries to catch the API at not keeping to it.

In every run it tries what each parameter's description calls for; a campaign adds inputs at random
and calls that follow each other.
"""

import os
from collections import Counter
from datetime import timedelta
from pathlib import Path
from unittest.mock import patch

import schemathesis
from schemathesis.config import SchemathesisConfig
from schemathesis.engine import from_schema
from schemathesis.engine.events import NonFatalError, ScenarioFinished

from evenhand.actions import platform_tokens
from evenhand.rules.officers import Role
from evenhand.rules.public_doors import LIMITS, Door, Limit
from evenhand.rules.referrals import State
from tests.api.callers import APPROVES, V1, Caller, assessment, now
from tests.builders import MAX
from tests.desks import LiveDesk
from tests.journeys import Desk

CONFIG = Path(__file__).parent.parent.parent / "schemathesis.toml"
EXAMPLES = int(os.environ.get("EVENHAND_RANDOM_EXAMPLES", "0"))
"""Inputs at random for each call."""


def test_schemathesis_finds_nothing(live_desk: LiveDesk) -> None:
    ada, cy = Caller("ada", Role.OFFICER), Caller("cy", Role.OFFICER, *APPROVES)
    ada.put(f"{ada.logged()}/assessment", assessment())
    found = tried(f"{live_desk.url}{V1}/openapi.json", cy.token)
    assert {200, 201, 401, 404, 405, 409, 422} <= set(found)


def test_schemathesis_finds_nothing_at_the_door_of_platforms(live_desk: LiveDesk) -> None:
    desk = Desk(now=now() - timedelta(days=1))
    desk.brought_to(State.SENT, address="https://www.youtube.com/watch?v=abcdefghijk")
    token = platform_tokens.make("youtube", acting=desk.by(MAX))
    with patch.dict(LIMITS, {Door.PLATFORM: Limit(10_000, 10_000)}):
        found = tried(f"{live_desk.url}/platform/v1/openapi.json", token)
    assert {200, 401, 404, 405, 422} <= set(found)


def tried(document: str, token: str) -> Counter[int]:
    """Have Schemathesis try an API; count the statuses of its tries, if nothing was found."""
    config = SchemathesisConfig.from_path(CONFIG)
    project = config.projects.override
    project.update(headers={"Authorization": f"Bearer {token}"})
    project.phases.fuzzing.enabled = project.phases.stateful.enabled = EXAMPLES > 0
    project.generation.update(max_examples=EXAMPLES or 1)
    schema = schemathesis.openapi.from_url(document, config=config)
    found: Counter[int] = Counter()
    for event in from_schema(schema).execute():
        assert not isinstance(event, NonFatalError), event.info.format()
        if isinstance(event, ScenarioFinished):
            found.update(statuses(event))
    return found


def statuses(scenario: ScenarioFinished) -> list[int]:
    """Give the statuses that the tries of a scenario were answered with, if nothing was found."""
    for checks in scenario.recorder.checks.values():
        for check in checks:
            found = check.failure_info
            assert found is None, f"{found.failure}\n{found.code_sample}"
    tries = scenario.recorder.interactions.values()
    return [it.response.status_code for it in tries if it.response]
