"""The screener: its meaning, authoring, publishing, API and block."""

from importlib.util import find_spec
from pathlib import Path


def _check_kit() -> None:
    """Raise ImproperlyConfigured unless `plugins` is the kit that came with this app.

    A site may have a `plugins` of its own, which Python finds first. It says so here,
    before anything of the kit is imported, and not by whatever name is missing in it.
    """
    spec = find_spec("plugins")
    found = Path(spec.origin) if spec and spec.origin else None
    kit = Path(__file__).parent.parent / "plugins" / "__init__.py"
    if found is None or found.resolve() != kit.resolve():
        # Imported late: the engine in this package runs without Django.
        from django.core.exceptions import ImproperlyConfigured

        raise ImproperlyConfigured(
            "screening_block needs the package `plugins` that is installed with it "
            f"({kit}), but Python finds {found or 'none'} under that name. Rename what "
            "is yours, or put it into a package: both cannot be called `plugins`."
        )


_check_kit()
