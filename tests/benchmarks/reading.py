"""What reading one file costs, in a process of its own.

    python -m tests.benchmarks.reading KIND FILE [whole]

Prints JSON: seconds of CPU, megabytes of memory at most, how many characters came out, and by what
limit it was refused. With `whole` the limits of what a text may be are lifted, to see how the work
grows beyond them.
"""

from __future__ import annotations

import importlib
import json
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

CHECKS, ARTICLES, RETRACTIONS = "earlier checks", "articles as JSON", "notices of retraction"
"""What is read beside the kinds of the registry."""


def lift() -> None:
    """No limit for this process; asked before the readers are loaded, which copy them."""
    limits = importlib.import_module("annotations.text.limits")
    for name in ("MAX_BYTES", "MAX_CHARACTERS", "MAX_LINES", "MAX_SENTENCES"):
        setattr(limits, name, 10**9)
    for module, name in (("packed", "LARGEST"), ("pdf", "MOST_PAGES")):
        setattr(importlib.import_module(f"annotations.formats.{module}"), name, 10**9)


def reader(kind: str) -> Callable[[bytes, str], Any]:
    """How files of that kind are read, in this process: it is the one that is measured."""
    if kind == CHECKS:
        return lambda data, name: importlib.import_module("annotations.formats.earlier").read(
            data, name
        )
    if kind == ARTICLES:
        return lambda data, name: importlib.import_module("annotations.formats.articles").read(
            data, name, "en"
        )
    if kind == RETRACTIONS:
        return lambda data, _name: importlib.import_module(
            "annotations.formats.retractions"
        ).notice_in(data)
    apart = importlib.import_module("annotations.formats.apart")
    readers = importlib.import_module("annotations.formats.readers")

    def here(data: bytes, language: str, **said: Any) -> Any:
        asked = (said.get(name, "") for name in ("default", "charset", "address"))
        return apart._read(data, said.get("kind", "bytes"), language, *asked)

    setattr(apart, "read", here)  # noqa: B010 - mypy knows no modules that change
    return lambda data, _name: readers.read(readers.Source(data), kind)


def most_memory() -> float:
    """Megabytes that this process held at most; getrusage would count those of who began it."""
    said = Path("/proc/self/status").read_text()
    return int(said.split("VmHWM:")[1].split()[0]) / 1024


def characters(found: Any) -> int:
    if isinstance(found, list):
        return sum(len(each.document.text) for each in found)
    return len(getattr(found, "text", "") or getattr(found, "checks", ""))


def main(kind: str, file: str, whole: str = "") -> None:
    if whole:
        lift()
    read = reader(kind)
    bad_text = importlib.import_module("annotations.text.canonical").BadText
    data = Path(file).read_bytes()
    before, refused, found = time.process_time(), "", None
    try:
        found = read(data, Path(file).name)
    except bad_text as bad:
        refused = bad.code
    told = {
        "seconds": time.process_time() - before,
        "megabytes": most_memory(),
        "characters": characters(found),
        "refused": refused,
    }
    json.dump(told, sys.stdout)


if __name__ == "__main__":
    main(*sys.argv[1:])
