"""JUnit XML: a suite a submission, a case a mark, as CI systems show them.

The format: testmoapp/junitxml, which describes the files that JUnit's Ant task began with; and the schema
of Jenkins' xunit plugin (junit-10.xsd), whose order of elements this keeps.
"""

from __future__ import annotations

import re
import xml.etree.ElementTree as Xml
from pathlib import Path

from grader.exports.files import plain, write_atomically
from grader.exports.gradebook import Entry, Gradebook, Written
from grader.exports.waiting import waits
from grader.records import MarkRecord, QuestionResult

FILE = "junit.xml"
_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def write(book: Gradebook, folder: Path) -> Written:
    """Writes junit.xml. A mark that is not given is a failure, one that a person must decide is skipped."""
    root = Xml.Element("testsuites", name=_text(book.homework))
    for entry in book.entries:
        root.append(_suite(entry))
    for count in ("tests", "failures", "errors"):  # the schema has no `skipped` here, only in a suite
        root.set(count, str(sum(int(suite.get(count, "0")) for suite in root)))
    Xml.indent(root)
    path = folder / FILE
    body = Xml.tostring(root, encoding="unicode")
    write_atomically(path, f'<?xml version="1.0" encoding="UTF-8"?>\n{body}\n')
    return Written((path,))


def _suite(entry: Entry) -> Xml.Element:
    suite = Xml.Element("testsuite", name=_text(entry.result.submission))
    properties = Xml.SubElement(suite, "properties")
    for name, value in (("earned", entry.score), ("possible", entry.result.possible)):
        Xml.SubElement(properties, "property", name=name, value=str(plain(value)))
    cases = [_case(item, mark) for item in entry.result.questions for mark in item.marks]
    suite.extend(cases)
    suite.set("tests", str(len(cases)))
    suite.set("failures", str(sum(case.find("failure") is not None for case in cases)))
    suite.set("errors", "0")
    suite.set("skipped", str(sum(case.find("skipped") is not None for case in cases)))
    suite.set("time", "0")
    return suite


def _case(item: QuestionResult, mark: MarkRecord) -> Xml.Element:
    case = Xml.Element("testcase", name=_text(f"{item.id} {mark.id}"), classname=_text(item.id), time="0")
    if mark.earned >= mark.points:
        return case
    said = _text(mark.reason or "not shown")
    if waits(item, mark):
        Xml.SubElement(case, "skipped", message=f"waits for a person: {said}")
    else:
        failure = Xml.SubElement(case, "failure", message=said, type="mark")
        failure.text = f"{plain(mark.earned)} of {plain(mark.points)}" + (
            f", line {mark.line}" if mark.line else ""
        )
    return case


def _text(text: str) -> str:
    """What XML can hold; the writer escapes the rest."""
    return _NOT_XML.sub("\N{REPLACEMENT CHARACTER}", text)
