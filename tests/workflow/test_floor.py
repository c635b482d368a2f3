"""One floor of writing: nothing else in the app writes a row."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.apps import apps

APP = Path(apps.get_app_config("annotations").path)
WRITE = {
    "create", "get_or_create", "update_or_create", "bulk_create", "bulk_update", "save", "update",
    "delete",
}  # fmt: skip

# Where rows are written, and why there.
ALLOWED = {
    "workflow": "all moves",
    "migrations": "the schema's own",
    "management": "fixtures, and what a command is told to do",
    "models/disclosure": "that a row was shown, noted where it is read (rule 4)",
    "blobs": "files, and no row",
    "exchange": "a text on its way in, kept between two pages of one import",
}
# Things with such a method that are no rows: what the name before the dot ends with.
NO_ROWS = {
    "hashed", "found", "context", "data", "image", "written", "left_out", "begun", "noted",
    "formset", "super()",
}  # fmt: skip


def written(path: Path) -> Iterator[str]:
    """The calls in a file that look like writing rows."""
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            owner = ast.unparse(node.func.value)
            if node.func.attr in WRITE and owner.rpartition(".")[2] not in NO_ROWS:
                yield f"{path.relative_to(APP)}:{node.lineno}: {owner}.{node.func.attr}()"


def is_allowed(path: Path) -> bool:
    return bool(ALLOWED.keys() & {path.parts[0].removesuffix(".py"), str(path.with_suffix(""))})


@pytest.mark.heart
def test_rows_are_written_by_the_workflow_only():
    found = [
        line
        for path in sorted(APP.rglob("*.py"))
        if not is_allowed(path.relative_to(APP))
        for line in written(path)
    ]
    assert found == []


def test_the_workflow_would_be_found_writing():
    assert any("Transition.objects.create()" in line for line in written(APP / "workflow/core.py"))


@pytest.mark.heart
def test_no_page_turns_one_refusal_into_another():
    pages = [path for room in ("views", "admin") for path in (APP / room).rglob("*.py")]
    turned = [
        path
        for path in pages
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Raise) and node.cause and "Refused" in ast.unparse(node)
    ]
    assert turned == []


# Rule 4: rows that tell of others' work are read through `visible_to`, or by
# their keys through `shown_to`; both note the look.

TELLING = re.compile(
    r"\b(Annotation|Capture|Citation|Comment|Snapshot|Source|SourceNote|Transition|Verdict)\.objects\b"
    r"(?!\.(visible_to|shown_to)\()"
)
NEAR_READERS = (
    "views",
    "queries",
    "admin",
    "forms",
    "words",
    "templatetags",
    "exchange",
    "tasks",
)
# Where such rows are asked for otherwise, how often, and why that shows nobody others' work.
ASKED_OTHERWISE = {
    "admin/base.py": (1, "none at all"),
    "admin/checks.py": (2, "one's own, just begun"),
    "admin/manage.py": (2, "whether a scale was used, of one that no claim waits with"),
    "queries/confidence.py": (1, "whether one may know who a source is that one may see"),
    "queries/filters.py": (1, "one's own, as part of a question"),
    "queries/outcomes.py": (1, "one's own"),
    "queries/first_steps.py": (1, "whether the rules were ever changed"),
    "queries/kept.py": (1, "the record of fetching a copy that one may see"),
    "queries/copies.py": (3, "hashes of bytes, for whoever keeps the server"),
    "queries/publication.py": (5, "when something happened to what readers have, as a time"),
    "queries/period.py": (1, "what verdicts that readers have stand on, as numbers"),
    "queries/decisions.py": (3, "what was taken back in public"),
    "queries/queue.py": (1, "which claims are disclosed"),
    "tasks/watching.py": (
        2,
        "what published verdicts quote, and the copy beside: for nobody's eyes",
    ),
    "views/article/check_panels.py": (1, "why one's own annotation was returned"),
    "views/article/checking.py": (2, "one's own"),
    "views/article/citing.py": (1, "one's own"),
    "views/article/handing_in.py": (2, "how many sources one's own cite, and which have no place"),
    "views/article/details.py": (1, "changes to what is said of an article"),
}


def test_what_tells_of_others_is_read_through_what_notes_it():
    found = {
        str(path.relative_to(APP)): len(asked)
        for room in NEAR_READERS
        for path in (APP / room).rglob("*.py")
        if (asked := [*TELLING.finditer(path.read_text("utf-8"))])
    }
    assert found == {path: count for path, (count, _why) in ASKED_OTHERWISE.items()}
