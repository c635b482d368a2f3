"""Imports: formats meet models and moves. An import is all or nothing for each document.

`read` is the one door for a text, wherever it comes from; `import_document` and `revise` freeze it.
"""

from annotations.capture.fetch import Unfetchable
from annotations.formats.plain import Document
from annotations.text.boundaries import BadCut
from annotations.text.canonical import BadText

from .importing import (
    Imported,
    Item,
    duplicate_of,
    import_document,
    import_documents,
    import_text,
)
from .reading import (
    Given,
    Reading,
    attachment_of,
    copied_before,
    copied_in,
    described,
    fetched,
    look_at_as,
    read,
    receive,
    received_before,
    was_said_to_hold_checks,
)
from .revising import foresee, keeping_cut, revise
from .rows import changes, sentences

__all__ = [
    "BadCut",
    "BadText",
    "Document",
    "Given",
    "Imported",
    "Item",
    "Reading",
    "Unfetchable",
    "attachment_of",
    "changes",
    "copied_before",
    "copied_in",
    "described",
    "duplicate_of",
    "fetched",
    "foresee",
    "import_document",
    "import_documents",
    "import_text",
    "keeping_cut",
    "look_at_as",
    "read",
    "receive",
    "received_before",
    "revise",
    "sentences",
    "was_said_to_hold_checks",
]
