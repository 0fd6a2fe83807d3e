"""Pictures that are uploaded: what is taken, and what of it is kept."""
