"""Run a command with the PostgreSQL and Redis of this machine, or say why not.

Usage: python tests/services.py [--chosen] COMMAND...

With --chosen the places in `CHOSEN` are added to the command: `make services` runs
these tests, `make prove` all that use a database.

TEST_DATABASE_URL and TEST_CACHE_URL are used if set; else the usual local addresses
are tried. The tests make a database of their own there, and use Redis keys of their
own that expire.
"""

from __future__ import annotations

import os
import subprocess
import sys

import psycopg
import redis

DATABASES = [
    "postgresql:///postgres",
    "postgresql://postgres@localhost/postgres",
    "postgresql://postgres:postgres@localhost/postgres",
]
CACHE = "redis://localhost:6379/15"
#: What a database or cache may make different: what it finds and in which order, holds,
#: refuses, cuts, locks, counts or undoes, how it stores JSON, and what a migration does
#: to it. Code that only reads and writes rows is the same on all of them.
CHOSEN = """
    tests/cms/changes/test_side_by_side.py
    tests/cms/freshness
    tests/cms/machines/test_topic_pages.py::test_a_topic_in_another_script_has_an_address
    tests/cms/test_api.py::test_pages_of_a_list_lead_to_one_another
    tests/cms/test_api.py::test_topic_and_words_narrow_the_list
    tests/cms/test_api.py::test_topics_are_counted
    tests/cms/test_bounds.py
    tests/cms/test_cache.py
    tests/cms/test_client.py
    tests/cms/test_demo.py
    tests/cms/test_deployment.py::test_a_database_that_is_not_there_is_one_line_of_the_log
    tests/cms/test_deployment.py::test_the_check_looks_into_the_database_when_it_is_named
    tests/cms/test_going.py::test_every_place_is_listed_as_a_scan_of_the_database_finds_it
    tests/cms/test_logins.py
    tests/cms/test_pages.py::test_the_list_filters_by_topic_and_finds_words
    tests/cms/test_pages.py::test_topics_keep_their_own_script_and_never_collide
    tests/cms/test_related.py
    tests/cms/test_search.py
    tests/cms/test_site_search.py
    tests/cms/test_topics.py
    tests/cms/test_translation_reviewed.py::test_editors_find_what_is_not_reviewed
    tests/cms/test_what_is_found.py
    tests/faults/test_admin_pages.py::test_a_copy_of_several_pages_is_made_whole_or_not_at_all
    tests/faults/test_admin_pages.py::test_what_stands_in_an_address_is_checked_before_a_database_has_to
    tests/faults/test_bulk_publish.py
    tests/faults/test_duplicates.py
    tests/faults/test_imports.py::test_what_passes_the_check_can_be_written_and_nothing_else_is_a_fault
    tests/faults/test_surrogates.py
    tests/plugins/streams/test_kept_content.py::test_stored_values_are_not_changed_by_reading_them
    tests/plugins/streams/test_kept_content.py::test_the_row_keeps_the_original_json_ids_and_order
    tests/plugins/streams/test_migrations.py
    tests/plugins/test_checks_and_command.py::test_content_of_a_missing_plugin_is_counted_live_and_in_drafts
    tests/plugins/test_checks_and_command.py::test_usage_finds_operators_inside_stored_conditions
    tests/plugins/test_freshness.py
    tests/plugins/work
    tests/recorded
    tests/screening_block/help/test_admin.py::test_the_listing_is_filtered_by_subject_area_language_and_what_is_due
    tests/screening_block/help/test_api.py::test_the_list_is_filtered_cut_and_in_the_language_asked_for
    tests/screening_block/help/test_entries.py::test_a_key_belongs_to_one_entry
    tests/screening_block/help/test_entries.py::test_a_state_has_its_own_help_and_that_of_the_country
    tests/screening_block/law/test_chart_rows.py::test_nobody_writes_over_a_change_that_was_not_seen
    tests/screening_block/law/test_chart_rows.py::test_rows_are_found_by_words_status_and_cells
    tests/screening_block/models/test_identity.py::test_check_with_the_database_finds_them
    tests/screening_block/models/test_identity.py::test_the_check_names_every_difference_and_the_repair_mends_it
    tests/screening_block/models/test_identity.py::test_two_screeners_never_share_a_key
    tests/screening_block/packs/test_lengths.py
    tests/screening_block/packs/test_refused_packs.py
    tests/screening_block/publishing/test_many_rows.py::test_rows_deleted_by_code_are_gone_from_the_releases
    tests/screening_block/publishing/test_many_rows.py::test_what_screeners_need_is_not_deleted_together_either
    tests/screening_block/publishing/test_publish.py
    tests/screening_block/publishing/test_rehearsal.py::test_a_plan_that_cannot_go_live_holds_up_no_other
    tests/screening_block/publishing/test_rehearsal.py::test_a_rehearsal_of_anything_says_what_it_does
    tests/screening_block/publishing/test_rehearsal.py::test_what_a_field_cannot_hold_is_named_and_no_fault
    tests/screening_block/publishing/test_scheduled.py
    tests/screening_block/publishing/test_stored_uses.py::test_a_page_that_was_changed_behind_the_store_is_read_itself_until_it_is_stored
    tests/screening_block/publishing/test_turns.py
    tests/screening_block/reports/test_reports.py
    tests/screening_block/review/test_bulk_work.py
    tests/screening_block/review/test_review.py::test_a_refused_plan_is_told_and_does_not_stop_the_others
    tests/screening_block/review/test_wide_publish.py
    tests/screening_block/test_public.py::test_a_recalled_release_is_gone_everywhere_with_its_reason
    tests/screening_block/test_public.py::test_every_surface_shows_a_public_screener
    tests/screening_block/test_public.py::test_what_was_closed_comes_back_as_it_was
    tests/screening_block/test_reading_locks_nothing.py
    tests/screening_block/visitor/test_canary.py
    tests/test_migrated.py
    tests/text/test_public_ways.py
    tests/text/test_ways_in.py::test_every_way_in_passes_the_gate[article]
    tests/text/test_ways_in.py::test_every_way_in_passes_the_gate[body]
    tests/text/test_ways_in.py::test_every_way_in_passes_the_gate[chart CSV]
    tests/text/test_ways_in.py::test_every_way_in_passes_the_gate[topic in the admin]
    tests/text/test_ways_in.py::test_every_way_in_passes_the_gate[YAML]
"""
MAY_CREATE = "SELECT rolcreatedb OR rolsuper FROM pg_roles WHERE rolname = current_user"


def database() -> str | None:
    """Address of a PostgreSQL where we may create a database."""
    given = os.environ.get("TEST_DATABASE_URL")
    for address in [given] if given else DATABASES:
        try:
            with psycopg.connect(address, connect_timeout=2) as connection:
                row = connection.execute(MAY_CREATE).fetchone()
        except psycopg.Error:
            continue
        if row and row[0]:
            return address
    return None


def cache() -> str | None:
    """Address of a Redis that answers."""
    address = os.environ.get("TEST_CACHE_URL") or CACHE
    try:
        redis.Redis.from_url(address, socket_connect_timeout=2).ping()
    except redis.RedisError:
        return None
    return address


def main() -> int:
    database_url, cache_url = database(), cache()
    if not database_url:
        print("SKIPPED on PostgreSQL: none answers here (set TEST_DATABASE_URL).")
    if not cache_url:
        print("SKIPPED on Redis: none answers here (set TEST_CACHE_URL).")
    if not (database_url or cache_url):
        return 0
    found = {"TEST_DATABASE_URL": database_url, "TEST_CACHE_URL": cache_url}
    chosen = {name: url for name, url in found.items() if url}
    print("Again on", " and ".join(n[5:].split("_")[0].lower() for n in chosen))
    sys.stdout.flush()
    command = sys.argv[1:]
    if command[0] == "--chosen":
        command = [*command[1:], *chosen_places()]
    return subprocess.call(command, env={**os.environ, **chosen})


def chosen_places() -> list[str]:
    """Return files, folders and tests as pytest takes them."""
    return [line.strip() for line in CHOSEN.splitlines() if line.strip()]


if __name__ == "__main__":
    sys.exit(main())
