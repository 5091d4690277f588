"""What this room checks when everything is walked."""
