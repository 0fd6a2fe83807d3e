"""What the admin answers instead of a fault, and that nothing typed is lost by it."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from wagtail.models import Page, PageLogEntry

from cms import faults
from screening_block.models import Screener

pytestmark = pytest.mark.django_db

SECRET = "a-secret-word-of-the-fault"


@pytest.fixture
def forgiving(editor) -> Client:
    """Answers as a browser gets them."""
    editor.raise_request_exception = False
    return editor


def looks_like_the_admin(answer) -> bool:
    text = answer.content.decode()
    return "wagtailadmin/css/core.css" in text and "data-wagtail-sidebar" in text


def break_a_view(monkeypatch, error: Exception):
    from wagtail.admin.views.home import HomeView

    def broken(self, *args, **kwargs):
        raise error

    monkeypatch.setattr(HomeView, "get_context_data", broken)


def test_a_fault_in_the_admin_looks_like_it_and_tells_nothing(forgiving, monkeypatch):
    break_a_view(monkeypatch, RuntimeError(SECRET))
    answer = forgiving.get(reverse("wagtailadmin_home"))
    assert answer.status_code == 500
    assert looks_like_the_admin(answer)
    text = answer.content.decode()
    assert "Something went wrong" in text
    assert SECRET not in text and "Traceback" not in text and "RuntimeError" not in text


def test_a_fault_of_the_frame_itself_has_a_page_as_well(forgiving, monkeypatch):
    break_a_view(monkeypatch, RuntimeError(SECRET))
    real = faults.render

    def broken(request, *args, **kwargs):
        if request is not None:
            raise RuntimeError("no database")
        return real(request, *args, **kwargs)

    monkeypatch.setattr(faults, "render", broken)
    answer = forgiving.get(reverse("wagtailadmin_home"))
    assert answer.status_code == 500
    assert "Something went wrong" in answer.content.decode()


def test_a_visitor_s_fault_page_is_the_site_s(client, monkeypatch, small_site):
    from cms.articles.models import ArticlePage

    def broken(self, *args, **kwargs):
        raise RuntimeError(SECRET)

    client.raise_request_exception = False
    monkeypatch.setattr(ArticlePage, "get_context", broken)
    answer = client.get("/articles/short/")
    assert answer.status_code == 500
    text = answer.content.decode()
    assert "wagtailadmin" not in text and SECRET not in text


def test_an_address_that_is_none_looks_like_the_admin(editor):
    for url in ("/admin/pages/99999999999999999999999999/edit/", "/admin/failwhale/"):
        answer = editor.get(url)
        assert answer.status_code == 404
        assert "wagtailadmin/css/core.css" in answer.content.decode()


@pytest.mark.once  # refused before anything is written
@pytest.mark.parametrize(
    "url",
    [
        "/admin/pages/{pk}/copy/",
        "/admin/choose-external-link/",
        "/admin/pages/1/unlock/",
        "/admin/pages/1/set_position/",
        "/admin/redirects/import/process/",
        "/admin/screening/take-in/",
        "/admin/screening/describe/",
        "/admin/workflows/edit/1/",
    ],
)
def test_a_post_without_its_fields_is_no_fault_of_ours(forgiving, screener, url):
    answer = forgiving.post(url.format(pk=screener.pk), {})
    assert answer.status_code in (200, 400, 422)
    assert "Something went wrong" not in answer.content.decode()


@pytest.mark.once  # refused before anything is written
@pytest.mark.parametrize("given", ["", "x", "99999", "9" * 40, "\x00", "-1"])
def test_a_copy_to_nowhere_is_no_fault_of_ours(forgiving, screener, given):
    before = Page.objects.count()
    url = reverse("wagtailadmin_pages:copy", args=[screener.pk])
    answer = forgiving.post(
        url, {"new_title": "A", "new_slug": "a", "new_parent_page": given}
    )
    assert answer.status_code in (200, 302, 400)
    assert Page.objects.count() == before


def test_what_stands_in_an_address_is_checked_before_a_database_has_to(client, editor):
    for text in ("/articles/?q=%00", "/?a=%00", "/%00/", "/api/v1/articles/?q=%00"):
        assert client.get(text).status_code in (200, 400, 404)
    for number in (2**63, 10**30):
        for url in (
            f"/admin/screening/scenarios/{number}/add/",
            f"/admin/snippets/screening_block/chart/rows/{number}/",
            f"/_util/authenticate_with_password/{number}/1/",
        ):
            assert editor.get(url).status_code == 404


def test_an_address_that_is_no_text_is_a_plain_400(editor, client):
    for asked in (editor, client):
        answer = asked.get("/admin/pages/1/?p=%00")
        assert answer.status_code == 400
        assert "Part of this did not arrive" in answer.content.decode()


def test_a_misreading_by_wagtail_is_written_down_as_an_error(forgiving, caplog):
    answer = forgiving.post("/admin/choose-external-link/", {})
    assert answer.status_code == 400
    (record,) = [r for r in caplog.records if r.name == "cms.faults"]
    assert record.levelname == "ERROR" and record.exc_info


def test_a_fault_in_code_of_ours_is_never_called_a_misreading(forgiving, monkeypatch):
    # The view is ours that calls it.
    def broken(*args, **kwargs):
        raise AttributeError(SECRET)

    monkeypatch.setattr("screening_block.packs.views.examine_file", broken)
    answer = forgiving.post("/admin/screening/take-in/", {"content": "x"})
    assert answer.status_code == 500
    # Nor one of Wagtail's that nothing was sent to.
    break_a_view(monkeypatch, AttributeError(SECRET))
    assert forgiving.get(reverse("wagtailadmin_home")).status_code == 500


def test_a_refusal_of_ours_is_a_page_of_the_admin_with_every_reason(
    forgiving, screener, monkeypatch
):
    def refused(self, *args, **kwargs):
        raise ValidationError(["This is one reason.", "<b>This is another.</b>"])

    monkeypatch.setattr(Screener, "save", refused)
    url = reverse("wagtailadmin_pages:unpublish", args=[screener.pk])
    answer = forgiving.post(url, {})
    assert answer.status_code == 422
    assert looks_like_the_admin(answer)
    text = answer.content.decode()
    assert "This is one reason." in text and "&lt;b&gt;This is another." in text
    assert "data-go-back" in text
    assert Screener.objects.get(pk=screener.pk).live


def test_a_script_of_the_admin_is_told_in_json(forgiving, screener, monkeypatch):
    def refused(self, *args, **kwargs):
        raise ValidationError("No.")

    monkeypatch.setattr(Screener, "save", refused)
    url = reverse("wagtailadmin_pages:unpublish", args=[screener.pk])
    answer = forgiving.post(url, {}, headers={"accept": "application/json"})
    assert answer.status_code == 400
    assert answer.json()["success"] is False
    assert "No." in answer.json()["error_message"]


def test_a_copy_of_several_pages_is_made_whole_or_not_at_all(
    forgiving, small_site, monkeypatch
):
    """The second page of a section is refused: the first one is not left behind."""
    from cms.articles.models import ArticlePage

    def refused(self, *args, **kwargs):
        if "full" in self.slug:
            raise ValidationError("Not this one.")
        return Page.save(self, *args, **kwargs)

    monkeypatch.setattr(ArticlePage, "save", refused)
    before = Page.objects.count(), PageLogEntry.objects.count()
    answer = forgiving.post(
        reverse("wagtailadmin_pages:copy", args=[small_site.index.pk]),
        {
            "new_title": "Copy",
            "new_slug": "copy",
            "new_parent_page": small_site.home.pk,
            "copy_subpages": "on",
        },
    )
    assert answer.status_code == 422
    assert "Not this one." in answer.content.decode()
    assert (Page.objects.count(), PageLogEntry.objects.count()) == before


def test_a_browser_may_keep_a_form_and_nothing_else(editor, client, small_site):
    form = editor.get(reverse("wagtailadmin_pages:edit", args=[small_site.short.pk]))
    assert "no-store" not in form["Cache-Control"]
    assert "private" in form["Cache-Control"] and "no-cache" in form["Cache-Control"]
    for url in (reverse("wagtailadmin_home"), reverse("wagtailadmin_account")):
        assert "no-store" in editor.get(url)["Cache-Control"]


# -- Sessions --------------------------------------------------------------------


def strict(user) -> Client:
    client = Client(enforce_csrf_checks=True)
    client.force_login(user)
    return client


def test_a_form_from_before_the_log_in_can_be_saved_from_the_page_that_refuses_it(
    editor, small_site, django_user_model
):
    user = django_user_model.objects.get(username="editor")
    typed = {"title": "Ünï <b>", "body": "two\nlines", "action-publish": "1"}
    typed |= {"csrfmiddlewaretoken": "x" * 64}
    client = strict(user)
    url = reverse("wagtailadmin_pages:edit", args=[small_site.short.pk])
    answer = client.post(url, typed, headers={"sec-fetch-site": "same-origin"})
    assert answer.status_code == 403
    assert looks_like_the_admin(answer)
    text = answer.content.decode()
    assert "Save it now" in text
    assert "Ünï &lt;b&gt;" in text and "two\nlines" in text
    assert 'name="action-publish"' in text
    assert f'action="{url}"' in text
    assert text.count('name="csrfmiddlewaretoken"') == 1
    assert "x" * 64 not in text


def test_another_site_s_form_is_never_offered_to_be_sent(
    editor, small_site, django_user_model
):
    user = django_user_model.objects.get(username="editor")
    url = reverse("wagtailadmin_pages:delete", args=[small_site.short.pk])
    for headers in (
        {},
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
        {"sec-fetch-site": "none"},
    ):
        answer = strict(user).post(url, {"title": "Planted"}, headers=headers)
        assert answer.status_code == 403
        assert "Save it now" not in answer.content.decode()
        assert "Planted" not in answer.content.decode()
    assert Page.objects.filter(pk=small_site.short.pk).exists()


def test_whoever_is_logged_out_meanwhile_is_told_how_to_keep_what_was_typed(
    client, small_site
):
    url = reverse("wagtailadmin_pages:edit", args=[small_site.short.pk])
    answer = client.post(url, {"title": "Typed"})
    assert answer.status_code == 403
    text = answer.content.decode()
    assert "You are logged out" in text and "data-go-back" in text
    assert 'target="_blank"' in text
    # Reading leads to the log-in as ever, and so does logging in itself.
    assert client.get(url).status_code == 302
    log_in = client.post(reverse("wagtailadmin_login"), {"username": "x"})
    assert log_in.status_code == 200


def test_a_script_of_a_session_that_ended_gets_json(client, small_site):
    url = reverse("wagtailadmin_pages:edit", args=[small_site.short.pk])
    answer = client.post(url, {}, headers={"accept": "application/json"})
    assert answer.status_code == 403
    assert answer.json()["success"] is False


def test_a_password_is_never_in_the_page_that_follows_a_fault(forgiving, monkeypatch):
    from wagtail.admin.views.account import AccountView

    def broken(self, *args, **kwargs):
        raise RuntimeError(SECRET)

    monkeypatch.setattr(AccountView, "post", broken)
    data = {"password-old_password": "hunter2hunter2", "name_email-first_name": "A"}
    answer = forgiving.post(reverse("wagtailadmin_account"), data)
    assert answer.status_code == 500
    assert "hunter2" not in answer.content.decode()
    assert "name_email-first_name" not in answer.content.decode()
