"""The JSON Schemas of files that the desk sends and takes, and what their codes mean."""

from collections.abc import Mapping

from evenhand.transports import published


def one(name: str) -> str | None:
    """Give a schema by its name, such as ``notice-1``; None where there is none."""
    return published.schema(name)


def names_of_codes() -> Mapping[str, str]:
    """Give what each code of a statement of reasons means."""
    return published.names_of_codes()
