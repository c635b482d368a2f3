"""Puts another code into functions that exist: who imported them has the fault too.

To import a module again would leave the old functions in the hands of everyone who imported them
by name. So the code of each function is exchanged in place; and what stands outside functions, the
table of moves and of rights, takes the new values where it is.
"""

from __future__ import annotations

import ast
import copy
import dataclasses
import importlib
import sys
from collections.abc import Iterator
from pathlib import Path
from types import CodeType, FunctionType, ModuleType
from typing import Any

from .making import Mutant, make

Key = tuple[str, int]
HIT = "_hit_of_mutants"
TESTS = str(Path(__file__).parents[1])
CAST = f"{TESTS}/cast.py"


class Planted:
    """One module: its syntax tree, its faults, and its functions wherever they have got to.

    `functions` are all that there are, once everything that uses the module is imported.
    """

    def __init__(self, path: str, functions: list[FunctionType]) -> None:
        self.path = path
        self.module = imported(path)
        self.tree = ast.parse(Path(path).read_text(encoding="utf-8"))
        self.mutants = make(path, self.tree)
        self.functions: dict[Key, list[FunctionType]] = {}
        for each in functions:
            if each.__code__.co_filename == self.module.__file__:
                self.functions.setdefault(_key(each.__code__), []).append(each)
        assert self.functions, f"nothing of {path} is found: no fault of it would be planted"

    def watch(self, hit: set[tuple[str, int]], own: set[tuple[str, int]]) -> None:
        """From now on each statement that runs in a function is noted in `hit`.

        In `own` too, where it was a test that led there, and not the cast getting ready.
        """

        def note(line: int) -> None:
            if (self.path, line) in own:
                return
            reached = {(self.path, line), (self.path, 0)}
            hit.update(reached)
            if _called_by() != CAST:
                own.update(reached)

        setattr(self.module, HIT, note)
        self._exchange(_Probes().visit(copy.deepcopy(self.tree)))

    def named_at(self, line: int) -> set[str]:
        """The names that the module gets by the statement on this line, which is in no function."""
        row = next(row for row in self.tree.body if _ends(row) >= line)
        if isinstance(row, ast.ClassDef | ast.FunctionDef):
            return {row.name}
        found = [each for each in ast.walk(row) if isinstance(each, ast.Name)]
        return {each.id for each in found if isinstance(each.ctx, ast.Store)}

    def using(self, names: set[str]) -> set[int]:
        """The lines of the statements in functions that speak of one of these names."""
        return {
            row.lineno
            for function in ast.walk(self.tree)
            if isinstance(function, ast.FunctionDef)
            for row in ast.walk(function)
            if isinstance(row, ast.stmt) and row is not function and names & _names_in(row)
        }

    def unwatch(self) -> None:
        self._exchange(self.tree)

    def plant(self, mutant: Mutant) -> None:
        """Make the fault, for the rest of this process."""
        mutant.apply()
        if mutant.in_function:
            self._exchange(self.tree)
            return
        changed = next(i for i, row in enumerate(self.tree.body) if _ends(row) >= mutant.line)
        rest = [row for row in self.tree.body[changed:] if not isinstance(row, ast.ImportFrom)]
        future = [row for row in self.tree.body if _is_future(row)]
        scratch = dict(vars(self.module))
        exec(self._compiled(ast.Module([*future, *rest], [])), scratch)  # noqa: S102
        for name, new in scratch.items():
            if name in vars(self.module) and not name.startswith("__"):
                _transplant(name, vars(self.module)[name], new)

    def _compiled(self, tree: ast.Module) -> CodeType:
        ast.fix_missing_locations(tree)
        return compile(tree, str(self.module.__file__), "exec")

    def _exchange(self, tree: ast.Module) -> None:
        done = set()
        for code in _codes(self._compiled(tree)):
            if _key(code) not in done:
                for function in self.functions.get(_key(code), []):
                    function.__code__ = code
            done.add(_key(code))


def imported(path: str) -> ModuleType:
    """The module, whether or not any test has imported it."""
    return importlib.import_module(path.removesuffix(".py").replace("/", "."))


def _called_by() -> str:
    """The nearest file of tests among those that led here."""
    frame = sys._getframe(2)
    while frame.f_back and not frame.f_code.co_filename.startswith(TESTS):
        frame = frame.f_back
    return frame.f_code.co_filename


def _names_in(row: ast.stmt) -> set[str]:
    found = {each.id for each in ast.walk(row) if isinstance(each, ast.Name)}
    return found | {each.attr for each in ast.walk(row) if isinstance(each, ast.Attribute)}


def _key(code: CodeType) -> Key:
    return code.co_qualname, code.co_firstlineno


def _ends(row: ast.stmt) -> int:
    return row.end_lineno or row.lineno


def _is_future(row: ast.stmt) -> bool:
    return isinstance(row, ast.ImportFrom) and row.module == "__future__"


def _codes(code: CodeType) -> Iterator[CodeType]:
    for each in code.co_consts:
        if isinstance(each, CodeType):
            yield each
            yield from _codes(each)


class _Probes(ast.NodeTransformer):
    """Puts before each statement of a function a call that says that it is reached."""

    depth = 0

    def visit_FunctionDef(self, node: ast.FunctionDef) -> ast.AST:
        self.depth += 1
        self.generic_visit(node)
        self.depth -= 1
        node.body = _probed(node.body)
        return node

    def generic_visit(self, node: ast.AST) -> ast.AST:
        super().generic_visit(node)
        for field in ("body", "orelse", "finalbody"):
            rows = getattr(node, field, None)
            if self.depth and isinstance(rows, list) and not isinstance(node, ast.FunctionDef):
                setattr(node, field, _probed(rows))
        return node


def _probed(rows: list[ast.stmt]) -> list[ast.stmt]:
    found: list[ast.stmt] = []
    for row in rows:
        call = ast.Call(ast.Name(HIT, ast.Load()), [ast.Constant(row.lineno)], [])
        found += [ast.copy_location(ast.Expr(call), row), row]
    return found


def _transplant(name: str, old: Any, new: Any) -> None:
    """Give what everyone holds the new value; what cannot change is replaced where it is known."""
    if old is new:
        return
    if isinstance(old, FunctionType) and isinstance(new, FunctionType):
        old.__defaults__, old.__kwdefaults__ = new.__defaults__, new.__kwdefaults__
        if hasattr(old, "__wrapped__"):
            _transplant(name, old.__wrapped__, new.__wrapped__)  # type: ignore[attr-defined]
    elif isinstance(old, type):
        for field, value in vars(new).items():
            if isinstance(value, FunctionType):
                _transplant(field, vars(old)[field], value)
    elif isinstance(old, dict):
        old.clear()
        old.update(new)
    elif dataclasses.is_dataclass(old):
        for field in dataclasses.fields(old):
            object.__setattr__(old, field.name, getattr(new, field.name))
    else:
        for owner, module in list(sys.modules.items()):
            is_ours = owner.startswith(("annotations", "tests"))
            if is_ours and vars(module).get(name) is old:
                setattr(module, name, new)
