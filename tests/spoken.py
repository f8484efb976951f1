"""
Find the texts of a package that speak of chance, of expectation, or of standing out.

A text speaks if its words match `CHANCE_WORDS`, or if it is made with one that does: a function
that returns `CHANCE` says what `CHANCE` says.
"""

import ast
import re
import tomllib
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import NamedTuple

CHANCE_WORDS = re.compile(
    r"toeval|willekeurig|\bloten\b|"
    r"\b(on)?verwacht|verkla(ar|ren)|"
    r"\bduidelijke?\b|\bzekere?\b|\bmogelijk\b|\bwaarschijnlijk|\buitgesproken\b|"
    r"(?<!\bbe )significan|aan te tonen|aantoonbaar|aangetoond|bewezen|"
    r"\bsprong\b|\bspringt|\bspringen|uitspring|opvall|\bopval|\bvalt op\b|\bvallen op\b|"
    r"\b(hoger|lager|groter) dan\b|\bkeer zo vaak\b|\bvaker dan\b|\bvaker of minder vaak\b|"
    r"\bmeer (of minder )?dan (door|verwacht|elders|anders|gewoon|normaal|de |het )|"
    r"\bstijg|\bdaling|\bdaald|\btoename|\bafname|\brelatief druk|\bdrukke (uren|plek|omgeving)|"
    r"\bbijzonder\b|\bpatroon\b",
    re.IGNORECASE,
)
"""Dutch words by which a text says more than what was counted, or says that it doesn't."""


class Text(NamedTuple):
    """Strings that a definition holds, and the definitions that it is made with."""

    strings: tuple[str, ...]
    made_with: frozenset[str]


def texts(folder: Path, package: str) -> dict[str, Text]:
    """
    List the definitions at the top of every module, by their name within the package.

    The entries of a dict have names of their own: ``charts.HOTSPOTS.title``. Docstrings don't
    count, and neither does what a module only passes on. Of a catalogue (TOML) each text is one.
    """
    found: dict[str, Text] = {}
    passed_on: dict[str, str] = {}
    for path in sorted(folder.rglob("*.py")):
        parts = path.relative_to(folder).with_suffix("").parts
        module = ".".join(part for part in parts if part != "__init__")
        tree = ast.parse(path.read_text(encoding="utf-8"))
        known = _names(tree, module, package)
        passed_on |= {_full(module, name): full for name, full in known.items()}
        for name, node in _definitions(tree):
            made_with = frozenset(_made_with(node, known))
            found[_full(module, name)] = Text(tuple(strings_in(node)), made_with)
    for path in sorted(folder.rglob("*.toml")):
        for texts_ in tomllib.loads(path.read_text(encoding="utf-8")).values():
            found |= {f"{path.stem}.{code}": Text((one,), frozenset())
                      for code, one in texts_.items()}  # fmt: skip
    return {
        name: text._replace(made_with=frozenset(passed_on.get(x, x) for x in text.made_with))
        for name, text in found.items()
    }


def speaking(found: Mapping[str, Text]) -> dict[str, str]:
    """Give the definitions that speak, by words of their own or by what they are made with."""
    said = {
        name: match.group(0)
        for name, text in found.items()
        for match in [next(filter(None, map(CHANCE_WORDS.search, text.strings)), None)]
        if match
    }
    while True:
        more = {
            name: f"made with {first}"
            for name, text in found.items()
            if name not in said
            for first in [next((one for one in sorted(text.made_with) if _within(one, said)), None)]
            if first
        }
        if not more:
            return said
        said |= more


def covers(name: str, listed: Iterable[str]) -> bool:
    """Tell whether a name is listed, or the dict that it is an entry of."""
    return name in set(listed) or name.rpartition(".")[0] in set(listed)


def _full(module: str, name: str) -> str:
    return f"{module}.{name}" if module else name


def _within(name: str, said: Mapping[str, str]) -> bool:
    return name in said or any(one.startswith(f"{name}.") for one in said)


def _definitions(tree: ast.Module) -> Iterable[tuple[str, ast.AST]]:
    for node in tree.body:
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            yield node.name, node
        elif isinstance(node, ast.Assign | ast.AnnAssign) and node.value is not None:
            target = node.targets[0] if isinstance(node, ast.Assign) else node.target
            if not isinstance(target, ast.Name) or target.id == "__all__":
                continue
            if isinstance(node.value, ast.Dict) and all(
                isinstance(key, ast.Constant) for key in node.value.keys
            ):
                for key, value in zip(node.value.keys, node.value.values, strict=True):
                    yield f"{target.id}.{key.value}", value
            else:
                yield target.id, node.value


def _names(tree: ast.Module, module: str, package: str) -> dict[str, str]:
    """Tell what each name that a module uses is called within the package."""
    own = {name.split(".")[0] for name, _ in _definitions(tree)}
    known = {name: _full(module, name) for name in own}
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith(package):
            within = (node.module or "").removeprefix(package).strip(".")
            for alias in node.names:
                known[alias.asname or alias.name] = _full(within, alias.name)
    return known


def strings_in(node: ast.AST) -> Iterable[str]:
    """Give the strings of a piece of code but its docstrings, those of an f-string together."""
    docstrings = {id(inner.value) for inner in ast.walk(node) if isinstance(inner, ast.Expr)}
    for inner in ast.walk(node):
        if isinstance(inner, ast.JoinedStr):
            yield "".join(
                part.value if isinstance(part, ast.Constant) else "…" for part in inner.values
            )
        elif (
            isinstance(value := getattr(inner, "value", None), str) and id(inner) not in docstrings
        ):
            yield value


def _made_with(node: ast.AST, known: Mapping[str, str]) -> Iterable[str]:
    own = {
        inner.id if isinstance(inner, ast.Name) else inner.arg
        for inner in ast.walk(node)
        if isinstance(inner, ast.arg)
        or (isinstance(inner, ast.Name) and isinstance(inner.ctx, ast.Store))
    }
    known = {name: full for name, full in known.items() if name not in own}
    entries = {}
    for inner in ast.walk(node):
        if isinstance(inner, ast.Subscript) and isinstance(inner.slice, ast.Constant):
            entries[id(inner.value)] = f".{inner.slice.value}"
    for inner in ast.walk(node):
        entry = entries.get(id(inner), "")
        if isinstance(inner, ast.Name) and inner.id in known:
            yield known[inner.id] + entry
        elif (
            isinstance(inner, ast.Attribute)
            and isinstance(inner.value, ast.Name)
            and inner.value.id in known
        ):
            yield f"{known[inner.value.id]}.{inner.attr}{entry}"
