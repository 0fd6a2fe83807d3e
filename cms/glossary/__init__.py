"""The glossary: terms that pages use, explained in place and on a page of their own."""
