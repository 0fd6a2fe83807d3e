"""The content API: articles, topics, pages and the site, and how it is described."""
