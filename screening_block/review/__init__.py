"""What a draft changes, for those who approve it: sentences, impact, releases."""
