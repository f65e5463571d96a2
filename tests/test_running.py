"""Running: which files are a submission, and that one crash is one finding."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from grader.errors import SubmissionError
from grader.exports.read_results import read_results
from grader.exports.results_jsonl import to_line
from grader.expressions.symbols import SymbolTable
from grader.parallel import map_ordered
from grader.records import QuestionResult, Result
from grader.running import Submission, grade_all, grade_folder, one_submission, submissions_in
from grader.running import grading as grading_module
from grader.spec.model import Homework

TINY = Homework("tiny", "Tiny", (), SymbolTable())


def make(root: Path, *names: str) -> Path:
    for name in names:
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        if name.endswith("/"):
            path.mkdir(exist_ok=True)
        else:
            path.write_text("$1$", encoding="utf-8")
    return root


def found(root: Path) -> dict[str, list[str]]:
    return {item.id: [file.name for file in item.files] for item in submissions_in(root)}


def test_folders_and_files_are_submissions(tmp_path: Path) -> None:
    make(tmp_path, "s2/b.md", "s2/a.tex", "s1.md", "s3.IPYNB", "s10/")
    assert found(tmp_path) == {"s1": ["s1.md"], "s10": [], "s2": ["a.tex", "b.md"], "s3": ["s3.IPYNB"]}


def test_what_is_no_part_of_a_submission(tmp_path: Path) -> None:
    make(tmp_path, "README.md", "notes.pdf", ".hidden.md", ".git/x.md", "expected.yaml", "__pycache__/x.md")
    make(
        tmp_path,
        "s1/photo.jpg",
        "s1/expected.yaml",
        "s1/README.md",
        "s1/.draft.md",
        "s1/hw.md",
        "s1/~$hw.txt",
    )
    assert found(tmp_path) == {"s1": ["hw.md"]}


def test_symbolic_links_are_not_followed(tmp_path: Path) -> None:
    make(tmp_path / "other", "secret.md")
    root = make(tmp_path / "root", "s1/hw.md")
    os.symlink(tmp_path / "other", root / "s2")
    os.symlink(tmp_path / "other" / "secret.md", root / "s3.md")
    os.symlink(tmp_path / "other" / "secret.md", root / "s1" / "z.md")
    os.mkfifo(root / "s4.md")
    assert found(root) == {"s1": ["hw.md"]}


def test_one_file_is_one_submission(tmp_path: Path) -> None:
    make(tmp_path, "README.md")
    assert found(tmp_path / "README.md") == {"README": ["README.md"]}


def test_one_folder_as_one_submission(tmp_path: Path) -> None:
    make(tmp_path, "ana/b.md", "ana/a.md", "ana/README.md")
    one = one_submission(tmp_path / "ana")
    assert (one.id, [file.name for file in one.files]) == ("ana", ["a.md", "b.md"])
    assert one_submission(tmp_path / "ana" / "b.md").id == "b"
    with pytest.raises(SubmissionError):
        one_submission(tmp_path / "none")


def test_files_of_one_name_are_one_submission_and_it_is_said(tmp_path: Path) -> None:
    make(tmp_path, "ana.md", "ana.tex")
    (one,) = submissions_in(tmp_path)
    assert [file.name for file in one.files] == ["ana.md", "ana.tex"]
    assert "several files are named ana" in one.findings[0].message


def test_files_deeper_down_are_not_lost_in_silence(tmp_path: Path) -> None:
    make(tmp_path, "s1/work/hw.md", "s1/empty/")
    (one,) = submissions_in(tmp_path)
    assert one.files == ()
    assert [item.message for item in one.findings] == ["the files in the folder work/ were not read"]


def test_a_path_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(SubmissionError, match="no such file or folder"):
        submissions_in(tmp_path / "none")


def grade_or_crash(item: Submission) -> Result:
    """Grades nothing; one submission crashes, one takes its process down."""
    if item.id == "crash":
        raise ValueError("a bad file")
    if item.id == "dead":
        os._exit(9)
    return Result("?", "tiny", 1, 2, questions=(QuestionResult("q1", 1, 2, "partial"),))


NAMES = ["a", "b", "crash", "c"]


@pytest.mark.parametrize("jobs", [1, 2])
def test_a_crash_is_a_finding_and_the_batch_goes_on(jobs: int) -> None:
    results = list(grade_all([Submission(name) for name in NAMES], grade_or_crash, jobs))
    assert [item.submission for item in results] == NAMES
    assert [item.earned for item in results] == [1, 1, 0, 1]
    crash = results[2]
    assert crash.needs_review
    assert crash.findings[0].severity == "error"
    assert "ValueError: a bad file" in crash.findings[0].message


def test_the_death_of_a_process_is_a_finding_too() -> None:
    names = ["a", "dead", "b"]
    results = list(grade_all([Submission(name) for name in names], grade_or_crash, 2))
    assert [item.submission for item in results] == names
    assert [bool(item.findings) for item in results] == [False, True, False]


def double_or_die(item: int) -> int:
    if item == 70:
        os._exit(9)
    return 2 * item


def test_many_items_keep_their_order_and_a_death_costs_one() -> None:
    made = list(map_ordered(double_or_die, range(100), 2, lambda item: -item))
    assert made == [-70 if item == 70 else 2 * item for item in range(100)]


def test_what_a_function_raises_is_raised() -> None:
    with pytest.raises(ValueError, match="a bad file"):
        list(map_ordered(grade_or_crash, [Submission("a"), Submission("crash")], 2, grade_or_crash, 1))


def test_processes_work_from_a_script_on_standard_input() -> None:
    script = (
        "import grader; print(*[v.verdict for v in grader.compare_many([('x', 'x'), ('x', 'y')], jobs=2)])"
    )
    run = subprocess.run([sys.executable, "-"], input=script, capture_output=True, text=True, check=True)
    assert run.stdout == "equal different\n"


def test_resume_keeps_what_is_there_and_fresh_does_not(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    graded: list[str] = []

    def grade_one(item: Submission, homework: Homework) -> Result:
        graded.append(item.id)
        return grade_or_crash(item)

    monkeypatch.setattr(grading_module, "grade_submission", grade_one)
    root = make(tmp_path / "in", "a.md", "b.md", "crash.md")
    out = tmp_path / "out"
    out.mkdir()
    left = Result("a", "tiny", 2, 2, questions=(QuestionResult("q1", 2, 2, "correct"),))
    other = Result("b", "another homework", 2, 2)
    (out / "results.jsonl.part").write_text(to_line(left) + to_line(other) + '{"submission": "cra')
    assert [item.earned for item in grade_folder(root, TINY, out, resume=True)] == [2, 1, 0]
    assert graded == ["b", "crash"]
    assert [item.submission for item in read_results(out / "results.jsonl")] == ["a", "b", "crash"]
    assert not (out / "results.jsonl.part").exists()
    grade_folder(root, TINY, out, resume=True)
    assert graded == ["b", "crash", "crash"], "what crashed is tried again"
    assert [item.earned for item in grade_folder(root, TINY, out)] == [1, 1, 0]
