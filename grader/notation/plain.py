def to_text(tree): return repr(tree)
