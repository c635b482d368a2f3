"""A name means one thing in the whole tree: docs/decisions/0124."""

from __future__ import annotations

import ast
from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from django.apps import apps

WHOLE = {"annotations.models": "m", "annotations.editions.content": "c"}
"""Modules of which many names are used at once, under a letter."""


@cache
def trees() -> dict[Path, ast.Module]:
    """Every module of the app, parsed; migrations tell of what was."""
    files = sorted(Path("annotations").rglob("*.py"))
    return {
        path: ast.parse(path.read_text(encoding="utf-8"))
        for path in files
        if "migrations" not in path.parts
    }


@pytest.fixture(scope="module", autouse=True)
def forgotten_after() -> Iterator[None]:
    yield
    trees.cache_clear()


def classes(path: Path) -> list[str]:
    return [node.name for node in trees()[path].body if isinstance(node, ast.ClassDef)]


def test_a_word_of_the_vocabulary_names_one_class():
    words = {name for path in trees() if path.parent.name == "vocabulary" for name in classes(path)}
    others = [
        f"{path}: {name}"
        for path in trees()
        if path.parent.name != "vocabulary"
        for name in classes(path)
        if name in words
    ]
    assert words
    assert others == []


@pytest.mark.parametrize("name", ["Kind", "Act", "Reading", "Statement"])
def test_what_once_was_several_things_is_one_at_most(name):
    assert len([path for path in trees() if name in classes(path)]) <= 1


def imported() -> Iterator[tuple[str, str, str]]:
    """Each module of ours that is imported under another name: (who imports it, module, name)."""
    modules = {".".join(path.with_suffix("").parts).removesuffix(".__init__") for path in trees()}
    for path, tree in trees().items():
        package = list(path.with_suffix("").parts)
        for node in ast.walk(tree):
            if not isinstance(node, ast.ImportFrom):
                continue
            above = package[: -node.level] if node.level else []
            base = ".".join([*above, *filter(None, [node.module])])
            for each in node.names:
                module = f"{base}.{each.name}"
                if each.asname and module in modules:
                    yield str(path), module, each.asname


def test_a_module_under_another_name_says_whose_it_is():
    """As `workbench_queries` for queries.workbench, so that one name is one module everywhere."""
    wrong, means = [], defaultdict(set)
    for path, module, name in imported():
        means[name].add(module)
        *_above, package, own = module.split(".")
        allowed = [f"{own}_{package}", WHOLE.get(module)]
        if package != "queries":
            allowed.append(f"{package}_{own}")
        if name not in allowed:
            wrong.append(f"{path}: {module} as {name}")
    assert wrong == []
    assert means
    assert [name for name, modules in means.items() if len(modules) > 1] == []


def test_no_class_of_ours_is_imported_under_another_name():
    """Where two of one name meet in a file, one of them has to be called otherwise everywhere."""
    ours = {name for path in trees() for name in classes(path)}
    wrong = [
        f"{path}: {each.name} as {each.asname}"
        for path, tree in trees().items()
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom)
        for each in node.names
        if each.asname
        and each.name in ours
        and (node.level or (node.module or "").startswith("annotations"))
    ]
    assert wrong == []


def test_no_model_says_where_its_pages_are():
    """`annotations.addresses` does: a row has several pages."""
    models = apps.get_app_config("annotations").get_models()
    assert [model.__name__ for model in models if hasattr(model, "get_absolute_url")] == []
