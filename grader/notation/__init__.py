"""Reading mathematics: LaTeX or plain text in, a tree out; and trees back into both.

Undeclared names get these meanings: a single letter is a real scalar, a bold or arrowed letter a real
vector, `i` the imaginary unit unless a sum binds it; f, g, h, F, G, H, phi, varphi, psi and sigma before a
bracket are unknown functions, any other letter multiplies.
"""

from grader.notation.expansion import expanded
from grader.notation.latex import to_latex
from grader.notation.plain import to_text
from grader.notation.reader import Reading, read
from grader.notation.rows import Segment, read_rows
from grader.notation.spelling import spelling

__all__ = ["Reading", "Segment", "expanded", "read", "read_rows", "spelling", "to_latex", "to_text"]
