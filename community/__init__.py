"""The network around the money."""
