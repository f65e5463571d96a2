"""What every test has: a cache of its own, so that none finds what another run has graded."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest


@pytest.fixture(autouse=True)
def own_cache(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path_factory.getbasetemp() / "cache"
    monkeypatch.setenv("GRADER_CACHE", str(folder))
    return folder


@pytest.fixture(scope="module")
def graded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small class, graded: for tests of the instructor's page, whose packages may not be there."""
    from reviewing import CLASS, grade

    return grade(CLASS, tmp_path_factory.mktemp("class"))


@pytest.fixture
def out(graded: Path, tmp_path: Path) -> Path:
    """A copy of its results."""
    return Path(shutil.copytree(graded, tmp_path / "out"))
