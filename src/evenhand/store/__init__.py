"""The tables, the pen and the triggers: the one app with models."""
