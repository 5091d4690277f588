"""Signals of libraries, received here only."""
