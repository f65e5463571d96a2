"""Running: which files are a submission, and that one crash is one finding."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

import pytest

from grader.errors import SubmissionError
from grader.exports.read_results import read_results
from grader.exports.results_jsonl import to_line
from grader.expressions.symbols import SymbolTable
from grader.parallel import map_ordered
from grader.processes import DIED, Limits
from grader.records import Finding, QuestionResult, Result
from grader.running import Submission, grade_all, grade_folder, one_submission, submissions_in
from grader.running import keys as keys_module
from grader.running import work as work_module
from grader.running.alone import alone_in
from grader.running.cache import opened_cache
from grader.running.grading import Known
from grader.spec import load_homework
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


def grade_or_die(item: Submission) -> str:
    """Grades nothing; one submission takes its process down, one hangs, one eats the memory."""
    if item.id == "dead":
        os._exit(9)
    if item.id == "hangs":
        time.sleep(60)
    if item.id == "eats":
        return str(len(bytearray(4 << 30)))
    if item.id == "raises":
        raise ValueError("a fault of the program")
    return item.id


def reason(item: Submission, why: str) -> str:
    return f"{item.id}: {why}"


@pytest.mark.parametrize("jobs", [0, 1, 2])
def test_every_submission_has_a_result(jobs: int) -> None:
    names = ["a", "b", "c"]
    made = grade_all([Submission(name) for name in names], grade_or_die, reason, jobs)
    assert sorted(made) == names


def test_a_process_that_dies_or_hangs_costs_one_submission() -> None:
    names = ["a", "dead", "b", "hangs", "c"]
    limits = Limits(seconds=1.5, megabytes=1024)
    made = list(grade_all([Submission(name) for name in names], grade_or_die, reason, 2, limits))
    assert sorted(made) == ["a", "b", "c", f"dead: {DIED}", "hangs: it took more than 1.5 s"]


@pytest.mark.skipif(sys.platform != "linux", reason="no bound on the address space here")
def test_memory_is_bounded() -> None:
    made = grade_all([Submission("eats")], grade_or_die, reason, 1, Limits(megabytes=1024))
    with pytest.raises(MemoryError):
        list(made)


def test_what_the_work_raises_is_raised_and_ends_it() -> None:
    with pytest.raises(ValueError, match="a fault of the program"):
        list(grade_all([Submission(name) for name in ("a", "raises", "hangs")], grade_or_die, reason, 2))


def double_or_die(item: int) -> int:
    if item == 70:
        os._exit(9)
    return 2 * item


def test_many_items_keep_their_order_and_a_death_costs_one() -> None:
    made = list(map_ordered(double_or_die, range(100), 2, lambda item: -item))
    assert made == [-70 if item == 70 else 2 * item for item in range(100)]


def odd_raises(item: int) -> int:
    if item % 2:
        raise ValueError("a bad file")
    return item


def test_what_a_function_raises_is_raised() -> None:
    with pytest.raises(ValueError, match="a bad file"):
        list(map_ordered(odd_raises, range(3), 2, odd_raises, 1))


def test_processes_work_from_a_script_on_standard_input() -> None:
    script = (
        "import grader; print(*[v.verdict for v in grader.compare_many([('x', 'x'), ('x', 'y')], jobs=2)])"
    )
    run = subprocess.run([sys.executable, "-"], input=script, capture_output=True, text=True, check=True)
    assert run.stdout == "equal different\n"


def grade_or_crash(name: str, files: Sequence[Path], homework: Homework, odd: Sequence[Finding]) -> Result:
    """Stands for the pipeline: one file makes it crash."""
    GRADED.append(name)
    if name == "crash":
        raise ValueError("a bad file")
    return Result(name, homework.id, 1, 2, questions=(QuestionResult("q1", 1, 2, "partial"),))


GRADED: list[str] = []


@pytest.fixture
def graded(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    GRADED.clear()
    monkeypatch.setattr(work_module, "grade_files", grade_or_crash)
    return GRADED


def earned(results: Sequence[Result]) -> list[float]:
    return [item.earned for item in results]


def test_a_crash_is_a_finding_and_the_batch_goes_on(tmp_path: Path, graded: list[str]) -> None:
    root = make(tmp_path / "in", "a.md", "crash.md", "z.md")
    results = grade_folder(root, TINY, tmp_path / "out")
    assert [item.submission for item in results] == ["a", "crash", "z"]
    assert earned(results) == [1, 0, 1]
    assert results[1].needs_review
    assert results[1].findings[0].severity == "error"
    assert "ValueError: a bad file" in results[1].findings[0].message


def test_resume_keeps_what_is_there_and_fresh_does_not(tmp_path: Path, graded: list[str]) -> None:
    root = make(tmp_path / "in", "a.md", "b.md", "crash.md")
    out = tmp_path / "out"
    out.mkdir()
    left = Result("a", "tiny", 2, 2, questions=(QuestionResult("q1", 2, 2, "correct"),))
    other = Result("b", "another homework", 2, 2)
    (out / "results.jsonl.part").write_text(to_line(left) + to_line(other) + '{"submission": "cra')
    assert earned(grade_folder(root, TINY, out, resume=True)) == [2, 1, 0]
    assert graded == ["b", "crash"]
    assert [item.submission for item in read_results(out / "results.jsonl")] == ["a", "b", "crash"]
    assert not (out / "results.jsonl.part").exists()
    grade_folder(root, TINY, out, resume=True)
    assert graded == ["b", "crash", "crash"], "what crashed is tried again"
    assert earned(grade_folder(root, TINY, out)) == [1, 1, 0]


def test_resume_grades_what_has_been_changed_since(tmp_path: Path, graded: list[str]) -> None:
    root, out = make(tmp_path / "in", "a.md", "b.md"), tmp_path / "out"
    grade_folder(root, TINY, out)
    later = (out / "results.jsonl").stat().st_mtime + 5
    os.utime(root / "b.md", (later, later))
    grade_folder(root, TINY, out, resume=True)
    assert graded == ["a", "b", "b"]


def test_a_second_run_grades_what_has_changed(tmp_path: Path, graded: list[str]) -> None:
    root, spec = make(tmp_path / "in", "a.md", "b.md", "crash.md"), make(tmp_path / "spec", "homework.yaml")
    with opened_cache(tmp_path / "cache") as cache:
        known = Known(cache, spec)
        first = grade_folder(root, TINY, tmp_path / "out", known=known)
        assert grade_folder(root, TINY, tmp_path / "other", known=known) == first
        assert graded == ["a", "b", "crash", "crash"], "what crashed is never kept"
        (root / "b.md").write_text("$2$", encoding="utf-8")
        grade_folder(root, TINY, tmp_path / "out", known=known)
        assert graded[4:] == ["b", "crash"]
        (spec / "homework.yaml").write_text("id: tiny\n", encoding="utf-8")
        grade_folder(root, TINY, tmp_path / "out", known=known)
        assert graded[6:] == ["a", "b", "crash"]
        grade_folder(root, TINY, tmp_path / "out", known=Known(cache, spec, asked=False))
        assert graded[9:] == ["a", "b", "crash"], "fresh asks nobody"


def test_a_program_that_changed_knows_nothing(
    tmp_path: Path, graded: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    root = make(tmp_path / "in", "a.md")
    with opened_cache(tmp_path / "cache") as cache:
        grade_folder(root, TINY, tmp_path / "out", known=Known(cache, root))
        monkeypatch.setattr(keys_module, "fingerprint", lambda: "another program")
        grade_folder(root, TINY, tmp_path / "out", known=Known(cache, root))
    assert graded == ["a", "a"]


@pytest.mark.parametrize("content", [b"no database", b"", b"SQLite format 3\0" + b"x" * 4096])
def test_a_damaged_cache_is_begun_anew(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "results.sqlite").write_bytes(content)
    with opened_cache(tmp_path) as cache:
        assert cache.find([b"key"]) == {}
        cache.keep(b"key", "line")
        assert cache.find([b"key", b"other"]) == {b"key": "line"}


def test_a_cache_that_cannot_be_is_none(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with opened_cache(tmp_path / "file") as cache:
        cache.keep(b"key", "line")
        assert cache.find([b"key"]) == {}


def test_pages_that_have_not_changed_are_not_written_again(tmp_path: Path, graded: list[str]) -> None:
    root, out = make(tmp_path / "in", "a.md", "b.md"), tmp_path / "out"
    grade_folder(root, TINY, out)
    pages = [out / "feedback" / "a.html", out / "report.html"]
    before = [page.stat().st_ino for page in pages]
    (out / "feedback" / "b.html").write_text("half of a page")
    grade_folder(root, TINY, out)
    assert [page.stat().st_ino for page in pages] == before
    assert "made of" in (out / "feedback" / "b.html").read_text(encoding="utf-8")


def test_a_run_that_is_killed_goes_on(tmp_path: Path) -> None:
    """Killed with no warning after some results: the second run has the same files as an undisturbed one."""
    source = Path(__file__).parents[1] / "submissions" / "homework3"
    root = tmp_path / "homework3"
    for name in ("seed", "hedged", "notebook", "crossed-out", "own-names", "plain-text"):
        shutil.copytree(source / name, root / name)
    problems, out = Path(__file__).parents[1] / "problems", tmp_path / "out"
    command = [sys.executable, "-m", "grader", "grade", str(root), "--problems", str(problems), "--jobs", "1"]
    run = subprocess.Popen([*command, "--out", str(out)], stderr=subprocess.DEVNULL)
    draft = out / "results.jsonl.part"
    while run.poll() is None and not (draft.is_file() and draft.stat().st_size):
        time.sleep(0.01)
    run.kill()
    run.wait()
    subprocess.run([*command, "--out", str(out), "--resume"], check=True, capture_output=True)
    subprocess.run([*command, "--out", str(tmp_path / "whole"), "--fresh"], check=True, capture_output=True)
    assert tree(out) == tree(tmp_path / "whole")


def test_two_runs_at_once_do_not_write_over_each_other(tmp_path: Path, graded: list[str]) -> None:
    root, out = make(tmp_path / "in", "a.md"), tmp_path / "out"
    out.mkdir()
    with alone_in(out), pytest.raises(SubmissionError, match="another run of `grader grade`"):
        grade_folder(root, TINY, out)
    assert list(out.iterdir()) == []
    assert earned(grade_folder(root, TINY, out)) == [1]


def test_what_a_killed_run_was_writing_is_removed(tmp_path: Path) -> None:
    root, out = make(tmp_path / "in", "ana/hw.md"), tmp_path / "out"
    grade_folder(root, TINY, out)
    for name in (".grades.csv.ab12.half", ".overrides.jsonl.ab12.half"):
        (out / name).touch()
    grade_folder(root, TINY, out)
    assert [path.name for path in out.glob(".*")] == [".overrides.jsonl.ab12.half"]


def tree(folder: Path) -> dict[str, str]:
    files = (path for path in folder.rglob("*") if path.is_file())
    return {str(path.relative_to(folder)): path.read_text(encoding="utf-8") for path in files}


def test_what_is_handed_in_in_another_kind_waits_for_a_person(tmp_path: Path) -> None:
    root = make(tmp_path / "in", "ana/hw.pdf", "ben/hw.md")
    homework = load_homework(Path(__file__).parents[1] / "problems" / "curves")
    ana, ben = grade_folder(root, homework, tmp_path / "out")
    assert ana.needs_review
    assert {item.status for item in ana.questions} == {"unreadable"}
    assert "hw.pdf was handed in" in ana.findings[0].message
    assert not any(item.id == "other-kind" for item in ben.findings)


def test_out_inside_the_submissions_is_nobody(tmp_path: Path) -> None:
    root = make(tmp_path / "in", "ana/hw.md")
    for _ in range(2):
        assert [item.submission for item in grade_folder(root, TINY, root / "results")] == ["ana"]


def test_a_name_of_the_greatest_length_costs_nobody_anything(tmp_path: Path) -> None:
    root = make(tmp_path / "in", f"{'d' * 255}/hw.md", "ben/hw.md")
    results = grade_folder(root, TINY, tmp_path / "out")
    assert len(results) == 2
    assert len(list((tmp_path / "out" / "feedback").glob("*.html"))) == 2


def test_pages_of_those_who_are_gone_are_taken_away(tmp_path: Path, graded: list[str]) -> None:
    root = make(tmp_path / "in", "a.md", "b.md")
    grade_folder(root, TINY, tmp_path / "out")
    (root / "b.md").unlink()
    (tmp_path / "out" / "feedback" / "own.html").write_text("mine", encoding="utf-8")
    grade_folder(root, TINY, tmp_path / "out")
    assert {p.name for p in (tmp_path / "out" / "feedback").iterdir()} == {"a.html", "a.md", "own.html"}
