"""Which version of Evenhand this is."""

import tomllib
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path


def own_version() -> str:
    """Give the version of the installed package, or of this checkout."""
    try:
        return version("evenhand")
    except PackageNotFoundError:
        project = Path(__file__).parents[3] / "pyproject.toml"
        found: str = tomllib.loads(project.read_text("utf-8"))["project"]["version"]
        return found
