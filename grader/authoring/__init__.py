"""Authoring: what the writer of a spec asks of it before a class does."""
