"""Which words of a text belong to formulas, and which are English."""

from __future__ import annotations


def _words(listed: str) -> frozenset[str]:
    return frozenset(listed.split())


GREEK = _words("""
alpha beta chi Delta delta epsilon eta Gamma gamma iota kappa Lambda lambda mu nu Omega omega Phi
phi Pi pi Psi psi rho Sigma sigma tau Theta theta upsilon varepsilon varphi vartheta Xi xi zeta
""")

# Names that are functions whatever stands beside them.
FUNCTIONS = _words("""
abs acos acosh arccos arcosh arcsin arctan arsinh artanh asin asinh atan atanh binomial cbrt conj
cos cosh cot coth csc det exp expit factorial ln log log10 log2 logit relu sec sigmoid sin sinh
softmax sqrt tan tanh tr
""")

# Names that are functions before a bracket, and English otherwise.
CALLED = _words("""
arg argmax argmin ceil cov cross diff dot floor im inf integral integrate inv inverse lim limit max
min norm prob prod rank re sign sum sup trace trans transpose var
""")

# Those of them that take what follows without a bracket: `max ||x||`.
OPTIMA = _words("argmax argmin inf max min sup")

# Names of quantities: part of a formula beside an operator or a bracket, English otherwise.
NAMES = _words("""
cost curl div err error grad inf infinity infty logit loss mse nabla objective oo risk
""")

# Short words that are English even beside an operator.
ENGLISH = _words("""
add ago all also am an and any are as ask at be both but by can case did do due end etc few for get
go got had has he her here him his how id if in is it its let lot may me my new no nor not now of off
oh ok old on one or our out own per pm put say see set she six so ten the then thus to too top try
two up us use via vs was way we when who why with yes yet you
""")

# What is written behind a letter for a mark above it (`yhat`), and the English words that end so.
DECORATIONS = ("hat", "bar", "tilde", "star", "vec", "dot", "prime")
UNDECORATED = _words("chat Chat that That what What")

# LaTeX commands that only stand in formulas; one of them outside dollars is a formula that lost them.
COMMANDS = GREEK | _words("""
abs approx arccos arcsin arctan argmax argmin ast bar because Big big Bigg bigg binom bm boldsymbol
boxed cancel cap cdot cdots circ cos cosh cot csc cup dbinom ddot det dfrac displaystyle div dot
dots ell emptyset equiv exists exp forall frac ge geq gradient gt hat hbar hookrightarrow iff iint
Im implies in inf infty int land langle lceil ldots le left leftarrow Leftrightarrow leq lfloor lim
limits ln log Longrightarrow longrightarrow lor lt lVert lvert mapsto mathbb mathbf mathcal mathrm
mathsf max mid min mp nabla ne neg neq nolimits norm notin oint omicron operatorname oplus otimes
overbrace overline overrightarrow parallel partial perp pm prime prod propto qquad quad rangle rceil
Re rfloor right Rightarrow rightarrow rVert rvert sec setminus sim sin sinh sqrt star subset
substack sum sup tan tanh tbinom text tfrac therefore tilde times to top underbrace underline varrho
varsigma vec vee Vert vert wedge widehat widetilde
""")
