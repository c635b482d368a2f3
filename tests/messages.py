"""All messages, read from templates and code: what catalogues must hold.

Gettext's own tools are not needed: Django parses the templates, Python the code.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import polib
from django.template import engines
from django.template.loader_tags import IncludeNode
from django.templatetags.i18n import BlockTranslateNode, TranslateNode

LOCALE = Path(__file__).resolve().parents[1] / "locale"
APP = Path(__file__).resolve().parents[1] / "annotations"
PROJECT = APP.parent / "factcheck"
FUNCTIONS = {"_", "gettext", "gettext_lazy"}

Message = tuple[str, str, str]
"""A message's context, the message and its plural; empty where there is none."""


def messages() -> dict[Message, str]:
    """All messages, each with the file it was found in first."""
    found: dict[Message, str] = {}
    templates = APP / "templates"
    for path in sorted(templates.rglob("*.html")) + sorted(templates.rglob("*.txt")):
        name = str(path.relative_to(templates))
        for message in _of_template(name):
            found.setdefault(message, f"templates/{name}")
    for path in sorted(APP.rglob("*.py")) + sorted(PROJECT.rglob("*.py")):
        name = str(path.relative_to(APP if APP in path.parents else PROJECT.parent))
        if not name.startswith("migrations/"):
            for message in _of_code(ast.parse(path.read_text(encoding="utf-8"))):
                found.setdefault(message, name)
    return found


def _of_template(name: str) -> Iterator[Message]:
    template: Any = engines["django"].get_template(name)
    yield from _of_nodes(template.template.nodelist)


def _of_nodes(nodes: Any) -> Iterator[Message]:
    for node in nodes:
        if isinstance(node, TranslateNode):
            yield _context(node), str(node.filter_expression.var.literal), ""
        elif isinstance(node, BlockTranslateNode):
            singular, _names = node.render_token_list(node.singular)
            plural, _names = node.render_token_list(node.plural) if node.plural else ("", [])
            if node.trimmed:
                singular, plural = _trimmed(singular), _trimmed(plural)
            yield _context(node), singular, plural
        elif isinstance(node, IncludeNode):
            if isinstance(node.template.var, str):
                yield from _of_template(node.template.var)
        else:
            for attribute in node.child_nodelists:
                children = getattr(node, attribute, None)
                if children is not None:
                    yield from _of_nodes(children)
            if hasattr(node, "conditions_nodelists"):
                for _condition, children in node.conditions_nodelists:
                    yield from _of_nodes(children)


def _context(node: Any) -> str:
    return str(node.message_context.var) if node.message_context else ""


def _trimmed(words: str) -> str:
    return " ".join(line.strip() for line in words.splitlines() if line.strip())


def _of_code(tree: ast.AST) -> Iterator[Message]:
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Name):
            continue
        texts = [arg.value for arg in node.args if isinstance(arg, ast.Constant)]
        words = [text for text in texts if isinstance(text, str)]
        if node.func.id in FUNCTIONS and words:
            yield "", words[0], ""
        elif node.func.id in {"pgettext", "pgettext_lazy"} and len(words) >= 2:
            yield words[0], words[1], ""
        elif node.func.id in {"ngettext", "ngettext_lazy"} and len(words) >= 2:
            yield "", words[0], words[1]


def main() -> None:
    """Compile the catalogues, and list what they lack: python -m tests.messages."""
    for path in sorted(LOCALE.glob("*/LC_MESSAGES/django.po")):
        catalogue = polib.pofile(str(path))
        catalogue.save_as_mofile(str(path.with_suffix(".mo")))
        known = {(each.msgctxt or "", each.msgid, each.msgid_plural or "") for each in catalogue}
        for message, where in messages().items():
            if message not in known:
                print(f"{path.parts[-3]}: {message[1]!r} ({where})")


if __name__ == "__main__":
    import django

    django.setup()
    main()
