/**
 * From a place in the page to an offset in the revision's text, and back.
 *
 * Offsets are code points, as the server counts them; the browser counts UTF-16 units,
 * so this module is the one border between the two. A sentence carries `data-start`, the
 * offset of its first code point; a `<br>` inside one stands for its line feed. What is the
 * page's and not the text's (note links, word joiners, gutter numbers) stands inside
 * `data-not-text` and is not counted.
 */

/** Code points in a string. */
export const codePoints = (string) => [...string].length;

const NOT_TEXT = "[data-not-text]";
const BOTH = NodeFilter.SHOW_TEXT | NodeFilter.SHOW_ELEMENT;

/** The nodes of an element that are the revision's text, in order: text nodes and line breaks. */
function* textNodes(element) {
  const walker = document.createTreeWalker(element, BOTH);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    if (node.nodeType === Node.ELEMENT_NODE && node.tagName !== "BR") continue;
    if (!node.parentElement.closest(NOT_TEXT)) yield node;
  }
}

const wordsIn = (node) => (node.nodeType === Node.TEXT_NODE ? node.data : "\n");

export const sentencesIn = (root) => [...root.querySelectorAll("[data-start]")];
export const startOf = (sentence) => Number(sentence.dataset.start);
export const textOf = (sentence) => [...textNodes(sentence)].map(wordsIn).join("");
export const endOf = (sentence) => startOf(sentence) + codePoints(textOf(sentence));

/** The sentence that holds a boundary point, or null between sentences. */
export function sentenceAt(root, node) {
  const element = node.nodeType === Node.TEXT_NODE ? node.parentElement : node;
  const sentence = element?.closest?.("[data-start]");
  return sentence && root.contains(sentence) ? sentence : null;
}

/**
 * Code points from the start of the revision to a boundary point of the page.
 *
 * Between sentences, a boundary belongs to the end of the sentence before it, or, with
 * `forward`, to the start of the one after it. Returns null where there is no such sentence.
 */
export function offsetIn(root, node, domOffset, forward = false) {
  const sentence = sentenceAt(root, node);
  const point = document.createRange();
  point.setStart(node, domOffset);
  if (sentence) {
    let offset = startOf(sentence);
    for (const text of textNodes(sentence)) {
      if (text === node && text.nodeType === Node.TEXT_NODE) return offset + codePoints(text.data.slice(0, domOffset));
      // What begins at or after the boundary, and all after it, does not count.
      if (point.comparePoint(text, 0) >= 0) break;
      offset += codePoints(wordsIn(text));
    }
    return offset;
  }
  const sentences = sentencesIn(root);
  const after = sentences.find((each) => point.comparePoint(each, 0) >= 0);
  if (forward) return after ? startOf(after) : null;
  const before = sentences[(after ? sentences.indexOf(after) : sentences.length) - 1];
  return before ? endOf(before) : null;
}

/** The page's range for code points start to end, or null where they are not shown. */
export function rangeOf(root, start, end) {
  const sentences = sentencesIn(root);
  const place = (offset, last) => {
    const sentence = sentences.findLast((each) => startOf(each) < offset + (last ? 0 : 1));
    if (!sentence) return null;
    let at = startOf(sentence);
    for (const node of textNodes(sentence)) {
      const points = [...wordsIn(node)];
      if (offset <= at + points.length - (last ? 0 : 1)) {
        if (node.nodeType === Node.TEXT_NODE) return [node, points.slice(0, offset - at).join("").length];
        return [node.parentNode, [...node.parentNode.childNodes].indexOf(node) + (last ? 1 : 0)];
      }
      at += points.length;
    }
    return null;
  };
  const [from, to] = [place(start, false), place(end, true)];
  if (!from || !to) return null;
  const range = document.createRange();
  range.setStart(...from);
  range.setEnd(...to);
  return range;
}

/**
 * What is selected inside root, as {start, end}, without white space at its edges; or null
 * if nothing is, or only white space, or part of it lies outside root.
 */
export function selectionSpan(root) {
  const selection = root.ownerDocument.getSelection();
  if (!selection?.rangeCount || selection.isCollapsed) return null;
  const range = selection.getRangeAt(0);
  // A triple click ends at the start of the next block, which may lie outside the text.
  if (!root.contains(range.startContainer)) return null;
  const inside = root.contains(range.endContainer);
  const last = inside ? null : sentencesIn(root).at(-1);
  if (!inside && !range.intersectsNode(last)) return null;
  const start = offsetIn(root, range.startContainer, range.startOffset, true);
  const end = inside ? offsetIn(root, range.endContainer, range.endOffset) : endOf(last);
  if (start === null || end === null || end <= start) return null;
  return trimmed(root, start, end);
}

function trimmed(root, start, end) {
  const text = [...textBetween(root, start, end)];
  const blank = (point) => /^\s$/u.test(point);
  const first = text.findIndex((point) => !blank(point));
  if (first < 0) return null;
  const last = text.findLastIndex((point) => !blank(point));
  // White space between sentences is not in the page as it is in the text: each edge is
  // trimmed by itself.
  return { start: start + first, end: end - (text.length - 1 - last) };
}

/** The text from start to end, in code points, without what stands between sentences. */
export function textBetween(root, start, end) {
  let out = "";
  for (const sentence of sentencesIn(root)) {
    if (startOf(sentence) >= end) break;
    let at = startOf(sentence);
    for (const node of textNodes(sentence)) {
      const points = [...wordsIn(node)];
      out += points.slice(Math.max(0, start - at), Math.max(0, end - at)).join("");
      at += points.length;
    }
  }
  return out;
}

// As the server's `words`: parted by white space; Chinese and Japanese, written without, by
// character, each with the marks that cling to it. Which those are, the page says (`data-cjk`,
// `data-opening`), as what stands in a character class.
let word = null;
function wordPattern(element) {
  const { cjk, opening } = element.closest("[data-cjk]").dataset;
  return new RegExp(`[${opening}]*[${cjk}][^\\p{L}\\p{N}_\\s${opening}]*|[^\\s${cjk}]+`, "gu");
}

/** The words of a sentence, punctuation included, as spans in code points. */
export function wordsOf(sentence) {
  word ??= wordPattern(sentence);
  const [text, base] = [textOf(sentence), startOf(sentence)];
  let [unit, at] = [0, base];
  return [...text.matchAll(word)].map((found) => {
    at += codePoints(text.slice(unit, found.index));
    unit = found.index;
    return { start: at, end: at + codePoints(found[0]) };
  });
}

// What ends a clause where a word ends with it, and what begins one where a word begins with it. An
// apostrophe alone does neither: it may be a genitive's.
const ENDS = /[,;:.!?…—–)\]}"”»、。，；：？！）］】』」،؛؟]['’]?$/u;
const BEGINS = /^['‘]?[([{"“„«（［【『「—–]/u;

/** What a sentence says between two offsets of its text. */
function reading(sentence) {
  const [points, base] = [[...textOf(sentence)], startOf(sentence)];
  return ({ start, end }) => points.slice(start - base, end - base).join("");
}

/** The clauses of a sentence, from one comma, dash, bracket or quotation mark to the next. */
export function clausesOf(sentence) {
  const read = reading(sentence);
  const clauses = [];
  let isOpen = false;
  for (const word of wordsOf(sentence)) {
    if (isOpen && !BEGINS.test(read(word))) clauses.at(-1).end = word.end;
    else clauses.push({ ...word });
    isOpen = !ENDS.test(read(word));
  }
  return clauses;
}

const folded = (words) =>
  words.normalize("NFKD").replace(/\p{M}/gu, "").replace(/^[^\p{L}\p{N}]+/u, "").toLowerCase();

/** The words that begin with these letters, whatever their case, accents and opening marks. */
export function wordsBeginning(sentence, letters) {
  const read = reading(sentence);
  return wordsOf(sentence).filter((word) => folded(read(word)).startsWith(folded(letters)));
}

/** Put an element under the last line of a range, kept inside the text's column. */
export function placeUnder(root, element, range) {
  const last = range && [...range.getClientRects()].at(-1);
  if (!last) return;
  const box = root.getBoundingClientRect();
  const room = Math.max(0, box.width - element.offsetWidth);
  const rtl = getComputedStyle(root).direction === "rtl";
  const x = rtl ? box.right - last.right : last.left - box.left;
  element.style.setProperty("--x", `${Math.min(Math.max(0, x), room)}px`);
  element.style.setProperty("--y", `${last.bottom - box.top + 6}px`);
  cover(root, element.getBoundingClientRect());
}

/** What lies partly under it is no target meanwhile: half of it would be hit by mistake. */
function cover(root, over) {
  for (const link of root.querySelectorAll(".gutter a")) {
    const at = link.getBoundingClientRect();
    const lies = at.left < over.right && at.right > over.left && at.top < over.bottom && at.bottom > over.top;
    link.classList.toggle("under", lies);
  }
}
