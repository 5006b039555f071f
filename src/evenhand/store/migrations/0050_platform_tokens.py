"""Tokens by which a platform's own program answers."""

import uuid

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    """A hash of each token, and until when it is in force."""

    dependencies = [("store", "0049_challenges")]

    operations = [
        migrations.CreateModel(
            name='PlatformTokenRow',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                ('platform', models.TextField()),
                ('digest', models.BinaryField(unique=True)),
                ('made_at', models.DateTimeField()),
                ('expires_at', models.DateTimeField()),
                ('made_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='store.officerrow')),
            ],
            options={
                'db_table': 'platform_token',
                'indexes': [models.Index(fields=['platform', 'expires_at'], name='platform_token_in_force')],
            },
        ),
    ]
