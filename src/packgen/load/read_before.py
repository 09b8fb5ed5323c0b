"""JSON files as they were read last, for a program that reads the same pack again and again."""

from __future__ import annotations

from pathlib import Path

from packgen.digests import file_digest
from packgen.load.json_file import JsonFile, read_json


class ReadBefore:
    """Reads JSON files, and takes those over that have not changed, nor the prose that they take in."""

    def __init__(self) -> None:
        self._files: dict[Path, tuple[JsonFile, dict[Path, str]]] = {}

    def read(self, path: Path, root: Path) -> JsonFile:
        """One file of the pack in `root`, with its prose.

        Raises:
            InvalidPackError: as `read_json`.
        """
        known = self._files.get(path)
        if known is not None and all(file_digest(each) == digest for each, digest in known[1].items()):
            return known[0]
        self._files.pop(path, None)
        file = read_json(path, prose_root=root)
        digests = {each: file_digest(each) for each in (path, *(origin.path for origin in file.prose_files.values()))}
        # Read once more: one of them may have been saved after it was read and before its digest was taken.
        if read_json(path, prose_root=root) == file:
            self._files[path] = file, digests
        return file
