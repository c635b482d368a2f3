/**
 * "48 characters left" beside a field, in code points as the server counts them.
 *
 * `<output data-count="id_finding" data-max="140" data-left="{n} characters left"
 * data-over="{n} characters too many">`: the words are the page's, so that they are translated.
 */
function count(output) {
  const field = document.getElementById(output.dataset.count);
  if (!field) return;
  const left = Number(output.dataset.max) - [...field.value].length;
  output.textContent = (left < 0 ? output.dataset.over : output.dataset.left).replace("{n}", Math.abs(left));
  output.classList.toggle("over", left < 0);
}

const all = () => document.querySelectorAll("[data-count]");
const refresh = () => {
  for (const output of all()) {
    // The browser's own limit counts UTF-16 units and would cut an emoji short.
    document.getElementById(output.dataset.count)?.removeAttribute("maxlength");
    count(output);
  }
};
document.addEventListener("input", (event) => {
  for (const output of all()) if (output.dataset.count === event.target.id) count(output);
});
document.addEventListener("htmx:afterSwap", refresh);
refresh();
