"""Finds the homework that submissions belong to."""

from __future__ import annotations

from pathlib import Path

from grader.errors import SpecError, SpecFault
from grader.spec.load import FILE
from grader.spec.suggest import did_you_mean


def find_homework(problems: Path | None, submissions: Path) -> Path:
    """The folder with homework.yaml: `problems` itself, or the folder in it named like `submissions`.

    Without `problems`: the folder `problems/` in the working directory, or in the nearest one above.
    A single homework in `problems` is taken whatever its name. Raises SpecError if there is none.
    """
    root = problems if problems is not None else problems_folder()
    if root.is_file() and root.suffix in (".yaml", ".yml"):
        return root
    if not root.is_dir():
        raise _error(root, "there is no such folder", "name it with `--problems DIR`")
    if (root / FILE).is_file():
        return root
    names = sorted(item.parent.name for item in root.glob(f"*/{FILE}"))
    if not names:
        raise _error(root, f"no {FILE} here, nor in a folder of it", "name it with `--problems DIR`")
    for folder in (submissions.absolute(), *submissions.absolute().parents):
        if folder.name in names:
            return root / folder.name
    if submissions.is_file() and submissions.stem in names:
        return root / submissions.stem
    if len(names) == 1:
        return root / names[0]
    name = submissions.absolute().name
    raise _error(root, f"no homework is named like `{name}`", did_you_mean(name, names))


def problems_folder() -> Path:
    """The folder `problems/` in the working directory, or in the nearest one above. Raises SpecError."""
    return _nearest(Path.cwd())


def _nearest(start: Path) -> Path:
    for folder in (start, *start.parents):
        if (folder / "problems").is_dir():
            return folder / "problems"
    raise _error(start, "no folder `problems` here or above", "name it with `--problems DIR`")


def _error(path: Path, message: str, hint: str) -> SpecError:
    return SpecError([SpecFault(str(path), 1, "", message, hint)])
