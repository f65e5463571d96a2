"""The built-in functions: their names, how many arguments they take."""

from __future__ import annotations

TRIGONOMETRIC = ("sin", "cos", "tan", "cot", "sec", "csc")
INVERSE_TRIGONOMETRIC = ("arcsin", "arccos", "arctan", "arccot", "arcsec", "arccsc")
HYPERBOLIC = ("sinh", "cosh", "tanh", "coth", "sech", "csch")
INVERSE_HYPERBOLIC = ("arsinh", "arcosh", "artanh", "arcoth", "arsech", "arcsch")

ARITY: dict[str, tuple[int, int]] = {
    **dict.fromkeys(TRIGONOMETRIC + INVERSE_TRIGONOMETRIC + HYPERBOLIC + INVERSE_HYPERBOLIC, (1, 1)),
    "exp": (1, 1),
    "ln": (1, 1),
    "log": (2, 2),  # log(x, base): a base other than e
    "abs": (1, 1),
    "sign": (1, 1),
    "floor": (1, 1),
    "ceil": (1, 1),
    "factorial": (1, 1),
    "gamma": (1, 1),
    "binomial": (2, 2),
    "gcd": (1, 99),
    "lcm": (1, 99),
    "mod": (2, 2),
    "min": (1, 99),
    "max": (1, 99),
    "argmax": (1, 99),
    "argmin": (1, 99),
    "conj": (1, 1),
    "re": (1, 1),
    "im": (1, 1),
    "arg": (1, 1),
    "det": (1, 1),
    "tr": (1, 1),
    "rank": (1, 1),
    "erf": (1, 1),
}
