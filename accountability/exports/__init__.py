"""Figures and dossiers as files: text that a spreadsheet cannot take for a formula, row by row."""
