/**
 * Pasting into the text of an article: what a word processor, a mail or a page copied keeps its
 * headings, lists, tables and links.
 *
 * The characters stand in the field at once, as anywhere. Where the clipboard has HTML with more in
 * it than words, the server reads that ([data-paste], its address), and its text takes the place of
 * those characters if nobody has changed them since; its key goes into the form (`copied`), so that
 * the server knows the paragraphs again by their words. A button puts the characters back. A plain
 * paste (Ctrl or Cmd with Shift and V) has no HTML, and stays what it is.
 */
const place = document.querySelector("[data-paste]");
const field = document.querySelector("textarea[name=text]");
const keys = document.querySelector("input[name=copied]");
const SHAPED = /<(?:h[1-6]|li|table|blockquote|figcaption)\b|<a\s[^>]*href|Mso(?:List|Title|Caption|Quote)/i;

if (place && field && keys) {
  const [told, button] = [place.querySelector("[data-kept]"), place.querySelector("button")];
  let last = null; // {plain, text, key} of what was pasted last

  field.addEventListener("paste", async (event) => {
    const html = event.clipboardData?.getData("text/html") ?? "";
    if (!SHAPED.test(html)) return;
    event.preventDefault();
    const plain = event.clipboardData.getData("text/plain").replace(/\r\n?/g, "\n");
    const at = field.selectionStart;
    insert(plain);
    const answer = await asked(html);
    if (!answer) return;
    const text = apart(at, answer.text);
    if (!swap(at, plain, text)) return;
    keys.value = [keys.value, answer.key].filter(Boolean).join(",");
    last = { plain, text, key: answer.key };
    show(true);
  });

  button.addEventListener("click", () => {
    if (last && swap(field.value.indexOf(last.text), last.text, last.plain)) {
      keys.value = keys.value.split(",").filter((key) => key !== last.key).join(",");
    }
    show(false);
    field.focus();
  });

  function show(isKept) {
    told.hidden = button.hidden = !isKept;
  }

  /** As the browser itself would, so that Ctrl and Z take it back. */
  function insert(text) {
    field.focus();
    if (!document.execCommand("insertText", false, text)) {
      field.setRangeText(text, field.selectionStart, field.selectionEnd, "end");
      field.dispatchEvent(new Event("input", { bubbles: true }));
    }
  }

  /** Put other words in the place of those at `at`, if they still stand there; the caret stays. */
  function swap(at, before, after) {
    if (at < 0 || field.value.slice(at, at + before.length) !== before) return false;
    const moved = (caret) => (caret >= at + before.length ? caret + after.length - before.length : Math.min(caret, at));
    const [from, to] = [moved(field.selectionStart), moved(field.selectionEnd)];
    field.setSelectionRange(at, at + before.length);
    insert(after);
    field.setSelectionRange(from, to);
    return true;
  }

  /** Several paragraphs begin one of their own, whatever stands before them. */
  function apart(at, text) {
    const before = field.value.slice(0, at);
    if (!before || !text.includes("\n\n") || before.endsWith("\n\n")) return text;
    return `${before.endsWith("\n") ? "\n" : "\n\n"}${text}`;
  }

  async function asked(html) {
    const body = new FormData();
    body.set("csrfmiddlewaretoken", document.querySelector("[name=csrfmiddlewaretoken]").value);
    body.set("html", new Blob([html], { type: "text/html" }), "clipboard.html");
    try {
      const answer = await fetch(place.dataset.paste, { method: "POST", body, headers: { "X-Autosave": "1" } });
      return answer.ok ? await answer.json() : null;
    } catch {
      return null; // The characters stand there.
    }
  }
}
