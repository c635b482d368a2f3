"""What comments and docstrings name, such as `queries.queue`, and whether there is such a thing."""

from __future__ import annotations

import ast
import io
import re
import tokenize
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

from annotations import models

APP = Path(__file__).resolve().parents[1] / "annotations"
OURS = {path.stem for path in APP.iterdir() if path.suffix == ".py" or path.is_dir()}
DOTTED = re.compile(r"(?<![\w./@-])([A-Za-z_]\w*(?:\.[A-Za-z_]\w*)+)(?![\w/]|\.\w)")
FILES = (".py", ".sql", ".json", ".html", ".js", ".dump")


def files() -> list[Path]:
    """Every file of code of the app; migrations tell of what was."""
    return [path for path in sorted(APP.rglob("*.py")) if "migrations" not in path.parts]


def remarks(path: Path) -> Iterator[tuple[int, str]]:
    """The comments and docstrings of a file, each with its line."""
    text = path.read_text(encoding="utf-8")
    for token in tokenize.generate_tokens(io.StringIO(text).readline):
        if token.type == tokenize.COMMENT:
            yield token.start[0], token.string
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            yield node.lineno, str(node.value.value)


def named(words: str) -> list[str]:
    """The dotted names in the words that begin with a module of the app or with a model."""
    found = [name for name in DOTTED.findall(words) if not name.endswith(FILES)]
    return [name for name in found if is_ours(name)]


def is_ours(dotted: str) -> bool:
    first = dotted.partition(".")[0]
    return first in OURS or (first[0].isupper() and hasattr(models, first))


def exists(dotted: str) -> bool:
    """Whether there is such a module, function, method, field or constant."""
    parts = dotted.split(".")
    thing: Any = models
    for count in range(len(parts), 0, -1):
        try:
            thing = import_module(".".join(["annotations", *parts[:count]]))
        except ModuleNotFoundError:
            continue
        parts = parts[count:]
        break
    for part in parts:
        if not _has(thing, part):
            return False
        thing = getattr(thing, part, None)
    return True


def _has(thing: Any, name: str) -> bool:
    return hasattr(thing, name) or name in getattr(thing, "__annotations__", ())
