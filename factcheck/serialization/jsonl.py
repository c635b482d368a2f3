"""The format `jsonl` of dumpdata and loaddata (SERIALIZATION_MODULES)."""

from typing import Any

from django.core.serializers import jsonl

from factcheck.serialization import ExactEncoder

Deserializer = jsonl.Deserializer


class Serializer(jsonl.Serializer):
    json_kwargs: dict[str, Any]

    def _init_options(self) -> None:
        super()._init_options()  # type: ignore[misc]
        self.json_kwargs["cls"] = ExactEncoder
