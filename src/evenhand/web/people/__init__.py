"""People on record: proposing, authorising, looking at one for a reason, putting things right."""
