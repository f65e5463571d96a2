"""Formulas from the suites of other readers, and how many of them are read as their labels say."""
