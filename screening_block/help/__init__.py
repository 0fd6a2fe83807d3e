"""A directory of help that exists: who it is, how to reach them, when it was checked.

An app of its own, `screening_block.help`; without it everything else works as it did.
"""
