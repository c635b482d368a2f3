"""What fields are called that no page but the administration's shows.

Django makes their labels of their names in the code, which no catalogue can reach. They are words
of these pages and no part of what is stored, so they stand here and not in a migration for each
(docs/decisions/0114).
"""

from __future__ import annotations

from django.apps import apps
from django.db.models import Field
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

LABELS = {
    "added_at": _("added on"),
    "added_by": _("added by"),
    "answer": _("answer"),
    "answered_at": _("answered on"),
    "answered_by": _("answered by"),
    "appearances": _("where it was made"),
    "article": _("article"),
    "asked_at": _("asked on"),
    "asked_by": _("asked by"),
    "assigned_at": _("asked on"),
    "assigned_by": _("asked by"),
    "at": _("when"),
    "authors": _("authors"),
    "body": _("text"),
    "cause": _("cause of the difference"),
    "changed_at": _("changed on"),
    "changed_by": _("changed by"),
    "changes": _("changes"),
    "channel": _("channel"),
    "claim": _("claim"),
    "claimant": _("claimant"),
    "content": _("content"),
    "created_at": _("added on"),
    "created_by": _("added by"),
    "decided_at": _("decided on"),
    "decided_by": _("decided by"),
    "definition": _("definition"),
    "description": _("description"),
    "desk": _("desk"),
    "detail": _("details"),
    "due_at": _("due"),
    "duplicate_of": _("the same as"),
    "edition": _("edition"),
    "end": _("end"),
    "error": _("error"),
    "evidence": _("evidence"),
    "evidence_as_of": _("evidence as of"),
    "exact": _("the words"),
    "external_id": _("identifier"),
    "failed_at": _("given up on"),
    "file": _("file"),
    "finding": _("finding"),
    "interests": _("interests"),
    "is_sample": _("only a sample"),
    "is_suspect": _("perhaps from a machine"),
    "justification": _("justification"),
    "kind": _("kind"),
    "label": _("label"),
    "language": _("language"),
    "made_at": _("made on"),
    "media_type": _("media type"),
    "move": _("move"),
    "name": _("name"),
    "next_try_at": _("next try"),
    "normaliser_version": _("rules of the text"),
    "notices": _("notices"),
    "number": _("number"),
    "numbers": _("numbers"),
    "order": _("order"),
    "outcome": _("outcome"),
    "paragraph": _("paragraph"),
    "person": _("person"),
    "pointer": _("place in the file"),
    "policy": _("rules of that time"),
    "prefix": _("words before"),
    "published_at": _("published on"),
    "published_by": _("published by"),
    "published_on": _("published on"),
    "publisher": _("publisher"),
    "publisher_url": _("address of the publisher"),
    "rating": _("rating"),
    "reason": _("reason"),
    "report": _("report"),
    "role": _("role"),
    "said_on": _("said on"),
    "same_as": _("another name of"),
    "sent_at": _("sent on"),
    "set_aside": _("why it is set aside"),
    "set_aside_note": _("what is said of that"),
    "sha256": _("SHA-256"),
    "short": _("short label"),
    "size": _("size in bytes"),
    "slug": _("name in addresses"),
    "splitter_version": _("rules of sentences"),
    "start": _("start"),
    "status": _("state"),
    "subject": _("subject"),
    "suffix": _("words after"),
    "taken_at": _("saved on"),
    "taken_by": _("saved by"),
    "task": _("task"),
    "text": _("text"),
    "title": _("title"),
    "to": _("recipient"),
    "tone": _("tone"),
    "triage": _("triage"),
    "tries": _("tries"),
    "user": _("person"),
    "value": _("value"),
    "version": _("version"),
    "website": _("website"),
    "why": _("why"),
    "written_at": _("written on"),
    "written_by": _("written by"),
}
"""By the name of the field, whichever table it stands in."""

OF_ONE = {
    ("Claim", "status"): _("stage"),
    ("Transition", "source"): _("before"),
    ("Transition", "target"): _("after"),
}
"""By table and name, where the word is another."""


def label_fields() -> None:
    """Give each field that has no label of its own the one that is written here."""
    for model in apps.get_app_config("annotations").get_models():
        for field in model._meta.local_concrete_fields:
            own = OF_ONE.get((model.__name__, field.name), LABELS.get(field.name))
            if own is not None and _is_unnamed(field):
                # Not `_verbose_name`: that one is what migrations compare.
                field.verbose_name = own


def _is_unnamed(field: Field) -> bool:
    return not isinstance(field.verbose_name, Promise)
