"""Schemathesis reads the API's document and tries to catch the API at not keeping to it."""

from collections import Counter
from pathlib import Path

import schemathesis
from schemathesis.config import SchemathesisConfig
from schemathesis.engine import from_schema
from schemathesis.engine.events import NonFatalError, ScenarioFinished

from evenhand.rules.officers import Role
from tests.api.callers import APPROVES, V1, Caller, assessment
from tests.desks import LiveDesk

CONFIG = Path(__file__).parent.parent.parent / "schemathesis.toml"
EXAMPLES = 12
SECONDS = 75


def test_schemathesis_finds_nothing(live_desk: LiveDesk) -> None:
    ada, cy = Caller("ada", Role.OFFICER), Caller("cy", Role.OFFICER, *APPROVES)
    ada.put(f"{ada.logged()}/assessment", assessment())
    config = SchemathesisConfig.from_path(CONFIG)
    project = config.projects.override
    project.update(headers={"Authorization": f"Bearer {cy.token}"})
    project.generation.update(max_examples=EXAMPLES)
    config.max_time = SECONDS
    schema = schemathesis.openapi.from_url(f"{live_desk.url}{V1}/openapi.json", config=config)
    tried: Counter[int] = Counter()
    for event in from_schema(schema).execute():
        assert not isinstance(event, NonFatalError), event.info.format()
        if isinstance(event, ScenarioFinished):
            for checks in event.recorder.checks.values():
                wrong = [it.failure_info.failure for it in checks if it.failure_info]
                assert not wrong, wrong
            tried.update(it.response.status_code for it in event.recorder.interactions.values() if it.response)
    assert {200, 201, 401, 404, 405, 409, 422} <= set(tried)
