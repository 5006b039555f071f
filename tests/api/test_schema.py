"""Schemathesis reads the API's document and tries to catch the API at not keeping to it."""

from collections import Counter
from pathlib import Path
from typing import Any

import schemathesis
from django.core.wsgi import get_wsgi_application
from django.db import connection
from schemathesis.config import SchemathesisConfig
from schemathesis.engine import from_schema
from schemathesis.engine.events import NonFatalError, ScenarioFinished

from evenhand.rules.officers import Role
from tests.api.callers import APPROVES, V1, Caller, assessment
from tests.desks import FreshDesk

CONFIG = Path(__file__).parent.parent.parent / "schemathesis.toml"
EXAMPLES = 12
SECONDS = 75


DESK = get_wsgi_application()


def application(environ: dict[str, Any], start_response: Any) -> Any:
    """Answer as the desk does, and leave no connection open in a thread that ends."""
    try:
        return DESK(environ, start_response)
    finally:
        connection.close()


def test_schemathesis_finds_nothing(fresh_desk: FreshDesk) -> None:
    ada, cy = Caller("ada", Role.OFFICER), Caller("cy", Role.OFFICER, *APPROVES)
    ada.put(f"{ada.logged()}/assessment", assessment())
    config = SchemathesisConfig.from_path(CONFIG)
    project = config.projects.get_default()
    project.update(headers={"Authorization": f"Bearer {cy.token}"})
    project.generation.update(max_examples=EXAMPLES)
    config.max_time = SECONDS
    schema = schemathesis.openapi.from_wsgi(f"{V1}/openapi.json", application, config=config)
    tried: Counter[int] = Counter()
    for event in from_schema(schema).execute():
        assert not isinstance(event, NonFatalError), event.info.format()
        if isinstance(event, ScenarioFinished):
            for checks in event.recorder.checks.values():
                wrong = [it.failure_info.failure for it in checks if it.failure_info]
                assert not wrong, wrong
            tried.update(it.response.status_code for it in event.recorder.interactions.values() if it.response)
    assert {200, 201, 401, 404, 405, 409, 422} <= set(tried)
