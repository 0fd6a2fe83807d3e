"""What machines read of the site: search engines, previews of links, assistants."""
