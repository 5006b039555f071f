"""Finding a person by an exact key, and saying whether two records are one person's."""
