"""The command groups of `jupyter oj`, found by entry points."""
