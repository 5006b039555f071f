"""Where the proof of a message stands that is sent while witnesses cosign the log."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """A column that is empty for every message that was sent before."""

    dependencies = [("store", "0018_log")]
    operations = [
        migrations.AddField(
            model_name="noticerow",
            name="proof",
            field=models.TextField(null=True),
        ),
    ]
