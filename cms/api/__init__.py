"""The content API: articles, topics, terms, pages, the site, and its description."""
