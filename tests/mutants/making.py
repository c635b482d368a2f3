"""Which faults can be planted in a module: each is one small change of its syntax tree."""

from __future__ import annotations

import ast
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

# One other comparison each: the one that differs at the edge.
COMPARED: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
    ast.Lt: ast.LtE,
    ast.LtE: ast.Lt,
    ast.Gt: ast.GtE,
    ast.GtE: ast.Gt,
    ast.Is: ast.IsNot,
    ast.IsNot: ast.Is,
    ast.In: ast.NotIn,
    ast.NotIn: ast.In,
}
CALCULATED: dict[type[ast.operator], type[ast.operator]] = {
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.BitOr: ast.BitAnd,
    ast.BitAnd: ast.BitOr,
}
# What a chain of a query loses as a whole.
LINKS = {"filter", "exclude", "order_by", "select_for_update", "distinct", "strip"}
# What these are given changes what a query costs, or whom it makes wait, and not what it finds.
FOR_SPEED = {"select_related", "prefetch_related", "select_for_update", "only", "defer"}
# Words for people, types, and what every call of every function goes through.
LEFT_ALONE = (ast.Assert, ast.Import, ast.ImportFrom, ast.Raise, ast.JoinedStr)
SKIPPED_FIELDS = {"annotation", "returns", "decorator_list", "ctx"}
MESSAGES = {"_", "gettext", "gettext_lazy", "ngettext", "ngettext_lazy", "pgettext"}
# How many rows go at a time, and what only speaks up for whoever writes the code.
NO_FACT = {"batch_size", "chunk_size", "strict"}
OUT = "(left out)"


@dataclass(frozen=True, slots=True)
class Mutant:
    """One fault: what stands in `field` of `parent` (at `index`, in a list) becomes `node`.

    `line` is where its statement begins; `text` names it whatever line it is on. What is in no
    function happened when the module was imported.
    """

    path: str
    line: int
    text: str
    in_function: bool
    parent: ast.AST
    field: str
    index: int | None
    node: Any

    @property
    def statement(self) -> tuple[str, int]:
        """What a test has to reach to notice it; line 0 is all that runs at import."""
        return self.path, self.line if self.in_function else 0

    def apply(self) -> Any:
        """Plant it in the tree; returns what stood there."""
        if self.index is None:
            before = getattr(self.parent, self.field)
            setattr(self.parent, self.field, self.node)
            return before
        row = getattr(self.parent, self.field)
        before, row[self.index] = row[self.index], self.node
        return before


def make(path: str, tree: ast.Module) -> list[Mutant]:
    """All faults of a module, in the order of its text; those told alike are numbered."""
    found: list[Mutant] = []
    told = Counter[str]()
    for each in _walk(tree, path, "", None, in_function=False):
        told[each.text] += 1
        number = told[each.text]
        found.append(each if number == 1 else replace(each, text=f"{each.text} #{number}"))
    return found


def _walk(
    parent: ast.AST, path: str, scope: str, statement: ast.stmt | None, *, in_function: bool
) -> Iterator[Mutant]:
    if isinstance(parent, ast.FunctionDef | ast.ClassDef):
        scope = f"{scope}.{parent.name}".strip(".")
    for field, value in ast.iter_fields(parent):
        if field in SKIPPED_FIELDS or (
            isinstance(parent, ast.Call) and _name(parent) in FOR_SPEED and field != "func"
        ):
            continue
        # What an argument is by default was worked out when the function was made.
        inside = in_function or (isinstance(parent, ast.FunctionDef) and field == "body")
        for index, child in enumerate(value if isinstance(value, list) else [value]):
            if not isinstance(child, ast.AST) or _is_nobodys(child):
                continue
            here = child if isinstance(child, ast.stmt) else statement
            place = (parent, field, index if isinstance(value, list) else None)
            for at, new in _variants(child, parent, in_function=inside):
                line = here.lineno if here else 0
                where = (child, at, None) if at else place
                text = f"{path} {scope or 'module'}: {_told(child, where, new)}"
                yield Mutant(path, line, text, inside, *where, new)
            if not (isinstance(child, LEFT_ALONE) or _is_message(child)):
                yield from _walk(child, path, scope, here, in_function=inside)


def _is_nobodys(node: ast.AST) -> bool:
    """Whether a fault in it can be no fault of what runs.

    What a module hands to `import *`; and columns and constraints, which the database has from its
    migrations: that the two agree is asked by `makemigrations --check`.
    """
    match node:
        case ast.Assign(targets=[ast.Name(id="__all__")]):
            return True
        case ast.ClassDef(name="Meta"):
            return True
        case ast.Assign(value=ast.Call(func=ast.Attribute(value=ast.Name(id="models")))):
            return True
        case ast.keyword(arg=str(name)):
            return name in NO_FACT
    return False


def _told(child: ast.AST, where: tuple[ast.AST, str, int | None], new: Any) -> str:
    """What the fault changes, in Python: before => after."""
    before = _source(child)
    if isinstance(new, ast.If):
        return f"{before} => {OUT}"
    fault = Mutant("", 0, "", True, *where, new)
    was = fault.apply()
    after = _source(child if where[0] is child else new)
    Mutant("", 0, "", True, *where, was).apply()
    return f"{before} => {after}"


def _source(node: ast.AST) -> str:
    """The node in one line; of what holds a block, the head."""
    if isinstance(node, ast.If):
        return f"if {ast.unparse(node.test)}: {_source(node.body[0])}"
    return " ".join(ast.unparse(node).split())


def _is_message(node: ast.AST) -> bool:
    """Words for people, or the putting of names into them."""
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Mod):
        return True
    return (
        isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in MESSAGES
    )


def _name(call: ast.Call) -> str:
    return getattr(call.func, "attr", getattr(call.func, "id", ""))


# --- what becomes of one node: (the field of it that changes, or "" for all of it; what stands
# there then) ---

Variant = tuple[str, Any]


def _variants(node: ast.AST, parent: ast.AST, *, in_function: bool) -> Iterator[Variant]:
    match node:
        case ast.stmt():
            yield from _of_statement(node, in_function=in_function)
        case ast.Compare():
            for at, op in enumerate(node.ops):
                yield "ops", [*node.ops[:at], COMPARED[type(op)](), *node.ops[at + 1 :]]
        case ast.BoolOp():
            yield "op", ast.Or() if isinstance(node.op, ast.And) else ast.And()
            for rest in _without_one(node.values):
                yield ("values", rest) if len(rest) > 1 else ("", rest[0])
        case ast.UnaryOp(op=ast.Not()):
            yield "", node.operand
        case ast.IfExp():
            yield "", node.body
            yield "", node.orelse
        case ast.Constant(value=bool(truth)):
            yield "value", not truth
        case ast.Constant(value=int(number)):
            yield "value", number + 1
        case ast.BinOp() if type(node.op) in CALCULATED:
            yield "op", CALCULATED[type(node.op)]()
        case ast.comprehension():
            yield from (("ifs", rest) for rest in _without_one(node.ifs))
        case ast.List() | ast.Set():
            yield from (("elts", rest) for rest in _without_one(node.elts))
        # A row of words or moves; not several values returned, nor a member with its label.
        case ast.Tuple() if isinstance(parent, ast.Compare) or (
            not in_function and not isinstance(parent, ast.Assign | ast.Subscript)
        ):
            yield from (("elts", rest) for rest in _without_one(node.elts))
        case ast.Call():
            yield from _of_call(node)


def _of_call(node: ast.Call) -> Iterator[Variant]:
    if _is_message(node):
        return
    if _name(node) in LINKS and isinstance(node.func, ast.Attribute):
        yield "", node.func.value
    # A chain that loses its only condition is above; a locked row saved as a whole is the same row.
    name = _name(node)
    if name not in {*FOR_SPEED, "save"} and (len(node.keywords) > 1 or name not in LINKS):
        for gone, rest in zip(node.keywords, _without_one(node.keywords), strict=True):
            if gone.arg not in NO_FACT:
                yield "keywords", rest


def _of_statement(node: ast.stmt, *, in_function: bool) -> Iterator[Variant]:
    left_out = ast.If(ast.Constant(False), [node], [])  # the compiler still sees its names
    match node:
        case ast.Raise() | ast.Continue() | ast.Break() | ast.Expr(value=ast.Call()):
            yield "", left_out
        case ast.Assign() if _is_lasting(node):
            yield "", left_out
        case ast.If():
            if not node.orelse and not isinstance(node.body[0], ast.Raise):
                yield "", left_out
            if not isinstance(node.test, ast.Compare | ast.BoolOp):
                yield "test", ast.Constant(True)
        case ast.Return(value=ast.List(elts=[]) | ast.Constant() | None):
            return
        case ast.Return():
            yield "value", ast.Constant(None)
        case ast.AugAssign() if type(node.op) in CALCULATED:
            yield "op", CALCULATED[type(node.op)]()


def _is_lasting(node: ast.Assign) -> bool:
    """Whether without it the names still mean something: row.field = ..., row = lock(row)."""
    target = node.targets[0]
    if isinstance(target, ast.Name):
        given = node.value.args if isinstance(node.value, ast.Call) else []
        return any(isinstance(each, ast.Name) and each.id == target.id for each in given)
    rows = target.elts if isinstance(target, ast.Tuple) else [target]
    return not any(isinstance(each, ast.Name) for each in rows)


def _without_one(row: list[Any]) -> Iterator[list[Any]]:
    for number in range(len(row)):
        yield [*row[:number], *row[number + 1 :]]
