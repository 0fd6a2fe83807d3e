"""The content API of a legal-content site, typed. Nothing but the standard library.

    site = LegalContent("https://law.example.org")
    for article in site.every_article(fields=None):
        print(site.article(article["slug"])["title"])

Types of what it returns: `legal_content.shapes`, made from the API's description.
"""

from .client import Changes, LegalContent, ProblemError

__all__ = ["Changes", "LegalContent", "ProblemError"]
