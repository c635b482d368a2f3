/**
 * The order of a list, by dragging, by buttons and by keys. Loaded where there is such a list.
 *
 * `[data-order]` holds `[data-movable]`; each may have buttons `[data-by="-1"]` and `[data-by="1"]`,
 * which without scripts are sent with their form, and Alt with Up and Down does the same from
 * anywhere in it. Where it has a `data-place-url`, its new place is posted there, and it goes back
 * where it was if the server refuses. Else the form's field `order` takes the values of
 * the boxes in the order in which they stand, so that it is kept and sent with the rest.
 */
import { post } from "./session.js";
import { uuid } from "./autosave.js";

const siblingsOf = (item) => [...item.parentElement.children].filter((each) => each.matches("[data-movable]"));
const fieldOf = (item) => item.closest("form")?.elements.namedItem("order");

/** What the buttons of each can still do: the first goes no earlier, the last no later. */
function settle(items) {
  for (const [at, item] of items.entries()) {
    for (const button of item.querySelectorAll("[data-by]")) {
      if (button.closest("[data-movable]") !== item) continue;
      button.disabled = button.dataset.by === "-1" ? at === 0 : at === items.length - 1;
    }
  }
}

function put(item, place) {
  const others = siblingsOf(item).filter((each) => each !== item);
  const next = others[place];
  if (next) next.before(item);
  else others.at(-1)?.after(item);
  settle(siblingsOf(item));
}

/** Say and keep where it stands now; `from` is where it stood. */
async function moved(item, from) {
  const items = siblingsOf(item);
  const place = items.indexOf(item);
  if (place === from) return;
  settle(items);
  const status = document.querySelector("[data-ordered]");
  if (status) status.textContent = status.dataset.words.replace("{nth}", place + 1).replace("{count}", items.length);
  const field = fieldOf(item);
  if (!item.dataset.placeUrl) {
    field.value = [...item.closest("form").querySelectorAll("[data-movable] input[name=cite]")].map(({ value }) => value).join(" ");
    return field.form.dispatchEvent(new Event("input", { bubbles: true }));
  }
  const told = await post(item.dataset.placeUrl, { place, key: uuid() });
  if (!told && item.isConnected && siblingsOf(item).indexOf(item) === place) put(item, from);
}

function step(item, by, focus) {
  const from = siblingsOf(item).indexOf(item);
  const place = from + by;
  if (place < 0 || place >= siblingsOf(item).length) return;
  put(item, place);
  // What moved keeps the focus: its button, or the other one where it goes no further.
  const button = focus.disabled ? item.querySelector(`[data-by="${-by}"]`) : focus;
  button.focus();
  moved(item, from);
}

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-by]");
  const item = button?.closest("[data-movable]");
  if (!item) return;
  event.preventDefault();
  step(item, Number(button.dataset.by), button);
});
document.addEventListener("keydown", (event) => {
  const by = { ArrowUp: -1, ArrowDown: 1 }[event.key];
  const item = by && event.altKey && !event.ctrlKey && !event.metaKey && event.target.closest("[data-movable]");
  if (!item) return;
  event.preventDefault();
  step(item, by, event.target);
});

// --- dragging ---

let dragged = null;
let from = 0;
document.addEventListener("dragstart", (event) => {
  const item = event.target.closest?.("[data-movable]");
  if (!item) return;
  dragged = item;
  from = siblingsOf(item).indexOf(item);
  event.dataTransfer.effectAllowed = "move";
  item.classList.add("dragged");
});
document.addEventListener("dragover", (event) => {
  if (!dragged) return;
  const over = siblingsOf(dragged).find((each) => each !== dragged && each.contains(event.target));
  if (!over && !dragged.parentElement.contains(event.target)) return;
  event.preventDefault();
  if (!over) return;
  const { top, height } = over.getBoundingClientRect();
  if (event.clientY < top + height / 2) over.before(dragged);
  else over.after(dragged);
});
document.addEventListener("drop", (event) => {
  if (!dragged) return;
  event.preventDefault();
  const item = dragged;
  dragged = null;
  item.classList.remove("dragged");
  moved(item, from);
});
document.addEventListener("dragend", () => {
  if (!dragged) return; // dropped
  dragged.classList.remove("dragged");
  put(dragged, from);
  dragged = null;
});

/** What can be dragged; and lists that stand as the form's field says, where it was put back. */
export function watch() {
  for (const item of document.querySelectorAll("[data-movable]")) item.draggable = true;
  for (const list of document.querySelectorAll("[data-order]")) {
    const form = list.closest("form");
    if (!form?.elements.namedItem("order") || form.dataset.sorts) continue;
    form.dataset.sorts = "yes";
    sort(form);
    form.addEventListener("input", () => sort(form));
  }
}

function sort(form) {
  const order = form.elements.namedItem("order").value.split(" ").filter(Boolean);
  if (!order.length) return;
  const rankOf = (item) => {
    const ranks = [...item.querySelectorAll("input[name=cite]")].map(({ value }) => order.indexOf(value)).filter((at) => at >= 0);
    return ranks.length ? Math.min(...ranks) : order.length;
  };
  const lists = new Set([...form.querySelectorAll("[data-movable]")].map((item) => item.parentElement));
  for (const list of lists) {
    const items = [...list.children].filter((each) => each.matches("[data-movable]"));
    const sorted = items.toSorted((one, other) => rankOf(one) - rankOf(other));
    if (sorted.every((item, at) => item === items[at])) continue;
    for (const item of sorted) list.append(item);
    settle(sorted);
  }
}
