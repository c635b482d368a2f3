"""Which citations are of one document, and what is shown of it, wherever readers are told."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

from annotations.editions.content import Source
from annotations.text.documents import document_of

S = TypeVar("S", bound=Source)


def shown(sources: Sequence[S]) -> list[S]:
    """For each source, the one among them that stands for its document.

    The same address in any spelling is one document, and so is one that leads to another that is
    cited. Where it leads stands for both, and of several the first. Without an address the
    description tells.
    """
    names = [_document(each) for each in sources]
    stands: dict[str, S] = {}
    for is_led in (False, True):
        for name, source in zip(names, sources, strict=True):
            if bool(source.leads_to) == is_led:
                stands.setdefault(name, source)
    return [stands[name] for name in names]


def _document(source: Source) -> str:
    described = f"{source.title} ({source.publisher}, {source.published_on})"
    return document_of(source.leads_to or source.url, described)
