"""Looking for words whatever their accents, case and quotation marks: the lookup `holds`.

`Claim.objects.filter(claim_reviewed__holds="equipe")` finds "L’Équipe". An index on
`Folded("claim_reviewed")` with the operator class gin_trgm_ops serves it.
"""

from __future__ import annotations

import unicodedata
from typing import Any

from django.db.models import CharField, Func, Lookup, TextField


class Folded(Func):
    """The words as they are compared (annotations/database/search.sql)."""

    function = "annotations_folded"
    output_field = TextField()


@CharField.register_lookup
@TextField.register_lookup
class Holds(Lookup):
    """That the text holds these words somewhere, as readers read them."""

    lookup_name = "holds"
    prepare_rhs = False

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, list[Any]]:
        text, params = self.process_lhs(compiler, connection)
        # Wide forms of the wildcards become the wildcards themselves, so they are looked for first.
        words = unicodedata.normalize("NFKC", str(self.rhs))
        pattern = f"%{connection.ops.prep_for_like_query(words)}%"
        return f"annotations_folded({text}) LIKE annotations_folded(%s)", [*params, pattern]
