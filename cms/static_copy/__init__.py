"""The whole public site as files, which any static host can serve.

`build` asks this site itself, page by page, follows every address it finds, and writes
what comes back. What only a server can do (`server_work`) goes to the address of one,
or says that it is not there.
"""
