/**
 * The public pages' few comforts; each page is complete without them.
 *
 * Lays each note beside its mark and keeps notes apart; "Show notes" (`[data-notes]`);
 * copying a link or a citation (`[data-copy]`: the text, or the address when empty);
 * printing (`[data-print]`).
 */
document.documentElement.classList.add("js");

const read = document.querySelector(".read");
const wide = matchMedia("(min-width: 1000px)");
const GAP = 18;

function lay() {
  read.style.removeProperty("min-height");
  let floor = -Infinity;
  for (const note of read.querySelectorAll(".note")) {
    note.style.removeProperty("--y");
    const mark = document.getElementById(`m${note.id.slice("note-".length)}`);
    if (!wide.matches || !mark || !note.offsetParent) continue;
    const wanted = mark.getClientRects()[0].top;
    const top = Math.max(wanted, floor);
    note.style.setProperty("--y", `${top - note.parentElement.getBoundingClientRect().top}px`);
    floor = top + note.offsetHeight + GAP;
  }
  if (wide.matches && floor > 0) {
    read.style.setProperty("min-height", `${floor - read.getBoundingClientRect().top}px`);
  }
}

if (read) {
  document.fonts.ready.then(lay);
  addEventListener("resize", lay);
  const notes = document.querySelector("[data-notes]");
  notes?.addEventListener("change", () => {
    document.body.classList.toggle("quiet", !notes.checked);
    lay();
  });
}

for (const button of document.querySelectorAll("[data-copy]")) {
  button.addEventListener("click", async () => {
    const words = button.querySelector("[data-words]") ?? button;
    const before = words.textContent;
    try {
      await navigator.clipboard.writeText(button.dataset.copy || location.href.split("#")[0]);
      words.textContent = button.dataset.done;
    } catch {
      words.textContent = button.dataset.failed;
    }
    setTimeout(() => (words.textContent = before), 2500);
  });
}
for (const button of document.querySelectorAll("[data-print]")) button.addEventListener("click", () => print());
