"""Measurements on many dossiers: ``make bench``."""
