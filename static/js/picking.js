/**
 * The passage of a citation, picked in the words of the saved copy. Loaded when it is asked for.
 *
 * `[data-pick]` beside the field has the address of the words: JSON {title, saved, url, language,
 * problem, lines: [["p. 3", "words"], ...]}, for what stands in the form's `url`, `title` and
 * `isbn`. They are put in as characters, so that nothing of the copy can act. What is taken goes into
 * the fields `passage` and `locator` of the same form or row as typed words do: Ctrl+Z brings back what stood
 * there, and the draft is kept. The keys are those of the workbench's text (select.js).
 */
import { isComposing } from "./session.js";

const SHAPES = { "‘": "'", "’": "'", "“": '"', "”": '"', "«": '"', "»": '"', "–": "-", "—": "-", "\u00a0": " " };
/** In the shapes that are compared, as long as before. */
const plain = (words) => {
  const small = words.toLowerCase();
  return (small.length === words.length ? small : words).replace(/[‘’“”«»–—\u00a0]/g, (sign) => SHAPES[sign]);
};
const oneLine = (words) => words.replace(/\s+/g, " ").trim();
const fieldIn = (row, name) => row.querySelector(`[name="${name}"], [name$="-${name}"]`);

let dialog = null;
let part = null; // its elements by what they are for
let button = null; // that opened it
let lines = []; // {place, words, plain, node}
let span = null; // {from: [line, code unit], to}, what is chosen
let hits = [];
let nth = 0;

export async function pick(asking) {
  dialog = document.getElementById("pick");
  if (!dialog || dialog.open) return;
  if (!dialog.dataset.hears) hear();
  part = Object.fromEntries(["of", "saved", "whole", "problem", "found", "words", "chosen", "take"].map((name) => [name, dialog.querySelector(`[data-${name}]`)]));
  button = asking;
  empty();
  part.problem.textContent = dialog.dataset.opening;
  dialog.showModal();
  const row = asking.closest("fieldset, form");
  let told = null;
  try {
    const answer = await fetch(addressOf(asking, row), { headers: { Accept: "application/json" } });
    if (answer.ok) told = await answer.json();
  } catch {
    // Offline, or signed out: it is said below.
  }
  // Closed, or asked for another source, by now.
  if (!dialog.open || button !== asking) return;
  show(told ?? { problem: dialog.dataset.failed, lines: [] });
  begin(oneLine(fieldIn(row, "passage").value));
}

function addressOf(asking, row) {
  const address = new URL(asking.dataset.pick, location.href);
  for (const name of ["url", "title", "isbn"]) address.searchParams.set(name, fieldIn(row, name)?.value.trim() ?? "");
  if (asking.dataset.source) address.searchParams.set("source", asking.dataset.source);
  return address;
}

function empty() {
  [lines, hits, span, nth] = [[], [], null, 0];
  cut.clear();
  part.words.replaceChildren();
  for (const name of ["of", "saved", "found", "chosen"]) part[name].textContent = "";
  part.whole.hidden = part.take.disabled = true;
  dialog.querySelector("#pick-find").value = "";
}

function show({ title = "", saved = "", url = "", language = "", problem, lines: given }) {
  part.of.textContent = title;
  part.saved.textContent = saved;
  part.problem.textContent = problem;
  part.whole.hidden = !url;
  if (url) part.whole.href = url;
  part.words.lang = language;
  let before = "";
  lines = given.map(([place, words]) => {
    const node = document.createElement("p");
    if (place && place !== before) node.dataset.place = place;
    before = place;
    node.textContent = words;
    return { place, words, plain: plain(words), node };
  });
  part.words.replaceChildren(...lines.map(({ node }) => node));
}

/** With a passage that is typed already, at its words; else where words are looked for. */
function begin(passage) {
  const search = dialog.querySelector("#pick-find");
  // What was typed into the search meanwhile counts.
  if (search.value) return find(search.value);
  const at = passage ? lines.findIndex((line) => line.plain.includes(plain(passage))) : -1;
  if (at >= 0) {
    const start = lines[at].plain.indexOf(plain(passage));
    part.words.focus();
    return choose({ from: [at, start], to: [at, start + passage.length] });
  }
  (lines.length ? search : dialog.querySelector("[data-close]")).focus();
}

// --- places: a line and a code unit in it ---

const before = (one, other) => one[0] - other[0] || one[1] - other[1];
const cut = new Map(); // of each kind, what a line is cut into

function units(kind, at) {
  const key = `${kind} ${lines[at].words}`;
  if (!cut.has(key)) {
    const pieces = [...new Intl.Segmenter(part.words.lang || undefined, { granularity: kind }).segment(lines[at].words)];
    const kept = pieces.filter(({ segment, isWordLike }) => (kind === "word" ? isWordLike : segment.trim()));
    cut.set(key, kept.map(({ index, segment }) => ({ start: index, end: index + segment.trimEnd().length })));
  }
  return cut.get(key);
}

/** The nearest edge ("start" or "end") of a word or a sentence beyond a place, or null. */
function beyond(kind, edge, [line, at], by) {
  for (let here = line; here >= 0 && here < lines.length; here += by) {
    const edges = units(kind, here).map((unit) => unit[edge]);
    const found = by > 0 ? edges.find((each) => here !== line || each > at) : edges.findLast((each) => here !== line || each < at);
    if (found !== undefined) return [here, found];
  }
  return null;
}

/** The sentence that stands at a place, or the last one before it. */
function sentenceAt([line, at]) {
  const here = units("sentence", line);
  const unit = here.findLast(({ start }) => start <= at) ?? here[0];
  return unit && { from: [line, unit.start], to: [line, unit.end] };
}

// --- what is chosen: also the browser's own selection, so that it is seen and can be copied ---

function choose(chosen) {
  if (!chosen) return;
  take(chosen);
  const [from, to] = [chosen.from, chosen.to].map(([line, at]) => [lines[line].node.firstChild, at]);
  getSelection().setBaseAndExtent(...from, ...to);
  lines[chosen.from[0]].node.scrollIntoView({ block: "nearest" });
}

function take(chosen) {
  span = chosen;
  part.take.disabled = false;
  const words = chosenWords();
  const place = lines[span.from[0]].place;
  part.chosen.textContent = [place, words.length > 160 ? `${words.slice(0, 80)} … ${words.slice(-80)}` : words].filter(Boolean).join(part.chosen.dataset.chosen);
}

function chosenWords() {
  const { from, to } = span;
  if (from[0] === to[0]) return oneLine(lines[from[0]].words.slice(from[1], to[1]));
  const whole = lines.slice(from[0] + 1, to[0]).map(({ words }) => words);
  return oneLine([lines[from[0]].words.slice(from[1]), ...whole, lines[to[0]].words.slice(0, to[1])].join(" "));
}

/** What the pointer selected, as a span of the words; null where it is none of them. */
function selected() {
  const { anchorNode, anchorOffset, focusNode, focusOffset } = getSelection();
  const ends = [[anchorNode, anchorOffset], [focusNode, focusOffset]].map(([node, at]) => placeOf(node, at));
  if (ends.includes(null)) return null;
  const [from, to] = ends.sort(before);
  return { from, to };
}

function placeOf(node, at) {
  const element = node?.nodeType === Node.TEXT_NODE ? node.parentElement : node;
  const line = lines.findIndex((each) => each.node === element);
  if (line < 0) return null;
  return [line, node === element ? (at ? lines[line].words.length : 0) : at];
}

// --- keys, pointer, search ---

function hear() {
  dialog.dataset.hears = "yes";
  const box = dialog;
  const words = box.querySelector("[data-words]");
  const search = box.querySelector("#pick-find");
  box.querySelector("[data-close]").addEventListener("click", () => box.close());
  box.querySelector("[data-take]").addEventListener("click", use);
  box.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || isComposing(event) || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    use();
  });
  words.addEventListener("click", () => {
    const here = getSelection().isCollapsed ? selected() : null;
    if (here) choose(sentenceAt(here.from));
  });
  words.addEventListener("keydown", move);
  search.addEventListener("input", () => find(search.value));
  search.addEventListener("keydown", (event) => {
    if (isComposing(event) || event.ctrlKey || event.metaKey) return;
    const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (by) {
      event.preventDefault();
      goTo(nth + by);
    } else if (event.key === "Enter") {
      event.preventDefault();
      if (!hits.length) return;
      words.focus();
      choose(sentenceAt(hits[nth]));
    }
  });
}

document.addEventListener("selectionchange", () => {
  const chosen = dialog?.open && !getSelection().isCollapsed ? selected() : null;
  if (chosen && before(chosen.from, chosen.to) < 0) take(chosen);
});

function move(event) {
  if (event.defaultPrevented || isComposing(event) || !lines.length) return;
  const { key } = event;
  const further = event.ctrlKey || event.metaKey || event.altKey;
  if (key === "Enter" && !event.shiftKey && !further) {
    event.preventDefault();
    return use();
  }
  if (further && !event.shiftKey) return;
  const forward = getComputedStyle(part.words).direction === "rtl" ? "ArrowLeft" : "ArrowRight";
  const back = forward === "ArrowLeft" ? "ArrowRight" : "ArrowLeft";
  const by = { [forward]: 1, ArrowDown: 1, [back]: -1, ArrowUp: -1 }[key];
  if (!by) return;
  event.preventDefault();
  if (!span) return choose(sentenceAt([0, 0]));
  if (!event.shiftKey) {
    const next = beyond("sentence", "start", sentenceAt(span.from).from, by);
    return next && choose(sentenceAt(next));
  }
  const [end, edge] = key === forward || key === back ? ["to", "end"] : ["from", "start"];
  const moved = { ...span, [end]: beyond(further ? "sentence" : "word", edge, span[end], by) ?? span[end] };
  if (before(moved.from, moved.to) < 0) choose(moved);
}

function find(typed) {
  const wanted = plain(oneLine(typed));
  hits = [];
  if (wanted) lines.forEach((line, at) => {
    for (let found = line.plain.indexOf(wanted); found >= 0; found = line.plain.indexOf(wanted, found + wanted.length)) hits.push([at, found]);
  });
  if (hits.length) return goTo(0);
  for (const each of part.words.querySelectorAll(".hit")) each.classList.remove("hit");
  part.found.textContent = wanted && lines.length ? dialog.dataset.none : "";
}

/** Bring the nth place of the words that are looked for into view; the search keeps the focus. */
function goTo(number) {
  if (!hits.length) return;
  nth = (number + hits.length) % hits.length;
  for (const each of part.words.querySelectorAll(".hit")) each.classList.remove("hit");
  const { node } = lines[hits[nth][0]];
  node.classList.add("hit");
  node.scrollIntoView({ block: "center" });
  part.found.textContent = dialog.dataset.count.replace("{nth}", nth + 1).replace("{count}", hits.length);
}

/** Put what is chosen into the form, and go back there. */
function use() {
  if (!span) return;
  const row = button.closest("fieldset, form");
  const [words, place] = [chosenWords(), lines[span.from[0]].place];
  dialog.close();
  if (place) put(fieldIn(row, "locator"), place);
  put(fieldIn(row, "passage"), words);
}

function put(field, words) {
  field.focus();
  field.select();
  if (field.value !== words) document.execCommand("insertText", false, words);
}
