"""A look too many, what nobody signed off, and roles that exclude each other: in the database too."""

from pathlib import Path

from django.db import migrations, models

SQL = Path(__file__).parent.parent / "sql" / "known_refusals.sql"


class Migration(migrations.Migration):
    """A constraint and triggers."""

    dependencies = [("store", "0088_together")]

    operations = [
        migrations.RunSQL(SQL.read_text(encoding="utf-8"), reverse_sql=migrations.RunSQL.noop),
        migrations.AddConstraint(
            model_name="officerrow",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("roles__contained_by", ["administrator"]),
                    ("roles__contained_by", ["dpo"]),
                    ("roles__contained_by", ["agreement_owner", "equality_lead", "senior_owner"]),
                    (
                        "roles__contained_by",
                        [
                            "approver",
                            "child_approver",
                            "officer",
                            "senior_approver",
                            "sharing_officer",
                        ],
                    ),
                    ("roles__contained_by", ["overseer"]),
                    ("roles__contained_by", ["disposal_releaser", "records_reviewer"]),
                    ("roles__contained_by", ["rights_officer"]),
                    _connector="OR",
                ),
                name="officer_has_roles_of_one_family",
            ),
        ),
    ]
