"""The format `json` of dumpdata and loaddata (SERIALIZATION_MODULES)."""

from typing import Any

from django.core.serializers import json

from factcheck.serialization import ExactEncoder

Deserializer = json.Deserializer


class Serializer(json.Serializer):
    json_kwargs: dict[str, Any]

    def _init_options(self) -> None:
        super()._init_options()  # type: ignore[misc]
        self.json_kwargs["cls"] = ExactEncoder
