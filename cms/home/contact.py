"""The page that says how to reach whoever the site is of."""

from django.utils.translation import gettext_lazy as _

from cms.pages import BodyPage


class ContactPage(BodyPage):
    """Shows the contact of the site settings, and what never to write in a mail."""

    parent_page_types = ["home.HomePage", "home.StandardPage"]
    template = "home/contact.html"

    class Meta:
        verbose_name = _("contact page")
        verbose_name_plural = _("contact pages")
