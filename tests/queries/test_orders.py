"""No list is put in the order of a relation's name.

Django takes the name of a relation for the order of the other table: `order_by("edition")` is by
the time of the edition, and rows of one moment come in any order. A page of a list that goes on
behind such a row loses the others. `edition_id` is the key, `edition__number` what it says.
"""

from __future__ import annotations

import ast
from pathlib import Path

from django.apps import apps

FILES = [
    path for path in sorted(Path("annotations").rglob("*.py")) if "migrations" not in path.parts
]
RELATIONS = {
    field.name
    for model in apps.get_app_config("annotations").get_models()
    for field in model._meta.get_fields()
    if field.is_relation
}


def orders(path: Path) -> list[str]:
    """The names by which something is put in order there."""
    found: list[str] = []
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            given = [each.value for each in node.args if isinstance(each, ast.Constant)]
            is_order = node.func.attr in ("order_by", "distinct")
            found += [str(each) for each in given if is_order]
    return found


def test_an_order_names_a_column():
    named = {
        f"{path}: {name}"
        for path in FILES
        for name in orders(path)
        if name.lstrip("-").split("__")[-1] in RELATIONS
    }
    assert named == set(), "say _id for the key"
