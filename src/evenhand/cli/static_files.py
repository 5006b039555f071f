"""Style sheets and scripts, collected under names that change with what they hold."""

from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path


def collect_static() -> None:
    """Collect them into the home, if they have changed since. Needs Django to be set up."""
    from django.conf import settings
    from django.core.management import call_command

    folder = Path(settings.STATIC_ROOT)
    stamp = folder / "collected"
    now = sha256("\n".join(_sources()).encode("utf-8", "surrogateescape")).hexdigest()
    if stamp.exists() and stamp.read_text() == now:
        return
    stamp.unlink(missing_ok=True)
    call_command("collectstatic", interactive=False, verbosity=0, clear=True)
    stamp.write_text(now)


def _sources() -> Iterator[str]:
    from django.contrib.staticfiles.finders import get_finders

    for finder in get_finders():
        for name, storage in finder.list([]):
            path = Path(storage.path(name))
            found = path.stat()
            yield f"{path} {found.st_size} {found.st_mtime_ns}"
