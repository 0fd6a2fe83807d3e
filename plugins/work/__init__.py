"""Work in the background, for every app of the site.

An app says what kinds of work it has (`job_kinds`) and what is due when (`due`), begins
a piece of it (`running.start`) and sends whoever began it to its page (`views`). What
is worked out, how far it is and what came out stands in the database (`records`), so
that it outlives the process that works it out.
"""
