"""Files that would end or hold the process that reads them, by name.

Run as a program it reads each in a thread with the stack of a server's worker, 2 MiB,
and prints as JSON what was said and the seconds of processor time.
"""

import json
import sys
import threading
import time

import django

DEPTH = 20_000
#: Each name's text, and what is said of it.
REFUSED: dict[str, tuple[str, str]] = {
    "sequences": ("a: " + "[" * DEPTH, "f:1: nested too deep"),
    "closed sequences": ("[" * DEPTH + "]" * DEPTH, "f:1: nested too deep"),
    "mappings": ("a: 1\nb: " + "{a: " * DEPTH, "f:2: nested too deep"),
    "pairs": ("[a: " * DEPTH, "f:1: nested too deep"),
    "mixed": ("{a: [" * DEPTH, "f:1: nested too deep"),
    "just too deep": ("[" * 33 + "]" * 33, "f:1: nested too deep"),
    "a million sequences": ("[" * 1_000_000, "f:1: nested too deep"),
    "a level a line": ("[\n" * DEPTH, "f:33: nested too deep"),
    "dashes": ("- " * DEPTH + "x", "f:1: nested too deep"),
    "indented dashes": (
        "\n".join(" " * n + "-" for n in range(1500)),
        "f:33: nested too deep",
    ),
    "indented keys": (
        "\n".join(" " * n + "k:" for n in range(1500)),
        "f:33: nested too deep",
    ),
    "keys of keys": ("? " * DEPTH + "x", "f:1: nested too deep"),
    "keys in brackets": ("{? [" * DEPTH, "f:1: nested too deep"),
    "anchored": ("&a [" * DEPTH, "f:1: nested too deep"),
    "tagged": ("!!seq [" * DEPTH, "f:1: "),
    "not": ("when: " + "{op: not, of: [" * 3_000, "f:1: nested too deep"),
    "after a mark": ("\ufeffa: " + "[" * DEPTH, "f:1: nested too deep"),
    "after quotes": ('a: "["\nb: ' + "[" * DEPTH, "f:2: nested too deep"),
    "300,000 keys": ("\n".join(f"{n:x}: 1" for n in range(160_000)), "f:"),
    "keys in one line": ("{" + "a," * 300_000 + "}", "f:1: "),
    "entries": ("- 1\n" * 400_000, "f:200000: too many"),
    "empty entries": ("-\n" * 800_000, "f:"),
    "anchors": ("- &a x\n" * 250_000, "f:200000: too many"),
    "aliases": ("- &a x\n" + "- *a\n" * 300_000, "f:2: an alias"),
    "doubling": (
        "a0: &a0 [x]\n"
        + "".join(f"a{n}: &a{n} [*a{n - 1}, *a{n - 1}]\n" for n in range(1, 40)),
        "f:2: an alias",
    ),
    "itself": ("&a [*a]", "f:1: an alias"),
    "tags": ("- !t x\n" * 250_000, "f:1: a tag"),
    "tag directives": (
        "".join(f"%TAG !a{n}! tag:x\n" for n in range(80_000)) + "--- a",
        "f:1: a line must not begin with %",
    ),
    "directives in the middle": ("a: 1\n...\n" + "%TAG ! x\n" * 200_000, "f:3: a line"),
    "directives after a mark": ("\ufeff%TAG ! x\n" * 100_000, "f:1: a line"),
    "documents": ("--- a\n" * 300_000, "f:2: expected a single document"),
    "5,000 digits": ("a: 1\nb: " + "1" * 5_000, "f:2: a number has at most 16 digits"),
    "digits": ("a: -" + "9" * 90_000, "f:1: a number has at most 16 digits"),
    "more digits": ("a: -" + "9" * 1_900_000, "f:1: "),
    "a text of 1 MB": ("a: 1\nb: " + "x " * 500_000, "f:2: "),
    "accents": ("a: " + "a" + "\u0301\u0316" * 90_000, "f:1: "),
    "digits as a key": ("1" * 5_000 + ": a", "f:1: "),
    "a long key": ("x" * 100_000 + ": 1", "f:1: "),
    "a long quoted key": ('"' + "x" * 900 + '": 1', "f:1: a key must be a word"),
    "one line of 5 MB": ("a: " + "x" * 5_000_000, "f:1: the file is too long"),
    "a comment of 5 MB": ("#" * 5_000_000, "f:1: the file is too long"),
    "colons": (":" * 1_900_000, "f:1: "),
    "commas": ("[" + "," * 1_900_000, "f:1: "),
    "never closed": ('a: "' + "[" * 1_000_000, "f:1: "),
    "NUL": ("é: 1\nb: \0", "f:2: this character"),
    "half a character": ("a: 1\nb: \ud800", "f:2: this holds half"),
    "UTF-16": ("a: 1".encode("utf-16-le").decode("latin-1"), "f:1: this character"),
}
#: What only looks like it stays text.
READ = {
    "quoted brackets": 'a: "' + "[{" * DEPTH + '"',
    "single-quoted brackets": "a: '" + "[" * DEPTH + "'",
    "a block of brackets": "a: |\n  " + "[" * DEPTH,
    "brackets in a comment": "a: x\n# " + "[" * DEPTH,
    "brackets in a word": "a: x" + "[" * DEPTH,
    "deep enough": "[" * 32 + "]" * 32,
    "a comment of 1 MB": "#" * 1_000_000 + "\na: x",
    "blank lines": "\n" * 1_000_000 + "a: x",
    "a long text": "a: " + "x " * 45_000,
    "lines": "a: >\n" + "  x\n" * 45_000,
    "escapes": 'a: "' + "\\x41" * 90_000 + '"',
    "a file of texts": ("- " + "word " * 1_000 + "\n") * 380,
}


def main() -> None:
    django.setup()
    from screening_block.packs.strict_yaml import read_yaml

    said = {}

    def read(text: str, name: str) -> None:
        begun = time.process_time()
        document = read_yaml(text, "f")
        said[name] = (document.problems[:3], time.process_time() - begun)

    threading.stack_size(2 * 1024 * 1024)
    texts = {name: text for name, (text, _said) in REFUSED.items()} | READ
    for name, text in texts.items():
        # What it reads is named before it is read, for whoever looks at a crash.
        print(name, file=sys.stderr, flush=True)
        thread = threading.Thread(target=read, args=(text, name))
        thread.start()
        thread.join()
    json.dump(said, sys.stdout)


if __name__ == "__main__":
    main()
