"""What Wagtail says to staff and has no Spanish for.

Named here, so that the catalogue of the site has them; it comes before Wagtail's own.
A test holds that Wagtail still says each of them, and still not in Spanish.
"""

from django.utils.translation import gettext_noop as _

MAILS = [
    _('The %(model_name)s "%(title)s" has been approved in "%(workflow)s".'),
    _('The %(model_name)s "%(title)s" has been approved in workflow "%(workflow)s".'),
    _('The %(model_name)s "%(title)s" has been rejected during "%(workflow)s".'),
    _(
        'The %(model_name)s "%(title)s" has been rejected during "%(task)s" in '
        'workflow "%(workflow)s".'
    ),
    _(
        'The %(model_name)s "%(title)s" has been rejected during "%(task)s" in '
        'workflow "%(workflow)s" by %(rejector)s.'
    ),
    _(
        'The %(model_name)s "%(title)s" has been submitted for approval in moderation '
        'stage "%(task)s"'
    ),
    _(
        'The %(model_name)s "%(title)s" has been submitted for approval to moderation '
        'stage "%(task)s".'
    ),
    _(
        'The %(model_name)s "%(title)s" has been submitted for moderation to workflow '
        '"%(workflow)s" by %(requester)s.'
    ),
    _(
        'The %(model_name)s "%(title)s" has been submitted for moderation to workflow '
        '"%(workflow)s".'
    ),
    _('The %(model_name)s "%(title)s" has been submitted to workflow "%(workflow)s"'),
    _("You can preview the %(model_name)s here:"),
]
