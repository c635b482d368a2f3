"""Twenty faults of exchange were found by measuring: which tests show that each is gone.

Whoever renames one of these tests renames it here. What the faults were stands in the tests' own
words; the list is for whoever asks whether one can come back unseen.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest

TESTS = Path(__file__).parent

SHOWN_BY = {
    "X1": (
        "database/test_installed.py::test_the_database_is_looked_after_with_an_empty_search_path",
        "database/test_installed.py::test_every_function_sets_its_search_path",
        "commands/test_backup.py::test_a_site_comes_back_whole",
        "drills/test_restore.py::test_a_backup_comes_back_whole_and_so_do_its_rows_alone",
    ),
    "X2": (
        "commands/test_import_articles.py"
        "::test_data_for_machines_is_refused_naming_what_can_be_read",
        "views/test_import.py::test_data_that_is_pasted_is_no_article",
        "views/test_import.py::test_json_at_a_web_address_is_no_article",
    ),
    "X3": (
        "editions/test_changes.py"
        "::test_a_corrected_claim_keeps_date_quote_and_article_when_another_article_makes_it",
    ),
    "X4": (
        "exchange/test_importing.py::test_one_text_saved_by_two_at_once_is_one_article_for_both",
        "exchange/test_importing.py::test_one_title_saved_by_several_at_once_has_a_name_for_each",
        "views/test_import.py::test_a_double_click_makes_one_article_and_has_one_answer",
    ),
    "X5": (
        "commands/test_fixture.py::test_its_workbench_opens",
        "commands/test_fixture.py::test_loaddata_refuses_in_a_sentence_and_keeps_nothing",
    ),
    "X6": (
        "commands/test_fixture.py::test_a_row_without_created_at_is_loaded_twice",
        "commands/test_fixture.py::test_the_database_refuses_a_text_that_is_not_as_it_is_kept",
        "commands/test_fixture.py::test_loaddata_refuses_in_a_sentence_and_keeps_nothing",
        "commands/test_fixture.py::test_states_that_contradict_each_other_are_not_loaded",
        "commands/test_fixture.py::test_the_documentation_shows_the_article_that_is_tried_here",
    ),
    "X7": (
        "commands/test_backup.py::test_a_site_comes_back_whole",
        "commands/test_erase.py::test_each_place_is_listed_without_its_words",
        "exchange/test_moving.py::test_out_empty_in_and_out_again_are_the_same_bytes",
        "views/test_lost_database.py::test_it_is_not_ready_and_says_why_also_without_tls",
        "views/test_lost_database.py::test_it_is_not_ready_while_a_migration_waits",
    ),
    "X8": (
        "editions/test_formats.py"
        "::test_what_was_issued_in_an_earlier_shape_is_shown_by_todays_pages",
        "editions/test_formats.py::test_the_newest_format_is_among_those_that_are_kept",
    ),
    "X9": (
        "test_serving.py::test_beside_sixty_slow_clients_a_normal_one_is_answered",
        "drills/test_proxy.py::test_slow_clients_hold_nothing_behind_the_proxy",
    ),
    "X10": (
        "drills/test_large_imports.py"
        "::test_eight_of_the_largest_texts_at_once_are_answered_and_readers_served",
        "views/test_import.py::test_the_page_is_bounded_however_long_the_text",
        "views/test_import.py::test_what_nobody_could_check_is_refused_beside_its_field",
    ),
    "X11": (
        "views/test_feeds.py::test_the_data_feed_holds_each_standing_check_as_its_page_does",
        "views/test_machines.py::test_scripts_of_any_site_may_read_what_is_for_machines",
        "views/test_machines.py::test_a_page_past_the_end_of_a_list_for_machines_is_not_found",
    ),
    "X12": ("views/test_feeds.py::test_the_feeds_item_is_the_pages_markup_byte_for_byte",),
    "X13": (
        "views/test_withdrawing.py"
        "::test_after_a_withdrawal_no_public_address_holds_a_word_of_the_article",
        "views/test_withdrawing.py"
        "::test_the_form_shows_what_would_stay_and_asks_of_each_claim_before_anything_happens",
    ),
    "X14": (
        "views/test_withdrawing.py::test_every_cache_is_told_of_a_withdrawal_and_of_a_reopening",
    ),
    "X15": (
        "views/test_lost_database.py::test_every_page_says_503_in_words_and_when_to_come_back",
        "views/test_lost_database.py::test_what_needs_no_database_answers",
        "views/test_lost_database.py::test_a_form_comes_back_with_what_was_typed_to_be_sent_again",
        "e2e/test_drafts.py::test_a_server_that_does_not_answer_is_not_called_being_offline",
    ),
    "X16": (
        "views/test_machines.py::test_the_same_annotation_keeps_its_identity_and_leads_to_itself",
        "views/test_machines.py"
        "::test_where_the_whole_text_is_shown_the_words_around_a_quote_pass_its_sentence",
        "formats/test_webannotation.py::test_of_every_annotation_what_is_wished",
    ),
    "X17": (
        "e2e/test_drafts.py"
        "::test_a_tab_that_is_read_again_leaves_alone_what_another_has_in_conflict",
    ),
    "X18": (
        "formats/test_html.py::test_a_page_with_nothing_but_a_menu_has_no_article",
        "formats/test_html.py::test_a_paragraph_that_stands_there_twice_is_kept_twice",
        "formats/test_html.py::test_the_address_is_the_pages_own",
        "views/test_import.py::test_a_saved_page_says_its_own_address",
    ),
    "X19": (
        "views/test_machines.py"
        "::test_claims_and_articles_of_any_script_have_addresses_that_can_be_read",
        "views/test_machines.py::test_the_markup_says_in_which_language_and_for_which_reasons",
        "views/test_feeds.py::test_words_of_these_scripts_are_drawn_and_no_box_is",
    ),
    "X20": (
        "views/test_lost_database.py"
        "::test_a_read_only_database_leaves_reading_whole_and_refuses_writes_in_words",
        "views/test_machines.py::test_what_was_taken_back_says_so_to_scripts_too",
        "views/test_machines.py::test_a_feed_is_the_same_feed_whatever_else_stands_in_its_query",
        "views/test_machines.py"
        "::test_an_entry_says_when_the_check_was_first_published_and_the_feed_never_goes_back",
        "views/test_desk_pages.py"
        "::test_the_log_is_filtered_and_taken_away_as_far_as_one_may_read_it",
        "formats/test_jsonlines.py::test_what_parts_lines_elsewhere_is_escaped",
        "drills/test_deploy.py::test_the_page_is_followed_word_for_word",
        "workflow/test_accounts.py"
        "::test_each_desk_of_theirs_is_told_who_closed_the_account_and_who_opened_it",
    ),
}


@pytest.mark.parametrize("fault", SHOWN_BY)
def test_each_fault_has_its_tests(fault):
    for shown in SHOWN_BY[fault]:
        file, name = shown.split("::")
        text = (TESTS / file).read_text(encoding="utf-8")
        assert re.search(rf"^ *def {name}\(", text, re.MULTILINE), shown


def test_none_is_left_out():
    assert list(SHOWN_BY) == [f"X{number}" for number in range(1, 21)]
