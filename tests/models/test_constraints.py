"""Each named constraint refuses what it is there to refuse, in PostgreSQL itself."""

import uuid
from typing import Any

import pytest
from django.apps import apps
from django.db import IntegrityError, connection, transaction

# Constraint: the row that is copied, and what is different in the copy. Where nothing is, the copy
# itself is what the constraint refuses.
REFUSED: dict[str, tuple[str, dict[str, Any]]] = {
    "annotation_submitted_is_complete": ("annotation", {"finding": ""}),
    "article_has_a_title": ("article", {"title": ""}),
    "article_public_text_is_known": ("article", {"public_text": "half"}),
    "article_published_on_is_a_date": ("article", {"published_on": "24.11.2026"}),
    "article_slug_once_per_desk": ("article", {}),
    "article_status_is_known": ("article", {"status": "lost"}),
    "assignment_once_per_person": ("assignment", {}),
    "assignment_status_is_known": ("assignment", {"status": "lost"}),
    "assignment_task_is_known": ("assignment", {"task": "sing"}),
    "citation_belongs_to_one": ("citation", {"annotation_id": None}),
    "citation_stance_is_known": ("citation", {"stance": "likes"}),
    "claim_is_in_words": ("claim", {"claim_reviewed": ""}),
    "claim_number_once_per_desk": ("claim", {}),
    "claim_published_has_a_slug": ("claim", {"slug": ""}),
    "claim_set_aside_says_why": ("claim", {"status": "set_aside"}),
    "claim_status_is_known": ("claim", {"status": "lost"}),
    "claim_type_is_known": ("claim", {"type": "rumour"}),
    "claimant_has_a_name": ("claimant", {"name": ""}),
    "claimant_kind_is_known": ("claimant", {"kind": "ghost"}),
    "claimant_once_per_desk": ("claimant", {}),
    "correction_kind_is_known": ("correction", {"kind": "silent"}),
    "correction_says_why": ("correction", {"why": ""}),
    "desk_needs_one_to_five_annotations": ("desk", {"annotations_needed": 6}),
    "desk_needs_two_blind_unless_two_people": ("desk", {"annotations_needed": 1}),
    "desk_preset_is_known": ("desk", {"preset": "six"}),
    "edition_is_of_one": ("edition", {"claim_id": None}),
    "edition_of_article_once": ("edition_of_article", {}),
    "edition_of_claim_once": ("edition", {}),
    "mark_is_not_empty": ("mark", {"end": 4, "exact": ""}),
    "mark_once_per_span": ("mark", {}),
    "mark_said_on_is_a_date": ("mark", {"said_on": "2026-13"}),
    "membership_once": ("membership", {}),
    "membership_role_is_known": ("membership", {"role": "king"}),
    "rating_has_label": ("rating", {"label": ""}),
    "rating_label_once": ("rating", {"slug": "new", "order": 9, "value": 9}),
    "rating_order_once": ("rating", {"slug": "new", "label": "New", "value": 9}),
    "rating_slug_once": ("rating", {"label": "New", "order": 9, "value": 9}),
    "rating_tone_is_known": ("rating", {"tone": "loud"}),
    "rating_value_once": ("rating", {"slug": "new", "label": "New", "order": 9}),
    "receipt_once": ("receipt", {}),
    "report_is_answered_by_someone": ("report", {"outcome": "stands"}),
    "report_says_what": ("report", {"words": ""}),
    "revision_has_text": ("revision", {"text": "", "number": 2}),
    "revision_number_from_one": ("revision", {"number": 0}),
    "revision_number_once": ("revision", {}),
    "scale_version_once": ("scale", {}),
    "sentence_body_is_numbered": ("sentence", {"number": None}),
    "sentence_is_not_empty": ("sentence", {"end": 0}),
    "sentence_kind_is_known": ("sentence", {"kind": "verse"}),
    "sentence_position_once": ("sentence", {}),
    "sentence_triage_is_known": ("sentence", {"triage": "boring"}),
    "sighting_once": ("sighting", {}),
    "source_has_a_title": ("source", {"title": ""}),
    "source_published_on_is_a_date": ("source", {"published_on": "yesterday"}),
    "source_url_is_http": ("source", {"url": "javascript:alert(1)"}),
    "statement_kind_is_known": ("statement", {"kind": "weather", "number": 2}),
    "statement_number_once": ("statement", {}),
    "transition_is_of_something": ("transition", {"claim_id": None}),
    "verdict_cause_has_a_reason": ("verdict", {"cause": "error"}),
    "verdict_is_complete": ("verdict", {"justification": ""}),
    "verdict_is_decided_or_adopted": ("verdict", {"decided_by_id": None}),
    "verdict_number_once": ("verdict", {}),
}

# More ways to break a constraint that has several sides.
ALSO_REFUSED: list[tuple[Any, ...]] = [
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
    ("mark_said_on_is_a_date", "mark", {"said_on": "2026-11\n"}),
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
