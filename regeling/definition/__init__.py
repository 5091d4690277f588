"""A regulation as data: the language, its reader and its canonical text."""
