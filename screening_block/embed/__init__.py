"""What other sites embed: the script, its style, the frame and oEmbed."""
