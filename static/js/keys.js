/**
 * The desk's keys, and the panel's place in the page.
 *
 * J, K: next and previous claim of the rail. V: the rating. T: between text and panel.
 * Ctrl or Cmd with Enter: submit the panel's main form (`[data-main]`). /: the search field.
 * ?: the list of keys. Letters do nothing inside fields, nor when turned off in that list
 * (WCAG 2.1.4), which this browser remembers.
 */
const OFF = "keys:off";
const dialog = document.getElementById("keys");
const isOff = () => localStorage.getItem(OFF) === "yes";
const inField = (element) => element.closest("input:not([type=radio], [type=checkbox]), textarea, select, [contenteditable]");

for (const opener of document.querySelectorAll("[data-keys]")) {
  opener.hidden = false;
  opener.addEventListener("click", () => dialog?.showModal());
}
const toggle = dialog?.querySelector("[data-keys-on]");
if (toggle) {
  toggle.checked = !isOff();
  toggle.addEventListener("change", () => localStorage.setItem(OFF, toggle.checked ? "no" : "yes"));
}

document.addEventListener("keydown", (event) => {
  if ((event.ctrlKey || event.metaKey) && event.key === "Enter") {
    const form = document.querySelector("form[data-main]");
    if (form) {
      event.preventDefault();
      form.requestSubmit(form.querySelector("[data-save]") ?? undefined);
    }
    return;
  }
  if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
  if (event.key === "?" && !inField(event.target) && !dialog?.open) {
    event.preventDefault();
    dialog?.showModal();
    return;
  }
  if (isOff() || inField(event.target) || document.querySelector("dialog[open]")) return;
  const act = ACTS[event.key.toLowerCase()];
  if (act?.()) event.preventDefault();
});

const step = (by) => {
  const claims = [...document.querySelectorAll(".rail a.cl")];
  const at = claims.findIndex((claim) => claim.hasAttribute("aria-current"));
  const next = claims[at < 0 ? (by > 0 ? 0 : claims.length - 1) : at + by];
  next?.focus();
  next?.click();
  return next;
};
const focus = (selector) => {
  const found = document.querySelector(selector);
  found?.focus();
  return found;
};
const ACTS = {
  j: () => step(1),
  k: () => step(-1),
  v: () => focus("#panel .opt input:checked") ?? focus("#panel .opt input"),
  t: () => focus(document.activeElement?.closest("#panel") ? "#text" : "#panel"),
  "/": () => focus("input[type=search]"),
};

/** After a panel came in by itself: the rail and the marks show which claim it is. */
function settle() {
  const number = document.getElementById("panel")?.dataset.claim ?? "";
  for (const claim of document.querySelectorAll(".rail a.cl")) {
    if (claim.dataset.claim === number) claim.setAttribute("aria-current", "true");
    else claim.removeAttribute("aria-current");
  }
  const marks = [...document.querySelectorAll("mark[data-claims]")];
  for (const mark of marks) mark.classList.toggle("cur", number !== "" && mark.dataset.claims.split(" ").includes(number));
  show();
}

/** Bring the current claim's words into view, in its own column only. */
function show() {
  const column = document.getElementById("text");
  const mark = column?.querySelector("mark.cur, .s.now");
  if (!mark || getComputedStyle(column).overflowY !== "auto") return;
  const [outer, inner] = [column.getBoundingClientRect(), mark.getBoundingClientRect()];
  if (inner.top < outer.top + 40 || inner.bottom > outer.bottom - 80) {
    column.scrollTop += inner.top - outer.top - column.clientHeight / 3;
  }
}
document.addEventListener("htmx:afterSettle", (event) => {
  if (event.target.id === "panel" || event.target.querySelector?.("#panel")) settle();
});
show();
document.querySelector("[data-focus]")?.focus();
