"""The table of docs/settings.md, read from the code: `make docs` writes it, a test asks for it.

A setting is a call of factcheck.env with the name of its variable; what it does is the comment
above it, or above the statement that it stands in.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
READ_BY = ("factcheck/settings.py", "factcheck/serving.py")
PAGE = ROOT / "docs/settings.md"
KINDS = {"flag": "yes or no", "words": "list, with commas"}
OTHERWISE = {
    "places.VAR": "`var`, in the checkout or, with a wheel, where the process starts",
    "f'https://{_names[0]}' if _names and (not DEBUG) else 'http://127.0.0.1:8000'": (
        "`https://` and the first of ALLOWED_HOSTS"
    ),
    "'1' if env.flag('BEHIND_PROXY') else '0'": "`0`; `1` with BEHIND_PROXY",
    "'line' if DEBUG else 'json'": "`json`; `line` with DEBUG",
}
"""What is done where nothing is set, for defaults that are no plain text."""
BEGIN, END = "<!-- table: made by `make docs` -->\n", "<!-- end of table -->\n"


@dataclass
class Setting:
    name: str
    kind: str
    unset: str
    does: str


def settings() -> list[Setting]:
    """All of them, by name. Raises ValueError for one that nothing is said about."""
    found: dict[str, Setting] = {}
    for file in READ_BY:
        source = (ROOT / file).read_text(encoding="utf-8")
        lines = source.splitlines()
        calls = list(_calls(ast.parse(source)))
        # One that only says what another is by default is told where it stands for itself.
        inner = {id(part) for _, call in calls for part in ast.walk(call) if part is not call}
        for statement, call in sorted(calls, key=lambda each: id(each[1]) in inner):
            assert isinstance(call.func, ast.Attribute)
            kind = KINDS.get(call.func.attr, "")
            name, default = ast.literal_eval(call.args[0]), call.args[1:]
            said = _comment(lines, call.lineno) or _comment(lines, statement.lineno)
            known = found.get(name)
            if said and not (known and known.does):
                unset = "no" if call.func.attr == "flag" else _default(default)
                if unset.startswith("**") and said.startswith("With "):
                    unset = "**must be set** then"
                found[name] = Setting(name, kind, unset, said)
            elif known is None:
                found[name] = Setting(name, kind, "", "")
    silent = [name for name, setting in found.items() if not setting.does]
    if silent:
        raise ValueError(f"Say what it does, in a comment above it: {', '.join(silent)}")
    return [found[name] for name in sorted(found)]


def _calls(tree: ast.AST) -> Iterator[tuple[ast.stmt, ast.Call]]:
    """Each call of env, with the innermost statement around it."""
    for statement in ast.walk(tree):
        if not isinstance(statement, ast.stmt):
            continue
        for part in _own_parts(statement):
            if isinstance(part, ast.Call) and _is_setting(part):
                yield statement, part


def _is_setting(call: ast.Call) -> bool:
    """Whether it is a call such as env.text("NAME"), whatever the function of env."""
    of_env = ast.unparse(call.func).startswith("env.") and bool(call.args)
    name = call.args[0].value if of_env and isinstance(call.args[0], ast.Constant) else None
    return isinstance(name, str) and name.isupper()


def _own_parts(statement: ast.AST) -> Iterator[ast.AST]:
    """What is in a statement, but not in statements inside it."""
    for child in ast.iter_child_nodes(statement):
        if not isinstance(child, ast.stmt):
            yield child
            yield from _own_parts(child)


def _comment(lines: list[str], number: int) -> str:
    """The comment that ends on the line before this one, as one paragraph."""
    words: list[str] = []
    for line in reversed(lines[: number - 1]):
        if not line.strip().startswith("# "):
            break
        words.insert(0, line.strip().removeprefix("# "))
    return " ".join(words)


def _default(given: list[ast.expr]) -> str:
    if not given:
        return "**must be set**"
    value = given[0]
    if isinstance(value, ast.Constant):
        return f"`{value.value!s}`" if value.value else ""
    if isinstance(value, ast.IfExp) and ast.unparse(value.orelse) == "None":
        return "**must be set** unless DEBUG"
    return OTHERWISE.get(ast.unparse(value)) or f"`{ast.unparse(value)}`"


def table() -> str:
    rows = ["| Setting | If unset | What it does |", "|---|---|---|"]
    for one in settings():
        kind = f" ({one.kind})" if one.kind else ""
        rows.append(f"| `{one.name}`{kind} | {one.unset} | {one.does} |")
    return "\n".join(rows) + "\n"


def page() -> str:
    """The page as it should be: what stands around the table is its own."""
    before, _begin, rest = PAGE.read_text(encoding="utf-8").partition(BEGIN)
    return f"{before}{BEGIN}\n{table()}\n{END}{rest.partition(END)[2]}"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
