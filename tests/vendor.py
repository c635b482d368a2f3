"""Compares static/vendor with vendor.json: nothing changed, nothing unlisted, nothing missing.

vendor.json is a list of {"file", "name", "version", "licence", "sha256"}; `file` is relative to
static/vendor.
"""

import json
import sys
from hashlib import sha256
from pathlib import Path

VENDOR = Path(__file__).parents[1] / "static" / "vendor"


def problems(folder: Path) -> list[str]:
    """One line for each thing that is not as folder/vendor.json says."""
    if not folder.exists():
        return []
    listed = {entry["file"]: entry for entry in json.loads((folder / "vendor.json").read_bytes())}
    present = {
        path.relative_to(folder).as_posix()
        for path in folder.rglob("*")
        if path.is_file() and path.name != "vendor.json"
    }
    found = [f"{name} is not in vendor.json" for name in sorted(present - listed.keys())]
    for name, entry in sorted(listed.items()):
        if name not in present:
            found.append(f"{name} is missing")
        elif sha256((folder / name).read_bytes()).hexdigest() != entry["sha256"]:
            found.append(f"{name} was changed: its sha256 is not that of vendor.json")
        found += [
            f"{name} has no {key}" for key in ("name", "version", "licence") if not entry.get(key)
        ]
    return found


if __name__ == "__main__":
    sys.exit("\n".join(problems(VENDOR)) or None)
