"""Makes many tables in one step of a migration."""

from collections.abc import Sequence

from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.operations import CreateModel
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState


class CreateTables(Operation):
    """Tables that point to each other, made as if each had a step of its own.

    After each step Django draws every model anew that the new one leads to, which for a hundred
    tables takes longer than to make them. Here they are drawn once.
    """

    reversible = False

    def __init__(self, tables: Sequence[CreateModel]) -> None:
        self.tables = tables

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        """Add every table to what the migrations know, and have the models drawn when needed."""
        vars(state).pop("apps", None)
        for table in self.tables:
            table.state_forwards(app_label, state)

    def database_forwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,
    ) -> None:
        """Make the tables; what one asks of another follows at the end of the migration."""
        for table in self.tables:
            table.database_forwards(app_label, schema_editor, from_state, to_state)
