"""Marks that are words: `Question 2`, `Ex. 2`, `Part (b)`, `Aufgabe 2`, and what may follow them."""

from __future__ import annotations

import re

ORDINALS = (
    "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth",
)  # fmt: skip
NUMBER_WORDS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
DIGITS = r"\d{1,2}(?![\d]|[.,]\d)"
# A part of a question behind its number, `1a`, `1(a)`, `1.a`, `1(ii)`; or a question of exercise 1.
PART = (
    r"(?:\.?(?P<part>[a-h])(?![A-Za-z])"
    r"|\.?\s?[(\[](?P<bracketed>[a-h])[)\]]|\.?\s?\((?P<small>i{1,3}|iv|vi{0,3})\))"
)
_NOUN = (
    r"(?:questions?|ques|qn|q|problems?|prob|pb|exercises?|exer|exc?|tasks?|item|part"
    r"|aufgabe|frage|teil(?:aufgabe)?|übung|pregunta|ejercicio|problema|parte|exercice|partie|domanda|esercizio"
    r"|exercício|questão|opgave|vraag|oppgave|uppgift|opgaver?|zadanie|ćwiczenie|tehtävä|feladat|soru)"
)
# Two letters or one that a scanner took for others: `Ouestion`, `Questlon`, `Problern`.
_MISREAD = r"(?:[qo0]uest[il1]on|prob[l1i]ern)"
_REPLY = (
    r"(?:(?:my\s+)?(?:answers?|ans|solutions?|sol|response|work|lösung|antwort|respuesta|solución|réponse|soluzione|risposta"
    r"|zu|ad|re)\b\.?\s*(?:to|for|of|zur?|à|a|de|der|la|l')?\s*)?"
)
_SHEET = (
    r"(?:(?:hw|homework|assignment|ps|pset|problem\s+set|exercise\s+sheet|sheet|blatt)"
    r"\s*\#?\d{1,2}\s*[-,:./–—]*\s*)?"
)
WORD = re.compile(
    rf"{_REPLY}{_SHEET}(?:the\s+)?"
    rf"(?:(?<![A-Za-z0-9]){_NOUN}\s*/\s*)?"  # in two languages: `Aufgabe / Problem 1`
    rf"(?<![A-Za-z0-9])(?P<noun>{_NOUN}|{_MISREAD})(?![A-Za-z])(?:\s*(?:no\b\.?|number|nr\b\.?|№|\#))?"
    r"\s*[-_.:\#~·]?\s*[(\[{]?\s*"
    rf"(?:(?P<major>\d{{1,2}})\.)?(?P<n>{DIGITS}|(?:{'|'.join(NUMBER_WORDS)}|(?-i:(?![vx]\b(?!\s*[).:]))[ivx]+|[IVX]+))(?![A-Za-z]))"
    rf"(?:{PART})?(?:\s*[)\]}}])?"
    rf"|{_SHEET}(?P<q>[Qq])(?P<k>{DIGITS})(?P<letter>[a-h](?![A-Za-z]))?",
    re.IGNORECASE,
)
_MATH = r"(?:\((?!see|cf|above|below))|[$\\\d∇∂∫∑√‖|{\u0391-\u03c9]"
AFTER = re.compile(
    rf"\s*(?:$|[:.)\]\-–—=\[*_|;/]|,(?!\s+[a-z])|\((?!see|cf|above|below))|\s+(?=[A-ZÀ-Þ]|{_MATH})",
    re.MULTILINE,
)
# `Question 3 asks how small`: a sentence about the question, and not its mark.
_ABOUT = re.compile(
    r"\s+(?:asks?|asked|is|was|are|were|shows?|showed|says?|said|tells?|told|gives?|gave|has|had|have|requires?|states?"
    r"|wants?|and|or|above|below|again|can|could|does|did|follows?|of|in|uses?|used|needs?|on|that|to|we|with|without"
    r"|yields?|implies|becomes|holds?|where|which|already|will|would|should|may|might|must|looks?|seems?|says|from|also"
    r"|but|then|only|as\s+well|pts?|points?|marks?|though|since|because|by)\b",
    re.IGNORECASE,
)
_ON = re.compile(r"\s+(?=[a-zà-ÿ])")
LETTERED = re.compile(
    rf"{_REPLY}{_SHEET}(?<![A-Za-z0-9])(?!q)(?P<noun>{_NOUN})(?![A-Za-z])\s*[-.:]?\s*"
    r"(?P<bracket>[(\[])?\s*(?P<n>[a-h])(?![A-Za-z'’])(?(bracket)\s*[)\]]|[)\]]?)",
    re.IGNORECASE,
)
_AFTER_LETTER = re.compile(rf"\s*(?:$|[:.\-–—=*_;])|(?<=[)\]])\s+(?=[A-Z]|{_MATH})", re.MULTILINE)
# Behind a colon, and before an operator, a number is the answer itself: `Answer: 3`, `Answer 2(p - y)`.
ANSWER = re.compile(
    r"(?:answers?|ans|solutions?|sol|lösung|antwort|réponse|respuesta|ad|zu|re)\b\s*(?:to|for|zu)?\s*(?:no\b\.?|\#)?\s*\.?"
    rf"\s*[(\[]?(?P<m>{DIGITS})(?:(?P<letter>[a-h])\b)?[)\]]?"
    r"(?=\s*(?:$|[:.)\]\-–—_|;]|\*{1,3}(?:\s|$)|\([a-h]\))|\s+[A-Z$\\∇])",
    re.IGNORECASE | re.MULTILINE,
)
HASH = re.compile(rf"(?:n[or]\.?\s*|№\s*|#)(?P<n>{DIGITS})\b", re.IGNORECASE)
ORDINAL = re.compile(
    rf"(?:the\s+)?(?:(?P<n>{'|'.join(ORDINALS)})|(?P<k>\d{{1,2}})(?:st|nd|rd|th|\.))\s+(?P<noun>{_NOUN})(?![A-Za-z])",
    re.IGNORECASE,
)
# One letter for the word: `P1.`, `A2:`, `S3)`; in small letters these are names of formulas.
SHORT = re.compile(
    rf"[PAEST]\s?(?P<n>{DIGITS})(?=\s*(?:$|[:.)](?:\s|$|\*)|\s[-–—]\s|\*)|\s+[A-Z$\\])"
    r"|[(\[]\s?(?:Q|P|Ex\.?|Question|Problem|Exercise|Task)\s?(?P<m>\d{1,2})\s?[)\]](?=\s|$|\*)",
    re.MULTILINE,
)


def begins_answer(text: str, at: int, end: int) -> bool:
    """Whether what follows the words of a mark can be the answer, or the end of the line."""
    return at == end or AFTER.match(text, at, end) is not None


def may_begin_answer(text: str, at: int, end: int) -> bool:
    """Whether a sentence in small letters follows that does not speak of the question."""
    return _ON.match(text, at, end) is not None and _ABOUT.match(text, at, end) is None


def letter_in_line(text: str, at: int, end: int, bold: bool) -> re.Match[str] | None:
    """`Part (b)` or `Exercise c` where it is a mark, and not a reference at the start of a line."""
    found = LETTERED.match(text, at, end)
    if found is None or bold or found.end() == end or _AFTER_LETTER.match(text, found.end(), end):
        return found
    goes_on = found.group()[:1].isupper() and text[found.end() - 1] in ")]"
    return found if goes_on and may_begin_answer(text, found.end(), end) else None
