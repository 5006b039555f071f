"""A door: JSON, described by OpenAPI 3.1."""
