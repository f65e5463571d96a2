"""What a submission's result depends on, as one key: its files, the homework's spec, and the program."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from pathlib import Path

from grader.program import fingerprint
from grader.running.discover import Submission

BLOCK = 1 << 20


def spec_digest(folder: Path) -> bytes:
    """A digest of the spec: every YAML file in the folder (or of the file's folder), by name and bytes."""
    root = folder.parent if folder.is_file() else folder
    digest = hashlib.sha256(str(folder.name if folder.is_file() else "").encode())
    for path in sorted(item for item in root.rglob("*") if item.suffix in (".yaml", ".yml")):
        _add(digest, path, path.relative_to(root).as_posix())
    return digest.digest()


def keys_of(submissions: Sequence[Submission], spec: bytes) -> dict[str, bytes]:
    """The key of each submission by its id; without those whose files cannot be read.

    Equal keys have equal results: the id is a part of it, and what was found in the folder.
    """
    start = hashlib.sha256(fingerprint().encode() + spec)
    found = {}
    for item in submissions:
        digest = start.copy()
        digest.update(repr((item.id, item.findings)).encode("utf-8", "surrogatepass"))
        try:
            _add_all(digest, item.files)
        except OSError:
            continue
        found[item.id] = digest.digest()
    return found


def _add_all(digest: hashlib._Hash, files: Iterable[Path]) -> None:
    for path in files:
        _add(digest, path, path.name)


def _add(digest: hashlib._Hash, path: Path, name: str) -> None:
    """Adds a file so that no two sets of files look alike: its name, its bytes' own digest."""
    inner = hashlib.sha256()
    with path.open("rb", buffering=0) as stream:
        while block := stream.read(BLOCK):
            inner.update(block)
    digest.update(name.encode("utf-8", "surrogateescape") + b"\0" + inner.digest())
