"""Derivations as textbooks write them, machine-made slips in them, and how well the slips are located."""
