"""What a round would look like before anybody applied: seeded rounds, work, and dates.

Pure values in, pure values out (docs/simulate.md).
"""
