"""Casework for the people who ask online platforms to take harmful content down."""


def version() -> str:
    """Give the version of this software, of an installed package or of a working copy."""
    # Finding it is slow, so it is found only when it is asked for.
    import tomllib
    from importlib.metadata import PackageNotFoundError
    from importlib.metadata import version as installed
    from pathlib import Path

    try:
        return installed("evenhand")
    except PackageNotFoundError:
        project = Path(__file__).parents[2] / "pyproject.toml"
        return str(tomllib.loads(project.read_text("utf-8"))["project"]["version"])
