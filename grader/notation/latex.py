def to_latex(tree): return repr(tree)
