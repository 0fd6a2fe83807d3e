"""Everything that Wagtail asks of screeners: the hooks of each room."""

from .editor import hooks as editor_hooks  # noqa: F401
from .law import hooks as law_hooks  # noqa: F401
from .map import hooks as map_hooks  # noqa: F401
from .packs import hooks as packs_hooks  # noqa: F401
from .reports import hooks as reports_hooks  # noqa: F401
from .review import hooks as review_hooks, publish_hooks, release_hooks  # noqa: F401
from .scenarios import hooks as scenarios_hooks  # noqa: F401
from .usage import hooks as usage_hooks  # noqa: F401
from .visitor import hooks as visitor_hooks  # noqa: F401
