"""Law pack: California firearm convictions, dismissal and immigration."""
