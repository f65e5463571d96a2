"""What the tests of the instructor's page share: a small class, graded, and a browser that holds the key."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

from small_class import FIVE
from starlette.testclient import TestClient

from grader.cli import main
from grader.review.app import application
from grader.review.classroom import Classroom
from grader.review.items import key_of, version_of
from grader.review.safety import token_for
from grader.review.site import Settings, Site
from grader.spec import load_homework
from grader.spec.model import Homework

PROBLEMS = Path(__file__).parents[1] / "problems"
KEY, BASE = "the-key-of-the-door", "http://127.0.0.1:8765"
NOW = "2025-03-01T12:30:00+00:00"
CLASS = {
    **FIVE,
    "fay": "## Question 4\n\nThe largest magnitude is $\\frac12\\|\\phi(x)\\|$.\n",
}


@cache
def homework() -> Homework:
    return load_homework(PROBLEMS / "homework3")


def grade(texts: dict[str, str], root: Path) -> Path:
    (root / "in").mkdir(exist_ok=True)
    for name, text in texts.items():
        (root / "in" / f"{name}.md").write_text(text, encoding="utf-8")
    arguments = ["grade", str(root / "in"), "--problems", str(PROBLEMS / "homework3")]
    assert main([*arguments, "--out", str(root / "out"), "--jobs", "1"]) == 0
    return root / "out"


class Page:
    """A browser with the key, and the site that it looks at."""

    def __init__(
        self,
        out: Path,
        who: str = "Ida",
        anonymous: bool = False,
        spec: Homework | None = None,
        submissions: Path | None = None,
    ) -> None:
        self.out = out
        settings = Settings(KEY, who, anonymous, submissions, lambda: NOW)
        self.site = Site(Classroom(out, spec or homework()), settings)
        self.site.settler._pause = 0.0
        self.client = TestClient(application(self.site), base_url=BASE, follow_redirects=False)
        assert self.client.get(f"/enter?key={KEY}").status_code == 200

    def get(self, path: str) -> str:
        answer = self.client.get(path)
        assert answer.status_code == 200, answer.text
        return str(answer.text)

    def post(self, path: str, **form: str) -> Any:
        data = {"token": token_for(KEY), **form}
        return self.client.post(path, data=data, headers={"origin": BASE})

    def version(self, name: str, question: str) -> str:
        return version_of(self.site.classroom.now.item(key_of(name), question).question)

    def mark(self, name: str, question: str, version: str = "", **form: str) -> Any:
        version = version or self.version(name, question)
        path = f"/answer/{key_of(name)}/{question}/marks"
        return self.post(path, version=version, **form)

    def undo(self, name: str, question: str) -> Any:
        path = f"/answer/{key_of(name)}/{question}/undo"
        return self.post(path, version=self.version(name, question))

    def settle(self) -> dict[str, Any]:
        """What is in OUT once all is written."""
        self.site.settler.start()
        self.site.settler.close()
        return results(self.out)


def results(out: Path) -> dict[str, Any]:
    lines = (out / "results.jsonl").read_text(encoding="utf-8").splitlines()
    return {found["submission"]: found for found in map(json.loads, lines)}


def earned(found: dict[str, Any], name: str, question: str) -> float:
    return float(next(q["earned"] for q in found[name]["questions"] if q["id"] == question))
