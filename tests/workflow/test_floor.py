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
    "exchange/reading": "a text on its way in, kept between two pages of one import",
    "exchange/moving": "rows of another site, whole, with their own log (decision 0120)",
}
# Things with such a method that are no rows: what the name before the dot ends with.
NO_ROWS = {
    "hashed", "found", "context", "data", "image", "written", "left_out", "begun", "noted",
    "formset", "super()", "_taken",
}  # fmt: skip


def written(path: Path) -> Iterator[str]:
    """The calls in a file that look like writing rows, and what writes them being imported."""
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.ImportFrom) and (node.module or "").rpartition(".")[2] == "storing":
            yield f"{path.relative_to(APP)}:{node.lineno}: from {node.module} import"
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            owner = ast.unparse(node.func.value)
            if node.func.attr in WRITE and owner.rpartition(".")[2] not in NO_ROWS:
                yield f"{path.relative_to(APP)}:{node.lineno}: {owner}.{node.func.attr}()"


def is_allowed(path: Path) -> bool:
    return any(str(each) in ALLOWED for each in (path.with_suffix(""), *path.parents))


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
    found = written(APP / "workflow/core.py")
    assert any("from storing import" in line for line in found)


ACTIVE = "is_active"
MAY_SAY_ACTIVE = {
    "workflow/accounts.py": "the one function that writes it, with a line of the log",
    "models/user.py": "a save of the whole row leaves it out",
    "exchange/moving/newcomers.py": "accounts that are new here, closed until somebody opens them",
    "admin/manage.py": "a column, a filter, and a field that `save_model` hands to that function",
}


def closes_accounts(tree: ast.AST) -> bool:
    """Whether code writes `is_active`, or names it in a string, by which a form could write it."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and node.attr == ACTIVE:
            if isinstance(node.ctx, ast.Store):
                return True
        elif isinstance(node, ast.Call):
            called = ast.unparse(node.func).rpartition(".")[2]
            if called in {*WRITE, "User", "create_user"} and ACTIVE in {
                keyword.arg for keyword in node.keywords
            }:
                return True
        elif isinstance(node, ast.Constant) and node.value == ACTIVE:
            return True
    return False


def test_one_function_opens_and_closes_accounts():
    places = [APP, APP.parent / "factcheck"]
    found = {
        str(path.relative_to(APP if APP in path.parents else APP.parent))
        for place in places
        for path in place.rglob("*.py")
        if "migrations" not in path.parts and closes_accounts(ast.parse(path.read_text()))
    }
    assert found == MAY_SAY_ACTIVE.keys()


@pytest.mark.parametrize(
    "code",
    [
        "person.is_active = person.is_staff = False",
        "person.x, person.is_active = 1, False",
        "User.objects.filter(pk=1).update(is_active=False)",
        "User.objects.create(username='a', is_active=False)",
        "setattr(person, 'is_active', False)",
        "class Meta:\n    fields = ['email', 'is_active']",
    ],
)
def test_any_other_way_to_close_an_account_would_be_found(code):
    assert closes_accounts(ast.parse(code))


def test_asking_who_may_sign_in_is_no_writing():
    code = "if person.is_active: rows = User.objects.filter(is_active=True)"
    assert not closes_accounts(ast.parse(code))


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


# Rule 4: rows that tell of others' work are read through `visible_to`, or by their keys through
# `shown_to`, `rated_shown_to` and `shown_where`: all note the look.

TELLING = re.compile(
    r"\b(Annotation|Capture|Citation|Comment|Snapshot|Source|SourceNote|Transition|Verdict)\.objects\b(?!\.(?:visible_to|(?:rated_)?shown_to|shown_where)\()"
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
    "queries/copies.py": (2, "hashes of bytes, for whoever keeps the server"),
    "queries/publication.py": (5, "when something happened to what readers have, as a time"),
    "queries/period.py": (1, "what verdicts that readers have stand on, as numbers"),
    "queries/decisions.py": (3, "what was taken back in public"),
    "queries/queue.py": (1, "which claims are disclosed"),
    "queries/searching.py": (1, "which verdicts hold a word, of which one's own view takes some"),
    "queries/sources.py": (1, "which sources hold a word, of which one's own view takes some"),
    "queries/shown_copies.py": (4, "saved copies behind what readers have, for readers"),
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
        if (asked := TELLING.findall(path.read_text("utf-8")))
    }
    assert found == {path: count for path, (count, _why) in ASKED_OTHERWISE.items()}
