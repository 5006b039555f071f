"""A door: the worker's tasks and clocks."""
