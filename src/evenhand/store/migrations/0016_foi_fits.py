"""A part of a request can be neither confirmed nor denied."""

from django.db import migrations, models
from django.db.models import F, Q

WANTED = ["total", "field", "document", "statement", "other"]
TREATMENTS = ["given", "withheld", "not_held", "neither"]
SECTIONS = ["23(5)", "24(2)", "30(3)", "31(3)", "38(2)", "40(5A)", "40(5B)", "41(2)"]
KNOWN, SAYS, SECOND = (
    "foi_part_is_of_a_known_kind",
    "foi_part_says_all_that_it_must",
    "foi_part_confirmed_by_another",
)


class Migration(migrations.Migration):
    """What the database holds such a part to, and that a second officer looks at it."""

    dependencies = [("store", "0015_rectified")]

    operations = [
        *(migrations.RemoveConstraint("foipartrow", it) for it in (KNOWN, SAYS, SECOND)),
        migrations.AddConstraint(
            "foipartrow",
            models.CheckConstraint(
                condition=Q(wants__in=WANTED)
                & (Q(treatment=None) | Q(treatment__in=TREATMENTS))
                & (Q(prejudice=None) | Q(prejudice__in=["would", "would_be_likely"])),
                name=KNOWN,
            ),
        ),
        migrations.AddConstraint(
            "foipartrow",
            models.CheckConstraint(
                condition=Q(treatment=None, by=None, answer=None, why=None, exemption="")
                | Q(treatment="given", by__isnull=False, answer__isnull=False, exemption="")
                | Q(
                    treatment="not_held",
                    by__isnull=False,
                    answer=None,
                    why__isnull=False,
                    exemption="",
                    question="",
                )
                | (
                    Q(treatment="withheld", by__isnull=False, answer=None, why__isnull=False)
                    & ~Q(exemption="")
                )
                | Q(
                    treatment="neither",
                    by__isnull=False,
                    answer=None,
                    why__isnull=False,
                    exemption__in=SECTIONS,
                    question="",
                    wants__in=["document", "other", "statement"],
                ),
                name=SAYS,
            ),
        ),
        migrations.AddConstraint(
            "foipartrow",
            models.CheckConstraint(
                condition=Q(confirmed_by=None, confirmed_at=None)
                | (
                    Q(treatment__in=["neither", "not_held", "withheld"])
                    & Q(confirmed_at__isnull=False)
                    & ~Q(confirmed_by=F("by"))
                ),
                name=SECOND,
            ),
        ),
    ]
