"""Each named constraint refuses what it is there to refuse, in PostgreSQL itself."""

import uuid
from datetime import UTC, datetime
from typing import Any

import pytest
from django.apps import apps
from django.db import IntegrityError, connection, transaction

EARLIER = datetime(2026, 11, 1, tzinfo=UTC)
UNCONFIRMED = {"confirmed_by_id": None, "confirmed_at": None}

# Constraint: the row that is copied, and what is different in the copy. Where nothing is, the copy
# itself is what the constraint refuses.
REFUSED: dict[str, tuple[str, dict[str, Any]]] = {
    "annotation_submitted_is_complete": ("annotation", {"finding": ""}),
    "article_has_a_title": ("article", {"title": ""}),
    "article_is_not_its_own_original": ("article", {"pk": 999, "slug": "new", "original_id": 999}),
    "article_outdated_by_somebody": ("article", {"slug": "new", "outdated_since": EARLIER}),
    "article_priority_is_known": ("article", {"priority": "soon"}),
    "article_public_text_is_known": ("article", {"public_text": "half"}),
    "article_published_on_is_a_date": ("article", {"published_on": "24.11.2026"}),
    "article_slug_once_per_desk": ("article", {}),
    "article_status_is_known": ("article", {"status": "lost"}),
    "article_translated_once_a_language": ("translation", {"slug": "new"}),
    "article_withdrawn_has_no_edition": ("article", {"slug": "new", "status": "withdrawn"}),
    "archive_request_has_what_was_answered": (
        "archiverequest",
        {"service": "own", "archived_url": "https://web.archive.org/web/2026/x"},
    ),
    "archive_request_is_finished_or_open": ("archiverequest", {"state": "answered"}),
    "archive_request_once": ("archiverequest", {}),
    "archive_request_service_is_known": ("archiverequest", {"service": "a friend"}),
    "archive_request_state_is_known": (
        "archiverequest",
        {"state": "lost", "finished_at": "2026-11-25T00:00:00Z"},
    ),
    "assignment_once_per_person": ("assignment", {}),
    "assignment_status_is_known": ("assignment", {"status": "lost"}),
    "assignment_task_is_known": ("assignment", {"task": "sing"}),
    "capture_is_saved_with_its_copy": ("capture", {"state": "saved"}),
    "capture_state_is_known": ("capture", {"state": "lost"}),
    "capture_waits_once": ("capture", {}),
    "citation_belongs_to_one": ("citation", {"annotation_id": None}),
    "citation_stance_is_known": ("citation", {"stance": "likes"}),
    "source_kind_is_known": ("source", {"kind": "rumour"}),
    "claim_is_not_its_own_original": ("claim", {"pk": 999, "number": 2, "original_id": 999}),
    "claim_translated_once_a_language": ("claim_translation", {"number": 2}),
    "claim_duplicate_names_the_other": (
        "claim",
        {"number": 2, "status": "set_aside", "set_aside": "duplicate"},
    ),
    "claim_duplicates_another": (
        "claim",
        {
            "pk": 999,
            "number": 2,
            "status": "set_aside",
            "set_aside": "duplicate",
            "duplicate_of_id": 999,
        },
    ),
    "claim_is_in_words": ("claim", {"claim_reviewed": ""}),
    "claim_number_once_per_desk": ("claim", {}),
    "claim_published_has_a_slug": ("claim", {"slug": ""}),
    "claim_set_aside_says_why": ("claim", {"status": "set_aside"}),
    "claim_status_is_known": ("claim", {"status": "lost"}),
    "claim_type_is_known": ("claim", {"type": "rumour"}),
    "transition_move_is_known": ("transition", {"move": "wave"}),
    "claimant_has_a_name": ("claimant", {"name": ""}),
    "claimant_is_no_name_of_itself": (
        "claimant",
        {"pk": 999, "name": "New", "same_as_id": 999},
    ),
    "claimant_kind_is_known": ("claimant", {"kind": "ghost"}),
    "claimant_once_per_desk": ("claimant", {}),
    "correction_kind_is_known": ("correction", {"kind": "silent"}),
    "correction_says_why": ("correction", {"why": ""}),
    "desk_archiver_has_no_password": ("desk", {"archiver": "https://me:word@a.example/"}),
    "desk_colour_is_one": ("desk", {"colour": "#0B4A9E"}),
    "desk_logo_is_whole_or_none": ("desk", {"logo_file": "a" * 64}),
    "desk_demand_copies_is_known": ("desk", {"demand_copies": "maybe"}),
    "desk_demand_confirmed_is_known": ("desk", {"demand_confirmed": "maybe"}),
    "desk_demand_locator_is_known": ("desk", {"demand_locator": "maybe"}),
    "desk_demand_primary_is_known": ("desk", {"demand_primary": "maybe"}),
    "desk_demand_reply_is_known": ("desk", {"demand_reply": "maybe"}),
    "desk_demand_sources_is_known": ("desk", {"demand_sources": "maybe"}),
    "desk_lapse_days_is_a_year_at_most": ("desk", {"lapse_days": 366}),
    "desk_needs_one_to_five_annotations": ("desk", {"annotations_needed": 6}),
    "desk_needs_one_to_twenty_sources": ("desk", {"sources_needed": 0}),
    "desk_needs_two_blind_unless_two_people": ("desk", {"annotations_needed": 1}),
    "desk_preset_is_known": ("desk", {"preset": "six"}),
    "desk_people_shown_is_known": ("desk", {"people_shown": "faces"}),
    "edition_is_of_one": ("edition", {"claim_id": None}),
    "edition_of_article_once": ("edition_of_article", {}),
    "edition_of_claim_once": ("edition", {}),
    "guidelines_say_something": ("guidelines", {"version": 2, "text": ""}),
    "guidelines_version_once": ("guidelines", {}),
    "job_failed_or_not": ("job", {"name": "new", "error": "It broke."}),
    "letter_is_sent_or_given_up": (
        "letter",
        {"sent_at": "2026-11-25T00:00:00Z", "failed_at": "2026-11-25T00:00:00Z"},
    ),
    "letter_kind_is_known": ("letter", {"kind": "love"}),
    "letter_secret_is_blanked": (
        "letter_secret",
        {"key": "new", "sent_at": "2026-11-25T00:00:00Z"},
    ),
    "mark_came_by_is_known": ("mark_followed", {"came_by": "flying"} | UNCONFIRMED),
    "mark_came_from_somewhere_or_was_placed": ("mark", {"came_by": "same"}),
    "mark_confirmed_is_of_changed_context": ("mark_followed", {"came_by": "same"}),
    "mark_is_not_empty": ("mark", {"end": 4, "exact": ""}),
    "mark_once_from_each_mark": (
        "mark_followed",
        {"start": 8, "end": 13, "exact": "three", "came_by": "attached"} | UNCONFIRMED,
    ),
    "link_begins_once": ("link", {}),
    "link_is_not_empty": ("link", {"start": 9, "end": 9}),
    "picture_stands_once": ("picture", {}),
    "picture_is_on_the_web": ("picture", {"address": "javascript:alert(1)"}),
    "picture_is_something": ("picture", {"address": "", "alternative": ""}),
    "link_leads_to_the_web": ("link", {"start": 9, "end": 10, "address": "javascript:alert(1)"}),
    "mark_once_per_span": ("mark", {}),
    "mark_said_on_is_a_date": ("mark", {"said_on": "2026-13"}),
    "membership_once": ("membership", {}),
    "membership_role_is_known": ("membership", {"role": "king"}),
    "earlier_check_has_a_claim": ("earliercheck", {"external_id": "two", "claim": ""}),
    "earlier_check_once": ("earliercheck", {}),
    "earlier_check_published_on_is_a_date": (
        "earliercheck",
        {"external_id": "two", "published_on": "yesterday"},
    ),
    "earlier_check_said_on_is_a_date": (
        "earliercheck",
        {"external_id": "two", "said_on": "2026-13"},
    ),
    "notice_choice_kind_is_known": ("noticechoice", {"kind": "gossip"}),
    "notice_choice_once": ("noticechoice", {}),
    "notice_choice_way_is_known": ("noticechoice", {"kind": "due", "way": "loud"}),
    "notice_is_of_one_row": ("notice", {"event": "new", "report_id": None}),
    "notice_kind_is_known": ("notice", {"event": "new", "kind": "gossip"}),
    "notice_once": ("notice", {}),
    "notice_way_is_known": ("notice", {"event": "new", "way": "off"}),
    "phrase_is_named_and_says_something": ("phrase", {"body": ""}),
    "phrase_name_once": ("phrase", {}),
    "saved_filter_is_named_and_filters": ("savedfilter", {"query": ""}),
    "saved_filter_name_once": ("savedfilter", {}),
    "saved_filter_sort_is_known": ("savedfilter", {"name": "new", "sort": "loud"}),
    "orphan_once": ("orphan", {}),
    "orphan_outcome_is_known": ("orphan", {"outcome": "lost", "placed_id": None}),
    "orphan_placed_has_a_place": ("orphan", {"placed_id": None}),
    "orphan_settled_by_a_person": ("orphan", {"settled_by_id": None}),
    "rating_has_label": ("rating", {"label": ""}),
    "rating_label_once": ("rating", {"slug": "new", "order": 9, "value": 9}),
    "rating_order_once": ("rating", {"slug": "new", "label": "New", "value": 9}),
    "rating_slug_once": ("rating", {"label": "New", "order": 9, "value": 9}),
    "rating_tone_is_known": ("rating", {"tone": "loud"}),
    "rating_value_once": ("rating", {"slug": "new", "label": "New", "order": 9}),
    "receipt_once": ("receipt", {}),
    "change_is_settled_by_somebody": ("change", {"matters": True}),
    "change_kind_is_known": ("change", {"kind": "eaten"}),
    "criticism_has_a_name": ("criticism", {"of": ""}),
    "criticism_once": ("criticism", {}),
    "criticism_stands_is_known": ("criticism", {"of": "Other", "stands": "maybe"}),
    "letter_template_once": ("lettertemplate", {}),
    "reply_came_is_known": ("reply", {"came": "pigeon"}),
    "reply_link_is_sent_by_mail": ("reply", {"link_until": "2026-12-24T00:00:00Z"}),
    "reply_point_once": ("replypoint", {}),
    "reply_answered_has_a_time": ("reply", {"answered_at": None}),
    "reply_is_asked_or_not_needed": ("reply", {"addressee": ""}),
    "invitation_once": ("invitation", {}),
    "invitation_role_is_known": ("invitation", {"role": "owner"}),
    "report_is_answered_by_someone": ("report", {"outcome": "stands"}),
    "report_says_what": ("report", {"words": ""}),
    "revision_has_text": ("revision", {"text": "", "number": 2}),
    "revision_number_from_one": ("revision", {"number": 0}),
    "revision_number_once": ("revision", {}),
    "scale_version_once": ("scale", {}),
    "sentence_block_is_known": ("sentence", {"block": "aside"}),
    "sentence_body_is_numbered": ("sentence", {"number": None}),
    "sentence_is_not_empty": ("sentence", {"end": 0}),
    "sentence_kind_is_known": ("sentence", {"kind": "verse"}),
    "sentence_position_once": ("sentence", {}),
    "sentence_triage_is_known": ("sentence", {"triage": "boring"}),
    "source_note_has_words": ("source_note", {"body": ""}),
    "source_note_settled_by_someone": ("source_note", {"settled_at": "2026-11-25T00:00:00Z"}),
    "comment_hold_is_known": ("comment", {"holds": "softly"}),
    "comment_reply_holds_nothing": ("comment_reply", {"holds": "warn"}),
    "comment_has_words": ("comment", {"body": ""}),
    "comment_resolved_by_someone": ("comment", {"resolved_at": "2026-11-25T00:00:00Z"}),
    "presence_once": ("presence", {}),
    "root_leaf_is_of_one": ("rootleaf", {"snapshot": None}),
    "tally_once": ("tally", {}),
    "stamp_state_is_known": ("stamp", {"authority": "https://b.example/", "state": "later"}),
    "stamp_once": ("stamp", {}),
    "stamp_has_its_token": ("stamp", {"authority": "https://b.example/", "token": b"x"}),
    "file_import_state_is_known": (
        "file_import",
        {"state": "lost", "ended_at": EARLIER, "data": b""},
    ),
    "file_import_waits_or_has_ended": ("file_import", {"state": "done"}),
    "file_import_does_no_more_than_all": ("file_import", {"done": 3, "total": 2}),
    "file_import_is_refused_for_a_reason": (
        "file_import",
        {"state": "refused", "ended_at": EARLIER, "data": b""},
    ),
    "unsent_form_once": ("unsent_form", {}),
    "unsent_form_has_a_version": ("unsent_form", {"form": "/another/", "version": 0}),
    "removed_mark_is_not_empty": ("removedmark", {"end": 8}),
    "removed_mark_said_on_is_a_date": ("removedmark", {"said_on": "yesterday"}),
    "step_kind_is_known": ("step", {"kind": "dance"}),
    "sighting_once": ("sighting", {}),
    "snapshot_once": ("snapshot", {}),
    "confidant_once": ("confidant", {}),
    "confidential_source_has_no_address": (
        "source",
        {"is_confidential": True, "url": "https://a.example/"},
    ),
    "identity_note_act_is_known": ("identitynote", {"act": "whisper"}),
    "source_has_a_title": ("source", {"title": ""}),
    "source_published_on_is_a_date": ("source", {"published_on": "yesterday"}),
    "source_url_is_http": ("source", {"url": "javascript:alert(1)"}),
    "statement_kind_is_known": ("statement", {"kind": "weather", "number": 2}),
    "statement_number_once": ("statement", {}),
    "user_is_away_from_a_day_until_a_later": (
        "person",
        {"username": "new", "away_from": "2026-11-24"},
    ),
    "verdict_cause_has_a_reason": ("verdict", {"cause": "error"}),
    "verdict_is_complete": ("verdict", {"justification": ""}),
    "verdict_is_decided_or_adopted": ("verdict", {"decided_by_id": None}),
    "verdict_number_once": ("verdict", {}),
}

# More ways to break a constraint that has several sides.
ALSO_REFUSED: list[tuple[Any, ...]] = [
    ("reply_is_asked_or_not_needed", "reply", {"channel": "pigeon"}),
    ("reply_is_asked_or_not_needed", "reply", {"not_needed": "Nobody is named."}),
    ("change_is_settled_by_somebody", "change_settled", {"reason": ""}),
    ("reply_answered_has_a_time", "reply_awaited", {"came": "link"}),
    ("reply_answered_has_a_time", "reply_awaited", {"attachment": "0"}),
    ("reply_is_asked_or_not_needed", "reply_not_needed", {"email": "mayor@mail.example"}),
    ("reply_is_asked_or_not_needed", "reply_not_needed", {"body": "{claims}"}),
    ("annotation_submitted_is_complete", "annotation", {"rating_id": None}),
    ("annotation_submitted_is_complete", "annotation", {"justification": ""}),
    ("claim_set_aside_says_why", "claim", {"set_aside": "opinion"}),
    ("claim_set_aside_says_why", "claim", {"status": "set_aside", "set_aside": "boring"}),
    ("desk_needs_one_to_five_annotations", "desk", {"annotations_needed": 0}),
    ("desk_needs_two_blind_unless_two_people", "desk", {"preset": "two"}),
    (
        "desk_needs_two_blind_unless_two_people",
        "desk",
        {"preset": "three", "annotations_needed": 1},
    ),
    ("edition_is_of_one", "edition", {"verdict_id": None}),
    ("edition_is_of_one", "edition_of_article", {"revision_id": None}),
    (
        "letter_secret_is_blanked",
        "letter_secret",
        {"key": "new", "failed_at": "2026-11-25T00:00:00Z"},
    ),
    ("mark_came_from_somewhere_or_was_placed", "mark_followed", {"came_from_id": None}),
    (
        "mark_came_from_somewhere_or_was_placed",
        "mark_followed",
        {"came_by": "placed"} | UNCONFIRMED,
    ),
    ("mark_confirmed_is_of_changed_context", "mark_followed", {"confirmed_at": None}),
    ("mark_confirmed_is_of_changed_context", "mark_followed", {"confirmed_by_id": None}),
    ("mark_said_on_is_a_date", "mark", {"said_on": "2026-11\n"}),
    ("orphan_placed_has_a_place", "orphan", {"outcome": "gone"}),
    ("orphan_settled_by_a_person", "orphan", {"settled_at": None}),
    ("orphan_settled_by_a_person", "orphan", {"outcome": "", "placed_id": None}),
    ("sentence_body_is_numbered", "sentence", {"kind": "heading"}),
    ("source_url_is_http", "source", {"url": "HTTPS://records.example"}),
    ("verdict_is_complete", "verdict", {"finding": ""}),
]

# A constraint that another, checked first, refuses the same rows as: the other is dropped before.
SHADOWED = {"sentence_kind_is_known": ("annotations_sentence", "sentence_body_is_numbered")}


def copy_of(row: Any, **changes: Any) -> Any:
    """A second row like the first, not saved, with a name of its own."""
    copy = type(row).objects.get(pk=row.pk)
    copy.pk = None
    copy._state.adding = True
    if hasattr(copy, "uuid"):
        copy.uuid = uuid.uuid4()
    for field, value in changes.items():
        setattr(copy, field, value)
    return copy


@pytest.mark.parametrize(
    ("constraint", "row", "changes"),
    [*((name, *how) for name, how in REFUSED.items()), *ALSO_REFUSED],
)
def test_the_database_refuses_a_row_against(rows, constraint, row, changes):
    if constraint in SHADOWED:
        table, other = SHADOWED[constraint]
        with connection.cursor() as cursor:
            cursor.execute("set constraints all immediate")
            cursor.execute(f"alter table {table} drop constraint {other}")
    with pytest.raises(IntegrityError) as refused, transaction.atomic():
        copy_of(rows[row], **changes).save(force_insert=True)
    cause: Any = refused.value.__cause__
    assert cause.diag.constraint_name == constraint


def test_every_constraint_of_the_models_is_in_the_table():
    models = apps.get_app_config("annotations").get_models()
    defined = {constraint.name for model in models for constraint in model._meta.constraints}
    assert defined == set(REFUSED)


@pytest.mark.parametrize("date", ["", "2026", "2026-11", "2026-11-24"])
def test_a_date_may_be_known_in_part(rows, date):
    copy_of(rows["source"], published_on=date).save(force_insert=True)


def test_a_scale_may_hold_several_ratings_without_a_number(rows):
    unnumbered = rows["scale"].ratings.get(value=None)
    copy_of(unnumbered, slug="new", label="New", order=9).save(force_insert=True)
