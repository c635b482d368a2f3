/**
 * Select words, press M: the panel opens on a new claim for exactly those words.
 *
 * The text is `[data-text]` with `data-mark-url`; with `data-add-url` and `data-add-label`
 * a second button adds the words to the claim being viewed. Both get `?start=&end=` in code
 * points. Words of the interface come from the page's `<template id="select-tools">`, so
 * that they are translated. Without this module the same is done from the sentence's panel.
 */
import { rangeOf, selectionSpan } from "./offsets.js";

const root = document.querySelector("[data-text][data-mark-url]");
const template = document.getElementById("select-tools");
if (root && template) start();

function start() {
  const bar = template.content.firstElementChild.cloneNode(true);
  const [mark, add] = [bar.querySelector("[data-do=mark]"), bar.querySelector("[data-do=add]")];
  bar.hidden = true;
  root.append(bar);
  let span = null;

  const show = () => {
    const found = selectionSpan(root);
    if (!found) return;
    span = found;
    paint(rangeOf(root, span.start, span.end));
    if (add) add.hidden = !root.dataset.addUrl;
    if (add && root.dataset.addLabel) add.textContent = root.dataset.addLabel;
    bar.hidden = false;
    place(bar);
  };
  const hide = () => {
    span = null;
    bar.hidden = true;
    paint(null);
  };

  // After the pointer or the keys come to rest, so that the bar does not chase the pointer.
  let waiting = 0;
  document.addEventListener("selectionchange", () => {
    clearTimeout(waiting);
    waiting = setTimeout(show, 180);
  });
  document.addEventListener("pointerdown", (event) => {
    if (!bar.contains(event.target)) hide();
  });
  // Pressing a button must not take the selection away before it is used.
  bar.addEventListener("pointerdown", (event) => event.preventDefault());
  bar.addEventListener("keydown", (event) => {
    if (!["ArrowLeft", "ArrowRight"].includes(event.key)) return;
    const buttons = [...bar.querySelectorAll("button:not([hidden])")];
    const step = (event.key === "ArrowRight") === (getComputedStyle(bar).direction === "ltr") ? 1 : -1;
    const at = buttons.indexOf(document.activeElement) + step;
    buttons[(at + buttons.length) % buttons.length].focus();
  });
  mark.addEventListener("click", () => go(root.dataset.markUrl));
  add?.addEventListener("click", () => go(root.dataset.addUrl));

  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && span) {
      hide();
      getSelection().removeAllRanges();
    }
    if (event.key.toLowerCase() !== "m" || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target.closest("input, textarea, select, dialog[open]")) return;
    const chosen = selectionSpan(root) ?? span;
    if (!chosen) return;
    span = chosen;
    event.preventDefault();
    go(root.dataset.markUrl);
  });

  function go(url) {
    const target = new URL(url, location.href);
    target.searchParams.set("start", span.start);
    target.searchParams.set("end", span.end);
    bar.hidden = true;
    target.hash = "panel";
    // With no panel, or no htmx, the whole page; it opens on the same panel.
    const panel = document.getElementById("panel");
    if (!window.htmx || !panel) {
      location.assign(target);
      return;
    }
    const path = target.pathname + target.search;
    window.htmx.ajax("GET", path, { target: panel, swap: "outerHTML", source: root }).then(() => {
      // As htmx marks its own entries, so that Back loads the page it left.
      history.replaceState({ htmx: true }, "");
      history.pushState({ htmx: true }, "", path + "#panel");
      document.querySelector("#panel :is(textarea, input:not([type=hidden]), select)")?.focus();
    });
  }

  /** Keep the words painted while the reader types about them. */
  function paint(range) {
    if (!globalThis.CSS?.highlights) return;
    if (range) CSS.highlights.set("pick", new Highlight(range));
    else CSS.highlights.delete("pick");
  }

  /** Under the last line of the selection, kept inside the text's column. */
  function place(element) {
    const range = rangeOf(root, span.start, span.end);
    const last = range && [...range.getClientRects()].at(-1);
    if (!last) return;
    const box = root.getBoundingClientRect();
    const room = Math.max(0, box.width - element.offsetWidth);
    const rtl = getComputedStyle(root).direction === "rtl";
    const x = rtl ? box.right - last.right : last.left - box.left;
    element.style.setProperty("--x", `${Math.min(Math.max(0, x), room)}px`);
    element.style.setProperty("--y", `${last.bottom - box.top + 6}px`);
  }
}
