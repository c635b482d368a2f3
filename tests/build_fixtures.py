"""Make the fixtures: play each desk's story through the moves, then write down the rows it left.

`make fixtures` runs this on a database of its own. Clock and UUIDs are fixed, so the same story
gives the same bytes, and a row keeps its UUID while others come and go in other models.
"""

from __future__ import annotations

import os
import uuid
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING
from unittest.mock import patch

import django

if TYPE_CHECKING:
    from django.db.models import Model

    from annotations.models import Desk

FIXTURES = Path(__file__).resolve().parents[1] / "fixtures"
ROW = '"model":'
NAMESPACE = uuid.UUID("7f0c1d1e-5f0a-4c50-8f3b-fac7c4ec0000")

# The path from each model to its desk, in the order of loading: what is pointed at comes first.
DESK_PATHS = {
    "User": "memberships__desk",
    "Desk": "pk",
    "Membership": "desk",
    "Guidelines": "desk",
    "Claimant": "desk",
    "Article": "desk",
    "Revision": "article__desk",
    "Original": "revision__article__desk",
    "Sentence": "revision__article__desk",
    "Link": "revision__article__desk",
    "Picture": "revision__article__desk",
    "Claim": "desk",
    "Mark": "claim__desk",
    "Assignment": "claim__desk",
    "Annotation": "assignment__claim__desk",
    "Sighting": "claim__desk",
    "Source": "desk",
    "Verdict": "claim__desk",
    "Citation": "source__desk",
    "Edition": "desk",
    "Correction": "edition__desk",
    "Transition": "desk",
}


@contextmanager
def steady_uuids(story: str) -> Iterator[None]:
    """Name each new row after the story, its model and how many came before it."""
    from django.apps import apps

    from annotations.models.base import Keyed

    def names(model: str) -> Callable[[], uuid.UUID]:
        numbers = count(1)
        return lambda: uuid.uuid5(NAMESPACE, f"{story}/{model}/{next(numbers)}")

    with ExitStack() as stack:
        for model in apps.get_app_config("annotations").get_models():
            if issubclass(model, Keyed):
                # What Field.get_default calls; `default` itself was read when the class was made.
                field = vars(model._meta.get_field("uuid"))
                names_of_model = names(model._meta.model_name or "")
                stack.enter_context(patch.dict(field, {"_get_default": names_of_model}))
        yield


def build() -> dict[str, str]:
    """The text of each fixture by file name. Writes to the database, which should be empty."""
    import time_machine

    from tests.stories import fictional, sample, scales

    made = {}
    with time_machine.travel("2025-03-01T08:00Z", tick=False) as clock:
        with steady_uuids("scales"):
            scales.tell()
        made["scales.json"] = _dump(_scales())
        for story in (sample, fictional):
            name = story.__name__.rpartition(".")[2]
            with steady_uuids(name):
                desk = story.tell(clock)
            made[f"{name}.json"] = _dump(_rows(desk))
    return made


def _scales() -> list[Model]:
    from annotations.models import Rating, RatingScale

    return [*RatingScale.objects.order_by("pk"), *Rating.objects.order_by("pk")]


def _rows(desk: Desk) -> list[Model]:
    from annotations import models

    rows: list[Model] = []
    for name, path in DESK_PATHS.items():
        rows += getattr(models, name).objects.filter(**{path: desk.pk}).order_by("pk")
    return rows


def _dump(rows: list[Model]) -> str:
    """The rows as JSON, one a line, naming each other by natural key."""
    from django.core import serializers

    text = serializers.serialize(
        "json", rows, use_natural_foreign_keys=True, use_natural_primary_keys=True
    )
    return str(text)


def main() -> None:
    """Write the fixtures, from a scratch database that is gone afterwards."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
    django.setup()
    from django.db import connection
    from django.test.utils import setup_databases, teardown_databases

    connection.settings_dict["TEST"]["NAME"] = "factcheck_fixtures"
    databases = setup_databases(verbosity=0, interactive=False)
    try:
        for name, text in build().items():
            (FIXTURES / name).write_text(text, encoding="utf-8")
            print(f"{name}: {text.count(ROW)} rows, {len(text.encode()) // 1024} kB")
    finally:
        teardown_databases(databases, verbosity=0)


if __name__ == "__main__":
    main()
