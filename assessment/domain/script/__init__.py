"""The stand-alone script with which anyone checks a vote, and what it is built from."""
