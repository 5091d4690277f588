"""The demo: people, post box, clock and a round that is played. Never in production."""
