"""Lines become paragraphs: where one ends, and which are headings.

Every line end parts two paragraphs, unless the text was wrapped by hand. That is recognised by
what a wrapping program does: a line ends where the next word would not have fitted.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

from annotations.text.characters import extends


class ParagraphKind(StrEnum):
    """What a paragraph, and so each of its sentences, is."""

    HEADING = "heading"
    BODY = "body"
    ROW = "row"  # of a table: whole, and found by whoever read it, never in plain text


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A span of the text, in code points, that begins and ends with a visible character."""

    start: int
    end: int
    kind: ParagraphKind


# Longest title and longest heading inside the text, in code points.
MAX_TITLE = 200
MAX_HEADING = 100
# A text is wrapped by hand to a width between these, in code points.
WRAP_WIDTHS = range(40, 121)

_ENDS = re.compile(
    r"[.!?…؟۔。！？｡।॥።։][\"'”’“»«)\]）」』]{0,4}[⁰¹²³⁴-⁹]{0,3}(?:\s?[\U0001f300-\U0001faff❤][\ufe0f]?){0,2}$"
)
_FULL_STOPS = re.compile(r"[.!?…؟۔][\"'”’“»)\]]{0,4}\s|[。！？]")
# References after the full stop: "She left. [24]", "[a]", "[note 3]", "[citation needed]".
_REFERENCES = re.compile(r"(?:\s?\[[^\[\]\s]{1,12}(?:\s[^\[\]\s]{1,12})?\]){1,4}$")
# A title may ask or call out, and have two parts: "Is it? A guide". A full stop states something.
_STATES = re.compile(r"[.۔。｡।॥።։][\"'”’“»«)\]）」』]{0,4}[⁰¹²³⁴-⁹]{0,3}$")
_ABBREVIATED = re.compile(r"\b[A-Z](?:[a-z]{1,3})?\.$")
_TWO_SENTENCES = re.compile(r"[^\W\d_A-Z]{4}[.][\"'”’»)]{0,2}\s[^\W\d_]|!!|[。！？].")
_UNFINISHED = tuple(",;:،؛，、：；-–—")
_LIST_ITEM = re.compile(r"(?:[-–—*+•‣▪◦●○·]\s|\(?(?:\d{1,3}|[A-Za-zА-Яа-я]|[ivxIVX]{1,5})[.)]\s)")
_LABEL = re.compile(r"[A-ZА-ЯЁ][\w.'’()\-]{0,30}(?:\s[\w.'’()\-]{1,30}){0,4}:(?:\s|$)")
_MARKDOWN = re.compile(r"#{1,6}\s")

# A sentence is not over after one of these, in the languages that we know, and a heading hardly is.
_HANGS = re.compile(
    r"(?<!\w)(?:an?|and|at|by|for|from|in|into|of|on|or|than|that|the|their|to|which|who|with"
    r"|aux?|avec|dans|des?|du|en|et|la|les?|ou|par|pour|que|qui|sur|une?"
    r"|am|auf|aus|bei|das|de[mnr]|die|eine[mnr]?|ein|im|mit|oder|und|von|zum?|zur"
    r"|con|del|el|l[ao]s|para|por|y|al|che|da|dei|della|di|e|il|lo|nel|per"
    r"|ao|com|d[ao]|em|n[ao]|os?|uma?"
    r"|без|в|для|до|за|из|и|к|на|о|об|от|по|под|при|про|с|со|у|что|від|з|й|над|під|та|через|що)$"
)

Line = tuple[int, int]
Block = list[Line]


def paragraphs(text: str) -> list[Paragraph]:
    """The paragraphs of the text in order. What lies between them is white space."""
    blocks = list(_blocks(text))
    width = _wrap_width(text, blocks)
    found: list[Paragraph] = []
    for number, block in enumerate(blocks):
        lines = _joined(text, block, width)
        followed = number + 1 < len(blocks)
        for at, (start, end) in enumerate(lines):
            after = lines[at + 1] if at + 1 < len(lines) else None
            kind = _kind(text, lines, at, after, is_first=not found, followed=followed)
            found.append(Paragraph(start, end, kind))
    return found


def _blocks(text: str) -> Iterator[Block]:
    """The runs of lines between blank lines; each line without the spaces around it."""
    block: Block = []
    start = 0
    for line in text.split("\n"):
        stop = start + len(line)
        if line.strip():
            first = stop - len(line.lstrip())
            # A combining mark on a space is one grapheme cluster with it.
            if first > start and extends(text[first]):
                first -= 1
            block.append((first, stop - len(line) + len(line.rstrip())))
        elif block:
            yield block
            block = []
        start = stop + 1

    if block:
        yield block


# --- text wrapped by hand ---


def _wrap_width(text: str, blocks: list[Block]) -> int:
    """The width the text was wrapped to, in code points, or 0 if it was not."""
    return max((_block_width(text, block) for block in blocks), default=0)


def _block_width(text: str, block: Block) -> int:
    """The width of a block of three lines or more that a wrapper made, or 0.

    A heading on top, or a short last line of a paragraph, may break the pattern.
    """
    width = max(end - start for start, end in block)
    if len(block) < 3 or width not in WRAP_WIDTHS:
        return 0
    wrapped = [line for line, after in pairwise(block) if _wraps(text, line, after, width)]
    if len(wrapped) < 2 or len(wrapped) * 4 < (len(block) - 1) * 3:
        return 0
    # Sentences of like length, one a line, end in full stops; wrapped lines mostly do not.
    open_ended = sum(not _ENDS.search(text[max(start, end - 6) : end]) for start, end in wrapped)
    return width if open_ended * 2 >= len(wrapped) else 0


def _wraps(
    text: str, line: Line, after: Line, width: int, *, may_break_anywhere: bool = False
) -> bool:
    """Whether the line ended because the first word of the next would not have fitted.

    `may_break_anywhere`: also before what looks like a list item or a label.
    """
    (start, end), (after_start, after_end) = line, after
    head = text[after_start : min(after_end, after_start + width + 1)]
    if _MARKDOWN.match(text, start):
        return False
    if (_LIST_ITEM.match(head) or _LABEL.match(head)) and not may_break_anywhere:
        return False
    first_word = len(head.split(None, 1)[0])
    return width // 2 <= end - start <= width < end - start + 1 + first_word


def _joined(text: str, block: Block, width: int) -> Block:
    """The paragraphs of a block: its lines, joined where a wrapper parted them."""
    joined = [block[0]]
    is_list = sum(bool(_LIST_ITEM.match(text, *line)) for line in block) > 1
    for line, after in pairwise(block):
        breaks = not is_list and _is_open(text, line)
        is_wrapped = bool(width) and _wraps(text, line, after, width, may_break_anywhere=breaks)
        if is_wrapped or (line[1] - line[0] >= WRAP_WIDTHS.start and _goes_on(text, line, after)):
            joined[-1] = (joined[-1][0], after[1])
        else:
            joined.append(after)
    return joined


def _is_open(text: str, line: Line) -> bool:
    """Whether a sentence, or a list that a colon opens, is not over at the end of the line."""
    end = text[max(line[0], line[1] - 6) : line[1]]
    return not _ENDS.search(end) and not end.endswith((":", "："))


def _goes_on(text: str, line: Line, after: Line) -> bool:
    """Whether the next line goes on with a sentence of this one, by how they end and begin."""
    end, head = text[line[0] : line[1]], text[after[0] : after[1]]
    # First what few lines do: the label of a long line is looked for far into it.
    if not head[0].islower() and not _HANGS.search(end[-12:]):
        return False
    return not (_ENDS.search(end[-6:]) or _LIST_ITEM.match(head) or _LABEL.match(head))


# --- headings ---


def _kind(
    text: str, lines: Block, at: int, after: Line | None, *, is_first: bool, followed: bool
) -> ParagraphKind:
    start, end = lines[at]
    if _MARKDOWN.match(text, start):
        return ParagraphKind.HEADING
    if end - start > MAX_TITLE:
        return ParagraphKind.BODY
    line = text[start:end]
    if not any(char.isalnum() for char in line):
        # A row of stars or dashes says nothing that could need triage.
        return ParagraphKind.HEADING
    if line.endswith("]"):
        line = _REFERENCES.sub("", line) or line
    if is_first and len(lines) == 1 and followed:
        return ParagraphKind.HEADING if _is_title(line) else ParagraphKind.BODY
    if not _may_be_heading(line):
        return ParagraphKind.BODY
    if after is None:
        return ParagraphKind.HEADING if len(lines) == 1 and followed else ParagraphKind.BODY
    opens = at == 0 or bool(_ENDS.search(text[slice(*lines[at - 1])][-6:]))
    if not opens or not _is_running_text(text, after) or _may_be_wrapped(text, lines[at], after):
        return ParagraphKind.BODY
    return ParagraphKind.HEADING


def _may_be_wrapped(text: str, line: Line, after: Line) -> bool:
    """Whether the line may be the first of a wrapped paragraph, too short to show its width.

    A heading that is taken for text costs a look; text taken for a heading is never looked at.
    """
    width = max(line[1] - line[0], after[1] - after[0])
    if _goes_on(text, line, after):
        return True
    return width in WRAP_WIDTHS and _wraps(text, line, after, width)


def _is_title(line: str) -> bool:
    """A first line before a blank one is the title, unless it reads as running text."""
    if _TWO_SENTENCES.search(line) or line.endswith(_UNFINISHED):
        return False
    if not _ENDS.search(line[-6:]):
        return True
    if _STATES.search(line) and not _ABBREVIATED.search(line[-6:]):
        return False
    return len(line) <= MAX_HEADING and not _FULL_STOPS.search(line)


def _may_be_heading(line: str) -> bool:
    return (
        len(line) <= MAX_HEADING
        and not _ENDS.search(line[-6:])
        and not line.endswith(_UNFINISHED)
        and not _LIST_ITEM.match(line)
        and not _LABEL.match(line)
        and not line[0].islower()
    )


def _is_running_text(text: str, line: Line) -> bool:
    start, end = line
    return end - start > MAX_HEADING or bool(_ENDS.search(text[max(start, end - 6) : end]))
