"""The front door: base templates, parts, design tokens, home and the composed dossier page."""
