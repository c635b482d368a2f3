/**
 * The counts beside the links of the side bar, asked for again while a page stays open: once it is
 * loaded (that of the queue is on the queue's own page only), when one comes back to it, and after
 * each move that it makes without being loaded again. What was shown stays where none is answered.
 */
const bar = document.querySelector("[data-counts]");

function show(counts) {
  for (const place of document.querySelectorAll("[data-tally]")) {
    const count = counts[place.dataset.tally];
    if (count === undefined) continue;
    place.hidden = !count;
    place.querySelector(".tabular").textContent = count || "";
  }
}

let asked = 0;

async function refresh() {
  const turn = ++asked;
  try {
    const answer = await fetch(bar.dataset.counts, { headers: { Accept: "application/json" } });
    if (!answer.ok || answer.redirected) return;
    const counts = await answer.json();
    // An answer that a later one has overtaken would be older than what is shown.
    if (turn === asked) show(counts);
  } catch {
    // Not reached, or left meanwhile: the next page has its own.
  }
}

if (bar) {
  refresh();
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "visible") refresh();
  });
  document.addEventListener("htmx:afterRequest", (event) => {
    if (event.detail.requestConfig?.verb !== "get" && event.detail.successful) refresh();
  });
}
