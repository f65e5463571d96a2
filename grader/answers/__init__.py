"""The final answer of a question: which one it is, and whether it is right."""
