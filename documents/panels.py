"""What this room adds to the dossier page."""
