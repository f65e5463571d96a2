"""What the placeholders stand for: seven notations for w.phi(x), each in LaTeX, ASCII and Unicode."""

from __future__ import annotations

import re
from dataclasses import dataclass

from bench.agreement.records import Style

PLACEHOLDER = re.compile(r"@(phi|grad|vu|Lx|L|u|w|n|N|v)(?![A-Za-z])")


@dataclass(frozen=True, slots=True)
class Notation:
    """How the weights, the features and their product are written; `{w}` is the weights' name."""

    latex: tuple[str, str, str]  # weights, features, product
    ascii: tuple[str, str]  # features, product
    unicode: tuple[str, str]


NOTATIONS = {
    "bold": Notation(
        (r"\mathbf{%s}", r"\phi(x)", r"{w}\cdot\phi(x)"), ("phi(x)", "{w}.phi(x)"), ("φ(x)", "{w}·φ(x)")
    ),
    "top": Notation(("%s", r"\phi(x)", r"{w}^\top\phi(x)"), ("phi(x)", "{w}^T phi(x)"), ("φ(x)", "{w}ᵀφ(x)")),
    "transpose": Notation(
        ("%s", r"\phi(x)", r"{w}^T \phi(x)"), ("phi(x)", "{w}^T*phi(x)"), ("φ(x)", "{w}^T φ(x)")
    ),
    "angle": Notation(
        ("%s", r"\phi(x)", r"\langle {w},\phi(x)\rangle"),
        ("phi(x)", "<{w}, phi(x)>"),
        ("φ(x)", "⟨{w}, φ(x)⟩"),
    ),
    "arrow": Notation(
        (r"\vec{%s}", r"\phi(x)", r"{w}\phi(x)"), ("phi(x)", "{w} phi(x)"), ("φ(x)", "{w} φ(x)")
    ),
    "varphi": Notation(
        ("%s", r"\varphi(x)", r"{w} \cdot \varphi(x)"), ("phi(x)", "dot({w}, phi(x))"), ("ϕ(x)", "{w}·ϕ(x)")
    ),
    "local": Notation(("%s", r"\phi(x)", r"{w}\cdot\phi(x)"), ("phi(x)", "{w}.phi(x)"), ("φ(x)", "{w}·φ(x)")),
}
LOSSES = {
    r"\text{Loss}": ("Loss", "Loss"),
    r"\text{loss}": ("loss", "loss"),
    r"\mathrm{Loss}": ("Loss", "Loss"),
    "L": ("L", "L"),
    r"\mathcal{L}": ("L", "ℒ"),
    "J": ("J", "J"),
    r"\ell": ("loss", "ℓ"),
}
GRADIENTS = {  # latex, ascii, unicode; {L} is the loss, {w} the weights
    "nabla": (r"\nabla_{{w}} {L}", "grad_w {L}", "∇_w {L}"),
    "nabla-arguments": (r"\nabla_{{w}} {L}(x, y, {w})", "grad_w {L}(x, y, w)", "∇_w {L}(x, y, w)"),
    "nabla-bare": (r"\nabla {L}", "grad {L}", "∇{L}"),
    "partial": (r"\frac{\partial {L}}{\partial {w}}", "d{L}/dw", "∂{L}/∂w"),
    "d": (r"\frac{d{L}}{d{w}}", "d{L}/dw", "d{L}/dw"),
}
NORMS = {
    r"\|": (r"\|%s\|", "||%s||", "‖%s‖"),
    "||": ("||%s||", "||%s||", "||%s||"),
    r"\lVert": (r"\lVert %s\rVert", "norm(%s)", "‖%s‖"),
    r"\left\|": (r"\left\|%s\right\|", "||%s||", "‖%s‖"),
}
WEIGHTS = {
    "w'": ("%s'", "w'", "w′"),
    "w*": ("%s^*", "w'", "w*"),
    "v": ("v", "v", "v"),
    "hat": (r"\hat{%s}", "w'", "ŵ"),
}


def spellings(style: Style) -> dict[str, dict[str, str]]:
    """The placeholders' text by syntax ("latex", "ascii", "unicode")."""
    return {syntax: _table(style, index) for index, syntax in enumerate(("latex", "ascii", "unicode"))}


def local_definition(style: Style) -> str:
    """The line that names the product, e.g. `Let $z = w\\cdot\\phi(x)$.`; its own product is spelt out."""
    return f"Let ${style.local} = @@u$."


def _table(style: Style, index: int) -> dict[str, str]:
    notation = NOTATIONS[style.notation]
    loss = (style.loss, *LOSSES[style.loss])[index]
    if index == 0:
        w, phi, product = notation.latex[0] % "w", notation.latex[1], notation.latex[2]
        v = WEIGHTS[style.weights][0]
        v = v % "w" if style.weights == "hat" else (v % w if "%s" in v else notation.latex[0] % v)
    else:
        w, (phi, product) = "w", (notation.ascii, notation.unicode)[index - 1]
        v = WEIGHTS[style.weights][index]
    gradient = GRADIENTS[style.gradient][index].replace("{L}", loss).replace("{w}", w)
    if index == 0:
        gradient = (
            gradient.replace("_" + w, "_{" + w + "}") if style.gradient.startswith("nabla-a") else gradient
        )
        gradient = re.sub(r"\\nabla_(?!\{)(\S+)", r"\\nabla_{\1}", gradient)
    norm = NORMS[style.norm][index]
    power = (
        "{" + v + "}"
        if index == 0 and ("'" in v or "^" in v) and style.notation in ("top", "transpose")
        else v
    )
    if index == 0 and style.weights == "w*" and style.notation in ("top", "transpose"):
        power = f"({v})"
    return {
        "w": w,
        "phi": phi,
        "u": style.local if style.notation == "local" else product.replace("{w}", w),
        "product": product.replace("{w}", w),
        "L": loss,
        "Lx": f"{loss}(x, y, {w})",
        "grad": gradient,
        "n": norm % phi,
        "N": norm % gradient,
        "v": v,
        "vu": product.replace("{w}", power),
    }


def fill(text: str, table: dict[str, str]) -> str:
    """`text` with its placeholders written out; `@@u` is the product even where it has a local name."""
    text = text.replace("@@u", table["product"])
    return PLACEHOLDER.sub(lambda match: table[match[1]], text)
