"""What somebody decides about is what they were shown, and nothing that took its place."""

from evenhand.rules.referrals import ChangedMeanwhile
from evenhand.rules.words import words


def check_as_seen(reference: str, there: object, seen: object) -> None:
    """Refuse to decide about what is not there as it was shown. E-MOVE-02."""
    if there != seen:
        raise ChangedMeanwhile(
            words("What you were shown of {reference} has changed since."),
            do=words("Nothing was saved. Look at what is there now, and then decide."),
            reference=reference,
        )
