/**
 * The text under a person's hands: sentences by the arrow keys, words to mark by pointer, keys
 * or touch, triage by one key or by the buttons under a sentence (`#triage-buttons`).
 *
 * The text is `[data-text]` with `data-mark-url`; while the panel shows a claim that words may be
 * added to (`data-add-url`), a second button adds them. Both get `?start=&end=` in code
 * points, and `head` and `tail`, the words as they are shown here (`data-shown` characters of
 * either end), for the server to compare. `data-triage`: what a sentence can be, for keys 1, 2, ...
 * One sentence is in the tab order at a time. With Shift, Left and Right move the last word of
 * the selection, Up and Down the first; with Ctrl, Cmd or Alt too, by a clause; Page Up and Page
 * Down move the last word by five, with Alt the first. W finds the first
 * word by its first letters, and Enter goes on to the last (or E), and from there to the mark. A tap
 * selects a sentence, and buttons move its ends.
 * Words of the interface come from the page's `<template id="select-tools">`, so that they are
 * translated. Without this module all of it is done from the sentence's panel.
 */
import {
  clausesOf,
  offsetIn,
  placeUnder,
  rangeOf,
  selectionSpan,
  sentenceAt,
  sentencesIn,
  startOf,
  textBetween,
  wordsBeginning,
  wordsOf,
} from "./offsets.js";
import { inField, keyOf, lettersAreOff } from "./keys.js";
import { isComposing, post, say } from "./session.js";

const FAR = 5; // words that Page Up and Page Down move an end by

const root = document.querySelector("[data-text][data-mark-url]");
const template = document.getElementById("select-tools");
if (root && template) start();

function start() {
  const bar = template.content.firstElementChild.cloneNode(true);
  const heard = bar.querySelector("[data-heard]");
  const [mark, add] = [bar.querySelector("[data-do=mark]"), bar.querySelector("[data-do=add]")];
  bar.hidden = true;
  root.append(bar);
  const sentences = sentencesIn(root);
  const shown = Number(root.dataset.shown);
  const triages = root.dataset.triage.split(" ");
  let span = null;
  let origin = null; // the sentence that the panel was opened from
  const buttons = document.getElementById("triage-buttons");
  let offered = null; // the sentence that they are of

  // --- sentences: one of them in the tab order, the arrows between them ---

  const numbered = (number) => document.getElementById(`s${number}`);
  const focused = () => document.activeElement?.closest?.("[data-text] [data-start]");
  const signOf = (sentence) => root.querySelector(`.gutter a[data-number="${sentence.id.slice(1)}"] .triage-mark`);
  const said = new Set(); // sentences whose value is on its way to the server
  const isUntriaged = (sentence) =>
    Boolean(sentence.id && !said.has(sentence) && signOf(sentence)?.matches(".none"));
  const inThePanel = () => numbered(document.getElementById("panel")?.dataset.sentence);

  const inPanel = root.querySelector(".sentence.now") ?? root.querySelector("mark.is-current")?.closest(".sentence");
  let roving = inPanel ?? sentences.find(isUntriaged) ?? sentences[0];
  roving.tabIndex = 0;
  const goTo = (sentence, options) => {
    if (!sentence) return;
    buttons.hidden = true;
    roving.removeAttribute("tabindex");
    roving = sentence;
    roving.tabIndex = 0;
    roving.focus(options);
  };
  const goOn = (sentence) => {
    clear();
    goTo(sentence);
  };
  // Chromium selects no further than what can take the focus: while a pointer is down, no
  // sentence can. The one that was clicked is where the keys go on from.
  root.addEventListener("pointerdown", () => roving.removeAttribute("tabindex"));
  for (const done of ["pointerup", "pointercancel", "dragend"]) {
    document.addEventListener(done, () => setTimeout(() => (roving.tabIndex = 0)));
  }
  root.addEventListener("click", (event) => {
    const sentence = event.target.closest("a, button") ? null : sentenceAt(root, event.target);
    if (!sentence || !getSelection().isCollapsed) return;
    goTo(sentence, { preventScroll: true });
    if (event.pointerType !== "touch") offer(sentence);
  });

  root.addEventListener("keydown", hearLetters);
  root.addEventListener("focusout", () => stopTyping());
  root.addEventListener("keydown", (event) => {
    const further = event.ctrlKey || event.metaKey || event.altKey;
    if (event.defaultPrevented || isComposing(event) || !event.target.matches("[data-start]")) return;
    if (further && !event.shiftKey) return;
    const at = sentences.indexOf(event.target);
    const forward = getComputedStyle(root).direction === "rtl" ? "ArrowLeft" : "ArrowRight";
    const back = forward === "ArrowLeft" ? "ArrowRight" : "ArrowLeft";
    const { key } = event;
    if (event.shiftKey) {
      const paged = further ? "start" : "end";
      const ends = {
        [forward]: ["end", 1],
        [back]: ["end", -1],
        ArrowDown: ["start", 1],
        ArrowUp: ["start", -1],
        PageDown: [paged, FAR],
        PageUp: [paged, -FAR],
      };
      if (!ends[key]) return;
      event.preventDefault();
      const units = further && key.startsWith("Arrow") ? clausesOf : wordsOf;
      return span ? stretch(...ends[key], units) : beginAtCaret(event.target, key === forward && units === wordsOf);
    }
    const steps = { [forward]: 1, ArrowDown: 1, [back]: -1, ArrowUp: -1 };
    const next = key in steps ? sentences[at + steps[key]] : { Home: sentences[0], End: sentences.at(-1) }[key];
    if (next) {
      event.preventDefault();
      getSelection().removeAllRanges();
      goOn(next);
    } else if (key === "Enter" && event.target.id) {
      event.preventDefault();
      openSentence(event.target);
    }
  });

  /** The sentence's panel, by the link of its number in the margin. */
  function openSentence(sentence) {
    origin = sentence;
    root.querySelector(`.gutter a[data-number="${sentence.id.slice(1)}"]`)?.click();
  }

  // --- words: choosing them, and moving either end by a word ---

  /** The first word of the sentence, or all of it. */
  function begin(sentence, firstWord) {
    const words = wordsOf(sentence);
    if (words.length) choose({ start: words[0].start, end: (firstWord ? words[0] : words.at(-1)).end }, true);
  }

  /** The word that was clicked at, if there is one in this sentence; else as `begin`. */
  function beginAtCaret(sentence, firstWord) {
    const { focusNode, focusOffset, isCollapsed } = getSelection();
    const at = isCollapsed && sentence.contains(focusNode) ? offsetIn(root, focusNode, focusOffset) : null;
    const here = at === null ? null : wordsOf(sentence).find((word) => word.end > at);
    return here ? choose({ ...here }, true) : begin(sentence, firstWord);
  }

  /** Move one end of the selection by words or clauses, as long as a word is left between them. */
  function stretch(end, by, units = wordsOf) {
    const here = sentences.findLast((each) => startOf(each) < (end === "end" ? span.end : span.start + 1));
    const at = sentences.indexOf(here);
    const near = sentences.slice(Math.max(0, at - 1), at + 2).flatMap(units);
    const on = by > 0 ? near.filter((each) => each[end] > span[end]) : near.filter((each) => each[end] < span[end]).reverse();
    const moved = { ...span, [end]: on.slice(0, Math.abs(by)).at(-1)?.[end] ?? span[end] };
    if (moved.start < moved.end) choose(moved, true);
  }

  // --- letters: the first word, then the last, by how they begin ---

  const hint = bar.querySelector("[data-letters]");
  let typing = null; // {end, letters, nth}: which end they move, and which of the words they fit

  function startTyping(end) {
    if (!span) begin(focused(), true);
    typing = { end, letters: "", nth: 0 };
    showTyping();
    heard.textContent = hint.textContent;
  }

  function stopTyping() {
    typing = null;
    hint.hidden = true;
  }

  function showTyping() {
    hint.hidden = false;
    const says = typing.end === "start" ? hint.dataset.first : hint.dataset.last;
    hint.textContent = `${says} ${typing.letters}`;
    place(bar);
  }

  /** Keys while letters are typed. Any other ends that, and does what it does otherwise. */
  function hearLetters(event) {
    if (!typing || isComposing(event) || ["Shift", "Control", "Alt", "AltGraph", "Meta"].includes(event.key)) return;
    const held = event.ctrlKey || event.metaKey || event.altKey;
    const isLetter = !held && /^[\p{L}\p{N}]$/u.test(event.key);
    const forward = getComputedStyle(root).direction === "rtl" ? "ArrowLeft" : "ArrowRight";
    const back = forward === "ArrowLeft" ? "ArrowRight" : "ArrowLeft";
    const steps = { [forward]: 1, ArrowDown: 1, [back]: -1, ArrowUp: -1 };
    if (isLetter) find(typing.letters + event.key, 0);
    else if (event.key === "Backspace") find([...typing.letters].slice(0, -1).join(""), 0);
    else if (event.key in steps && !held && !event.shiftKey) find(typing.letters, typing.nth + steps[event.key]);
    else if (event.key === "Enter" && !held) nextEnd();
    else if (event.key === "Escape") stopTyping();
    else return stopTyping();
    event.preventDefault();
  }

  /** Choose the nth of the words that begin so: of those behind the first word, for the last. */
  function find(letters, nth) {
    const words = wordsBeginning(focused(), letters);
    const fit = typing.end === "start" ? words : words.filter((word) => word.start >= span.start);
    if (!fit.length) return (heard.textContent = hint.dataset.none.replace("{letters}", letters));
    typing = { end: typing.end, letters, nth: (nth + fit.length) % fit.length };
    const word = fit[typing.nth];
    choose(typing.end === "start" ? { ...word } : { start: span.start, end: word.end }, true);
    showTyping();
  }

  function nextEnd() {
    if (typing.end === "start") return startTyping("end");
    stopTyping();
    goWith(root.dataset.markUrl);
  }

  /** Take these words as chosen. `adjusting`: by keys or touch, so its ends may be moved on. */
  function choose(chosen, adjusting) {
    span = chosen;
    bar.classList.toggle("adjust", adjusting);
    if (adjusting) {
      const range = rangeOf(root, span.start, span.end);
      // As the browser's own selection, so that it can be copied and is seen in forced colours.
      if (range) getSelection().setBaseAndExtent(range.startContainer, range.startOffset, range.endContainer, range.endOffset);
      const said = textBetween(root, span.start, span.end).split(/\s+/);
      heard.textContent = said.length > 12 ? `${said.slice(0, 6).join(" ")} … ${said.slice(-6).join(" ")}` : said.join(" ");
    }
    show();
  }

  function show() {
    buttons.hidden = true;
    paint(rangeOf(root, span.start, span.end));
    const { addUrl, claim } = document.getElementById("panel")?.dataset ?? {};
    add.hidden = !addUrl;
    add.querySelector("[data-number]").textContent = claim ?? "";
    bar.hidden = false;
    place(bar);
  }

  const clear = () => {
    stopTyping();
    if (!span) return;
    span = null;
    bar.hidden = true;
    heard.textContent = "";
    paint(null);
    getSelection().removeAllRanges();
  };

  // After the pointer or the keys come to rest, so that the bar does not chase the pointer.
  let waiting = 0;
  const hear = () => {
    clearTimeout(waiting);
    waiting = setTimeout(() => {
      const found = selectionSpan(root);
      if (found && !(span && found.start === span.start && found.end === span.end)) choose(found, false);
    }, 180);
  };
  document.addEventListener("selectionchange", hear);
  document.addEventListener("pointerdown", (event) => {
    if (!bar.contains(event.target)) clear();
  });
  // A finger that taps a sentence selects it; a long press selects words as everywhere.
  root.addEventListener("click", (event) => {
    if (event.pointerType !== "touch" || event.target.closest("a, button") || selectionSpan(root)) return;
    const sentence = sentenceAt(root, event.target);
    if (!sentence) return;
    begin(sentence, false);
    offer(sentence, bar);
    place(bar);
  });

  // --- the bar ---

  // Pressing a button must not take the selection away before it is used.
  bar.addEventListener("pointerdown", (event) => event.preventDefault());
  bar.addEventListener("keydown", (event) => {
    if (!["ArrowLeft", "ArrowRight"].includes(event.key)) return;
    const buttons = [...bar.querySelectorAll("button")].filter((button) => button.offsetParent);
    const step = (event.key === "ArrowRight") === (getComputedStyle(bar).direction === "ltr") ? 1 : -1;
    const at = buttons.indexOf(document.activeElement) + step;
    event.preventDefault();
    buttons[(at + buttons.length) % buttons.length].focus();
  });
  mark.addEventListener("click", () => goWith(root.dataset.markUrl));
  add.addEventListener("click", () => goWith(document.getElementById("panel").dataset.addUrl));
  for (const button of bar.querySelectorAll("[data-end]")) {
    button.addEventListener("click", () => span && stretch(button.dataset.end, Number(button.dataset.by)));
  }

  /** With what is selected now: the bar may still be that of fewer words. */
  function goWith(url) {
    span = selectionSpan(root) ?? span;
    go(url);
  }

  function go(url) {
    const target = new URL(url, location.href);
    const flat = textBetween(root, span.start, span.end).replace(/\s+/gu, "");
    target.searchParams.set("start", span.start);
    target.searchParams.set("end", span.end);
    target.searchParams.set("head", [...flat].slice(0, shown).join(""));
    target.searchParams.set("tail", [...flat].slice(-shown).join(""));
    bar.hidden = true;
    origin = focused() ?? sentences.findLast((each) => startOf(each) <= span.start);
    target.hash = "panel";
    // With no panel, or no htmx, the whole page; it opens on the same panel.
    const panel = document.getElementById("panel");
    if (!window.htmx || !panel) return location.assign(target);
    const path = target.pathname + target.search;
    window.htmx.ajax("GET", path, { target: panel, swap: "outerHTML", source: root }).then(() => {
      // As htmx marks its own entries, so that Back loads the page it left.
      history.replaceState({ htmx: true }, "");
      history.pushState({ htmx: true }, "", path + "#panel");
      document.querySelector("#panel :is(textarea, input:not([type=hidden]), select)")?.focus();
    });
  }

  /** What the panel says is being marked stays painted; anything else is not. */
  function settle() {
    const { start: from, end: to } = document.getElementById("panel")?.dataset ?? {};
    for (const old of root.querySelectorAll(".selected-words")) old.classList.remove("selected-words");
    bar.hidden = true;
    if (from && to) {
      span = { start: Number(from), end: Number(to) };
      paint(rangeOf(root, span.start, span.end));
    } else {
      span = null;
      paint(null);
    }
    offer(inThePanel());
  }
  document.addEventListener("htmx:afterSettle", (event) => {
    if (event.target.id === "panel" || event.target.querySelector?.("#panel")) settle();
  });

  // --- letters and digits ---

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented || isComposing(event)) return;
    const key = keyOf(event);
    if (event.key === "Escape") buttons.hidden = true;
    if (event.key === "Escape" && span && !document.querySelector("dialog[open]") && !event.target.closest("#panel")) return clear();
    if (event.key === "Escape" && event.target.closest("#panel") && origin) return goTo(origin);
    if (lettersAreOff() || inField(event.target) || document.querySelector("dialog[open]")) return;
    if (key === "m") {
      if (!selectionSpan(root) && !span) {
        if (!focused()) return;
        begin(focused(), false);
      }
      event.preventDefault();
      goWith(root.dataset.markUrl);
    } else if ((key === "w" || key === "e") && focused()) {
      event.preventDefault();
      startTyping(key === "w" ? "start" : "end");
    } else if (triages[key - 1]) {
      const sentence = focused() ?? inThePanel();
      if (!sentence?.id) return;
      event.preventDefault();
      triage(sentence, triages[key - 1], focused() === sentence);
    }
  });

  // --- triage: each in its turn, one at a time ---

  let sending = Promise.resolve();

  /** Say what the sentence is and go on at once to the next that nobody has triaged, in the text or
   *  in the panel; back again if the server refuses. */
  function triage(sentence, value, isInText, byPointer = false) {
    said.add(sentence);
    const at = sentences.indexOf(sentence);
    const next = [...sentences.slice(at + 1), ...sentences.slice(0, at)].find(isUntriaged);
    if (isInText) goOn(next ?? sentence);
    else openSentence(next ?? sentence);
    if (byPointer && next) {
      offer(next);
      buttons.scrollIntoView({ block: "nearest" });
    }
    sending = sending.then(() => send(sentence, value, byPointer));
  }

  async function send(sentence, value, byPointer) {
    const number = sentence.id.slice(1);
    const answer = await post(root.dataset.triageUrl, { number, triage: value });
    said.delete(sentence);
    if (!answer) {
      goTo(sentence);
      if (byPointer) offer(sentence);
      return;
    }
    for (const each of answer.changed) showTriage(each);
    const rail = document.querySelector("[data-rail]");
    if (rail && answer.rail) rail.outerHTML = answer.rail;
    say(answer.words, answer.undo);
  }

  function showTriage({ number, triage: value, label }) {
    const link = root.querySelector(`.gutter a[data-number="${number}"]`);
    link.querySelector(".triage-mark").className = `triage-mark ${value || "none"}`;
    link.querySelector("[data-label]").textContent = label;
  }

  /** Its buttons under a sentence, or in the bar; none where nothing is to be triaged. */
  function offer(sentence, inBar = null) {
    buttons.hidden = !/^s\d+$/.test(sentence?.id);
    if (buttons.hidden) return;
    offered = sentence;
    if (inBar) inBar.append(buttons);
    else sentence.after(buttons);
    for (const button of buttons.children) {
      button.setAttribute("aria-pressed", String(signOf(sentence).classList.contains(button.value)));
    }
  }
  // Pressing a button must not take the focus from the sentence.
  buttons.addEventListener("pointerdown", (event) => event.preventDefault());
  buttons.addEventListener("click", (event) => {
    const button = event.target.closest("button");
    if (!button) return;
    event.preventDefault();
    triage(offered, button.value, offered !== inThePanel(), true);
  });
  document.addEventListener("pointerdown", (event) => {
    if (!buttons.contains(event.target)) buttons.hidden = true;
  });

  /** Keep the words painted while the person types about them. */
  function paint(range) {
    if (!globalThis.CSS?.highlights) return;
    if (range) CSS.highlights.set("pick", new Highlight(range));
    else CSS.highlights.delete("pick");
  }

  const place = (element) => placeUnder(root, element, rangeOf(root, span.start, span.end));

  // The text breaks its lines anew when the window is made wider or narrower.
  new ResizeObserver(() => {
    if (span && !bar.hidden) place(bar);
  }).observe(root);

  settle();
  hear(); // words that were selected before this script came
  if (span) root.querySelector(".selected-words")?.scrollIntoView({ block: "center" });
}
