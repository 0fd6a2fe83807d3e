"""Every public template, and each state that it shows: the one table.

Whoever adds a public page adds a line. `tests/cms/test_public_states.py` looks at them.
"""

from __future__ import annotations

from tests.visits import (
    KEY,
    Visit,
    fault,
    frame,
    get,
    question,
    recalled,
    restricted,
    step,
    withdrawn,
)

ARTICLE = (
    "/articles/does-an-expunged-california-firearm-conviction-count-for-immigration/",
    "/es/articulos/condena-por-armas-limpiada-e-inmigracion/",
)
FORM = f"/screeners/{KEY}/"

#: What is shown, and how to get there.
STATES: dict[str, Visit] = {
    "home": get("/"),
    "list of articles": get("/articles/", "/es/articulos/"),
    "list, with a search": get("/articles/?q=gun", "/es/articulos/?q=arma"),
    "list, nothing found": get("/articles/?q=zzzz", "/es/articulos/?q=zzzz"),
    "article": get(*ARTICLE),
    "article behind a password": restricted,
    "topic": get("/topics/green-cards/", "/es/topics/tarjetas-verdes/"),
    "search, empty": get("/search/"),
    "search": get("/search/?q=green+card", "/es/search/?q=tarjeta+verde"),
    "search, nothing found": get("/search/?q=zzzz"),
    "glossary": get("/glossary/"),
    "directory of help": get("/help/", "/es/ayuda/"),
    "about": get("/about/", "/es/acerca-de/"),
    "team": get("/team/", "/es/equipo/"),
    "contact": get("/contact/", "/es/contacto/"),
    "terms": get("/terms/", "/es/condiciones/"),
    "accessibility": get("/accessibility/", "/es/accesibilidad/"),
    "privacy": get("/privacy/", "/es/privacidad/"),
    "a file to open": get("/open/"),
    "no such page": get("/nowhere/", status=404),
    "no such screener": get("/screeners/nowhere/", status=404),
    "bad request": fault("400"),
    "forged form": fault("403_csrf"),
    "too many requests": fault("429"),
    "server error": fault("500"),
    "description of the API": get("/api/docs/", "/api/docs/"),
    "check of the embed": get("/embed/v1/check", "/embed/v1/check?locale=es"),
    "page of a screener": get(f"/{KEY}/"),
    "form, start": get(FORM),
    "form, one of several": question("one"),
    "form, one of several, wrong": question("one", wrong=True),
    "form, several": question("several"),
    "form, a day": question("date"),
    "form, a day, wrong": question("date", wrong=True),
    "form, a number": question("number"),
    "form, a number, wrong": question("number", wrong=True),
    "form, urgent or to check": step(),
    "form, to check": step("next"),
    "form, result": step("next", "result"),
    "frame": frame(),
    "frame, gone": frame("withdrawn", 404),
    "frame, recalled": frame("recalled", 410),
    "page of a recalled screener": recalled(get(f"/{KEY}/", status=410)),
    "form of a recalled screener": recalled(get(FORM, status=410)),
    "article with a recalled screener": recalled(get(*ARTICLE)),
    "form of a screener that is withdrawn": withdrawn(get(FORM, status=404)),
    "article with a withdrawn screener": withdrawn(get(*ARTICLE)),
}
