/**
 * How far the worker is with files: the part of the page that shows it (`[data-progress]`) is asked
 * for again while anything in it waits (`[data-waiting]`) and the page is seen.
 *
 * After a second at first, and more and more seldom while nothing changes. The part is replaced
 * only where it changed, and what had the focus has it again; the end is said aloud.
 */
const SOONEST = 1_000;
const LATEST = 15_000;

let wait = SOONEST;
let timer = 0;
const spoken = document.querySelector("[data-spoken]");

const part = () => document.querySelector("[data-progress]");
const goesOn = () => part()?.querySelector("[data-waiting]");

/** The place of what has the focus among all that can have it, to be found in the new part. */
const FOCUSABLE = "a[href], button";

function replace(next) {
  const old = part();
  if (next.innerHTML === old.innerHTML) return false;
  const held = [...old.querySelectorAll(FOCUSABLE)].indexOf(document.activeElement);
  old.replaceChildren(...next.childNodes);
  if (held >= 0) (old.querySelectorAll(FOCUSABLE)[held] ?? document.getElementById("main"))?.focus();
  return true;
}

async function look() {
  try {
    const answer = await fetch(location.href, { headers: { Accept: "text/html" } });
    if (!answer.ok || answer.redirected) return;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const next = page.querySelector("[data-progress]");
    if (!next) return;
    wait = replace(next) ? SOONEST : Math.min(wait * 1.5, LATEST);
    if (!goesOn()) spoken.textContent = part().querySelector("[data-state]")?.textContent ?? "";
  } catch {
    wait = LATEST; // not reached: what is shown stays
  }
  again();
}

function again() {
  clearTimeout(timer);
  if (goesOn() && document.visibilityState === "visible") timer = setTimeout(look, wait);
}

document.addEventListener("visibilitychange", () => {
  wait = SOONEST;
  again();
});
again();
