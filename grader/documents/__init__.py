"""Bytes to a document with exact places, and a document to the parts that answer each question."""

from grader.documents.read import read_bytes, read_document, read_text
from grader.documents.sections import QuestionMark, split
from grader.places import place_of

__all__ = ["QuestionMark", "place_of", "read_bytes", "read_document", "read_text", "split"]
