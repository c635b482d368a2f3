"""Third-party files are exactly those we say we ship, unchanged."""

import hashlib
import json
from pathlib import Path

VENDOR = Path(__file__).resolve().parent.parent / "static" / "vendor"
LISTED = json.loads((VENDOR / "vendor.json").read_text(encoding="utf-8"))


def test_every_vendored_file_is_listed_and_nothing_else_is():
    present = {
        path.relative_to(VENDOR).as_posix()
        for path in VENDOR.rglob("*")
        if path.is_file() and path.name != "vendor.json"
    }
    assert {entry["file"] for entry in LISTED} == present


def test_every_vendored_file_has_the_hash_we_recorded():
    changed = [
        entry["file"]
        for entry in LISTED
        if hashlib.sha256((VENDOR / entry["file"]).read_bytes()).hexdigest() != entry["sha256"]
    ]
    assert not changed


def test_every_vendored_file_names_its_version_licence_and_source():
    asked = ("name", "version", "licence", "file", "sha256", "source")
    assert all(entry.get(key) for entry in LISTED for key in asked)


def test_every_vendored_library_ships_its_licence():
    folders = {Path(entry["file"]).parent for entry in LISTED}
    assert all((VENDOR / folder / "LICENSE").is_file() for folder in folders)
