"""A partial derivative written on one line: `\\partial L/\\partial w_j`, `\\partial^2 f/\\partial x^2`."""

from __future__ import annotations

import re

_BELOW = r"(?:_(?:\{[^{}]*\}|\w))?"
_NAME = rf"(?:\\(?!partial)[A-Za-z]+(?:\s*\{{[^{{}}]*\}})?|[A-Za-z]){_BELOW}'*"
_NORM = r"\\\|(?:[^|\\]|\\(?!\|))*\\\|"
_D = r"(?:\\partial(?![A-Za-z])|\\mathrm\s*\{~?d\}|\\mathrm\s+d(?![A-Za-z]))"
_ORDER = r"(?:\^(?:\d|\{\d\}))?"
INLINE_SLOPE = re.compile(
    rf"(?P<top>{_D}{_ORDER}\s*(?:{_NAME}(?:\([^()]*\))?|{_NORM}|\([^()]*\))?)\s*/\s*"
    rf"(?P<bottom>(?:{_D}\s*{_NAME}{_ORDER}\s*)+)(?![A-Za-z])"
)
