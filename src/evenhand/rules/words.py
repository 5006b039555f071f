"""Words that officers and the public read, marked here and translated by the doors."""


def words(text: str) -> str:
    """Mark a text for translation and give it back unchanged; a door translates it when shown."""
    return text
