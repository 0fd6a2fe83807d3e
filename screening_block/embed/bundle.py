"""Makes one ES module of several, without Node.

Understands the style that the widget is written in, and refuses the rest by name:

- a statement at the top of a module starts a line, and nothing inside it does;
- `import { a, b } from "./file.js";` and no other import, no cycle, nothing renamed;
- one name a declaration, and that name in no other module of the bundle;
- `export` before a declaration, `export { a, b };`, `export { a } from "./file.js";`;
- a pattern is never taken from something in parentheses, `const { a } = (b ??= c());`:
  the minifier would move such a declaration before those that it needs.

`import()` stays as it is. Declarations that nothing reaches are left out.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path

_NAME = r"[A-Za-z_$][\w$]*"
_LIST = rf"\{{\s*({_NAME}(?:\s*,\s*{_NAME})*)?\s*,?\s*\}}"
_FROM = r'\s*from\s*"(\.[\w./-]+\.js)"\s*;'
_IMPORT = re.compile(rf"import\s*{_LIST}{_FROM}")
_EXPORT_LIST = re.compile(rf"export\s*{_LIST}(?:{_FROM}|\s*;)")
_DECLARATION = re.compile(
    rf"(export\s+)?(?:async\s+)?(?:const|let|class|function\s*\*?)\s+({_NAME})\b"
)
_OTHER_DECLARATION = re.compile(r"(?:export|import|const|let|var|function)\b")
_FUNCTION = re.compile(r"(?:async\s+)?function\b")
_COMMENT = re.compile(r"/\*.*?\*/|^\s*//[^\n]*$", re.DOTALL | re.MULTILINE)
_PATTERN = re.compile(r"\b(?:const|let)\s*[\[{][^;]*?[\]}]\s*=(?!=)([^;]*)")
_GROUP = re.compile(r"(?<![\w$)\]])\s*\((?![^()]*\)\s*=>)")
_STARTS = re.compile(r"^(?=[^\s})\]/])", re.MULTILINE)
_WORD = re.compile(_NAME)


class BundleError(ValueError):
    """A module that is not written in the style above: file, line of code, reason."""


@dataclass
class Statement:
    """One statement at the top of a module; `name` is what it declares, or ""."""

    text: str
    name: str = ""

    @property
    def words(self) -> set[str]:
        return set(_WORD.findall(self.text))


@dataclass
class Module:
    path: Path
    statements: list[Statement] = field(default_factory=list)
    #: The modules it needs, with the names it takes from each.
    needs: dict[Path, set[str]] = field(default_factory=dict)
    exports: set[str] = field(default_factory=set)


def read(path: Path) -> Module:
    """A module taken apart. Raises `BundleError`."""
    module = Module(path)
    text = _COMMENT.sub("", path.read_text("utf-8"))
    for pattern in _PATTERN.finditer(text):
        if _GROUP.search(pattern[1]):
            raise _refusal(path, pattern[0], "takes a pattern from parentheses")
    for part in _STARTS.split(text):
        if part.strip():
            _sort_in(module, part.strip())
    return module


def _sort_in(module: Module, text: str) -> None:
    if found := _IMPORT.fullmatch(text):
        _need(module, found[2], found[1])
    elif found := _EXPORT_LIST.fullmatch(text):
        module.exports.update(_WORD.findall(found[1] or ""))
        if found[2]:
            _need(module, found[2], found[1])
    elif found := _DECLARATION.match(text):
        exported, name = found.groups()
        if exported:
            module.exports.add(name)
        module.statements.append(Statement(text[len(exported or "") :], name))
    elif _OTHER_DECLARATION.match(text):
        raise _refusal(module.path, text, "is not in the style that can be bundled")
    else:
        module.statements.append(Statement(text))


def _need(module: Module, address: str, names: str | None) -> None:
    path = (module.path.parent / address).resolve()
    if not path.is_file():
        raise BundleError(f"{module.path}: there is no {address}")
    module.needs.setdefault(path, set()).update(_WORD.findall(names or ""))


def _refusal(path: Path, text: str, reason: str) -> BundleError:
    return BundleError(f"{path}: “{text.splitlines()[0][:80]}” {reason}.")


def modules(entry: Path) -> list[Module]:
    """The entry and all that it needs, each after what it needs."""
    done: dict[Path, Module] = {}
    open_: list[Path] = []

    def visit(path: Path) -> None:
        if path in open_:
            circle = " -> ".join(p.name for p in [*open_[open_.index(path) :], path])
            raise BundleError(f"{path}: imports go in a circle: {circle}.")
        if path in done:
            return
        open_.append(path)
        module = read(path)
        for other in module.needs:
            visit(other)
        open_.pop()
        done[path] = module

    visit(entry.resolve())
    for module in done.values():
        for path, names in module.needs.items():
            if missing := names - done[path].exports:
                raise _refusal(module.path, ", ".join(sorted(missing)), "is not there")
    return list(done.values())


def bundle(entry: Path) -> str:
    """One module that does what the entry does and exports the same names."""
    found = modules(entry)
    owners: dict[str, Path] = {}
    for module in found:
        for statement in module.statements:
            if statement.name in owners:
                reason = f"is declared in {owners[statement.name]} already"
                raise _refusal(module.path, statement.name, reason)
            if statement.name:
                owners[statement.name] = module.path
    exports = found[-1].exports
    kept = _reached(found, exports)
    statements = [s for m in found for s in m.statements if id(s) in kept]
    # Functions are there from the start wherever they stand; among their like they are
    # shorter as gzip.
    statements.sort(key=lambda s: not _FUNCTION.match(s.text))
    body = "\n".join(s.text for s in statements)
    # Nobody assigns to a constant here, and one word for both is shorter.
    body = re.sub(r"\bconst\b(?=[ [{])", "let", body)
    # In a function, because minifiers leave the names at the top of a file alone.
    names = ", ".join(sorted(exports))
    head = f"export const {{ {names} }} = " if names else ""
    return f"{head}(() => {{\n{body}\nreturn {{ {names} }};\n}})();\n"


def _reached(found: list[Module], exports: set[str]) -> set[int]:
    """The statements that are needed: those that act, and what they lead to."""
    statements = [statement for module in found for statement in module.statements]
    by_name = {s.name: s for s in statements if s.name}
    ahead = [s for s in statements if not s.name or s.name in exports]
    kept = set()
    while ahead:
        statement = ahead.pop()
        if id(statement) not in kept:
            kept.add(id(statement))
            ahead += [by_name[word] for word in statement.words if word in by_name]
    return kept
