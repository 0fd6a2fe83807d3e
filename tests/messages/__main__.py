"""Brings the catalogues in line with the code (`make messages`), or says what is not.

Usage: python -m tests.messages [--check]

With `--check` nothing is written. The exit code is 1 if anything is missing or out of
date, such as a message without a Spanish translation.
"""

import os
import sys

import django

from .catalogues import problems, write

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cms.settings.base")
django.setup()
if "--check" not in sys.argv[1:]:
    write()
found = list(problems())
print(*found, sep="\n", end="\n" if found else "")
sys.exit(bool(found))
