"""Joins and unpacks what pack.ts wrote, on a machine that has no more than Python.

    python3 unpack.py PARTS KIT

PARTS holds manifest.json and any of the parts; those that are whole are kept in KIT/parts, so each is sent once. Every
archive whose parts are all there is unpacked into KIT. Ends with 0 when everything is, with 75 while parts are missing.
"""

import hashlib
import json
import shutil
import sys
import tarfile
from pathlib import Path
from typing import BinaryIO

TRY_AGAIN = 75


def digest(file: Path) -> str:
    with file.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def is_whole(file: Path, part: dict) -> bool:
    return file.is_file() and file.stat().st_size == part["bytes"] and digest(file) == part["sha256"]


def missing_parts(archive: dict, parts: Path, kept: Path) -> list[str]:
    """Keeps what has arrived; gives the names of what has not."""
    missing = []
    for part in archive["parts"]:
        arrived, place = parts / part["file"], kept / part["file"]
        if is_whole(place, part):
            continue
        if is_whole(arrived, part):
            shutil.copyfile(arrived, place)
            continue
        if arrived.exists():
            print(f"{part['file']}: damaged on its way; send it again")
        missing.append(part["file"])
    return missing


class Joined:
    """Files read one after the other, as a stream."""

    def __init__(self, files: list[Path]):
        self.files = iter(files)
        self.stream: BinaryIO | None = None

    def read(self, size: int) -> bytes:
        while True:
            if self.stream is None:
                file = next(self.files, None)
                if file is None:
                    return b""
                self.stream = file.open("rb")
            found = self.stream.read(size)
            if found:
                return found
            self.stream.close()
            self.stream = None


def unpack(archive: dict, kept: Path, kit: Path) -> None:
    files = [kept / part["file"] for part in archive["parts"]]
    with tarfile.open(fileobj=Joined(files), mode="r|xz") as tar:
        tar.extractall(kit, filter="data")


def main(parts: Path, kit: Path) -> int:
    manifest = json.loads((parts / "manifest.json").read_text())
    kept = kit / "parts"
    kept.mkdir(parents=True, exist_ok=True)
    is_complete = True
    for archive in manifest["archives"]:
        name, stamp = archive["name"], kept / f"{archive['name']}.unpacked"
        if stamp.exists() and stamp.read_text() == archive["sha256"]:
            print(f"{name}: unpacked")
            continue
        missing = missing_parts(archive, parts, kept)
        if missing:
            is_complete = False
            print(f"{name}: missing {' '.join(missing)}")
            continue
        unpack(archive, kept, kit)
        stamp.write_text(archive["sha256"])
        print(f"{name}: unpacked now")
    return 0 if is_complete else TRY_AGAIN


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), Path(sys.argv[2])))
