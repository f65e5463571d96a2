"""What a text tells as a whole: one reader a file, called by `whole.told_by` before any line is judged."""
