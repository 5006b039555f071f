"""Requests of people about their own data: by clock, one with its steps, and their answers."""
