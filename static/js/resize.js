/**
 * For pages that embed a check: gives each frame the height that its content has.
 * Only a frame of this very page is heard, and only a number between 40 and 4000 is taken.
 */
addEventListener("message", ({ data, source }) => {
  if (data?.factcheck !== "height" || !Number.isFinite(data.height)) return;
  for (const frame of document.querySelectorAll("iframe[data-factcheck]")) {
    if (frame.contentWindow === source) {
      frame.style.height = `${Math.min(Math.max(data.height, 40), 4000)}px`;
    }
  }
});
