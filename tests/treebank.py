"""Our sentences beside other segmenters' on a treebank: for docs/text.md, whose treebanks are
not kept here. `make compare` makes the environment:

    var/compare/bin/python tests/treebank.py pt porttinari.conllu

A file of CoNLL-U, or of one sentence a line. Sentences are joined by a space, in Chinese and
Japanese by nothing; where the file marks no paragraphs, ten of them are one. Printed is the F1 of
the ends inside paragraphs: of all sentences, and of those that end in a mark, since no rule finds
the end of a heading within a paragraph.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from tests.compare import Segmenter, others, ours
from tests.text.texts import Score

ARBITRARY_PARAGRAPH = 10
"""How many sentences are a paragraph where the file does not say."""
MOST_OF_SLOW = 1500
"""Sentences after which pysbd is stopped: it takes minutes."""
_TEXT, _NEW = "# text = ", ("# newpar", "# newdoc")
_ENDS_IN_A_MARK = re.compile(r"[.!?…։।॥。！？][\"'”’»)\]]*(?:\s?\[[^\]]{1,9}\]|\s?”)?$")
_SPACE = re.compile(r"\s+")


def paragraphs(lines: Iterable[str]) -> list[list[str]]:
    """The sentences of the file, paragraph by paragraph."""
    found: list[list[str]] = [[]]
    is_annotated = is_parted = False
    for line in map(str.strip, lines):
        if line.startswith(_NEW):
            is_parted = is_parted or any(found)
            found.append([])
        elif line.startswith(_TEXT):
            if not is_annotated:
                found, is_annotated = [[]], True
            found[-1].append(line.removeprefix(_TEXT))
        elif line and not is_annotated and not line.startswith("#"):
            found[-1].append(line)
    if is_parted:
        return [one for one in found if one]
    return list(_tens([sentence for one in found for sentence in one]))


def _tens(sentences: Sequence[str]) -> Iterator[list[str]]:
    for at in range(0, len(sentences), ARBITRARY_PARAGRAPH):
        yield list(sentences[at : at + ARBITRARY_PARAGRAPH])


def ends(pieces: Iterable[str]) -> set[int]:
    """Where the pieces end but the last, in visible characters: segmenters change white space."""
    at, found = 0, set()
    for piece in pieces:
        at += len(_SPACE.sub("", piece))
        found.add(at)
    return found - {at}


def score(chosen: Iterable[list[str]], language: str, segment: Segmenter) -> Score:
    """What the segmenter finds of the ends inside the paragraphs."""
    total = Score()
    gap = "" if language in ("zh", "ja") else " "
    for sentences in chosen:
        total.add(ends(segment(gap.join(sentences), language)), ends(sentences))
    return total


def main() -> None:
    language, *files = sys.argv[1:]
    for file in files:
        every = paragraphs(Path(file).read_text(encoding="utf-8").splitlines())
        kept = ([s for s in one if _ENDS_IN_A_MARK.search(s)] for one in every)
        marked = [one for one in kept if one]
        for what, chosen in (("all", every), ("those that end in a mark", marked)):
            print(f"{file}, {what}: {sum(len(one) - 1 for one in chosen)} ends")
            for name, segment in {"Factcheck": ours, **others()}.items():
                most = MOST_OF_SLOW // ARBITRARY_PARAGRAPH if "pysbd" in name else None
                found = score(chosen[:most], language, segment)
                print(f"  {name}: {found.f1:.1f} ({found.precision:.1f} / {found.recall:.1f})")


if __name__ == "__main__":
    main()
