"""Links to drafts, for who has no account: a client, a translator, a front end.

A link is signed, ends by itself, can be withdrawn, shows one page as it is drafted at
the moment, and changes nothing. Nobody keeps what it shows.
"""
