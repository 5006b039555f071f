"""Mail that came in; and, on a demo, the mail that was sent, which never leaves the machine."""
