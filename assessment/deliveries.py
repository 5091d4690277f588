"""What follows in this room from events: handlers with stable names."""
