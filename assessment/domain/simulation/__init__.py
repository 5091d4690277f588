"""Who would get what under another text: pure values in, pure values out (docs/simulate.md)."""
