"""Law packs and files of one screener: read, write and load."""
