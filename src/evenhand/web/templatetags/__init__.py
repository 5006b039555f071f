"""Tags that templates use without loading."""
