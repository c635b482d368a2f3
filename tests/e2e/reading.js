// What a person sees at once that no rule of accessibility knows: see looks.py.
() => {
  const wrong = new Set();
  const apart = "script, style, noscript, template, code, pre, textarea, select, .form-text, .help, .visually-hidden, .skip, [aria-hidden='true']";
  const seen = (element) => !element.closest(apart) && element.checkVisibility({ visibilityProperty: true });
  const scrolls = (element) => {
    for (let each = element; each; each = each.parentElement)
      if (each.scrollWidth > each.clientWidth + 1 && getComputedStyle(each).overflowX !== "visible") return true;
    return false;
  };
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const range = document.createRange();
  for (let node = texts.nextNode(); node; node = texts.nextNode()) {
    const words = node.data.trim();
    if (!words || !seen(node.parentElement)) continue;
    if (/(^|[^\w/.-])\d{4}-\d{2}(-\d{2})?(?![\w/-])/.test(words)) wrong.add(`a date as machines write it: ${words}`);
    if (words.includes("-----")) wrong.add(`no words: ${words}`);
    range.selectNodeContents(node);
    for (const box of range.getClientRects())
      if (box.width > 1 && (box.left < 4 || box.right > innerWidth - 4) && box.right > 0 && !scrolls(node.parentElement))
        wrong.add(`words at the very edge of the window: ${words}`);
  }
  for (const block of document.querySelectorAll("p, li, h1, h2, h3, h4, dt, dd, td, th, label, legend, summary, button, a.btn")) {
    if (!seen(block)) continue;
    const words = block.innerText;
    const odd = words.match(/.{0,20}([^.\s]\.\.(?!\.)|[,;:][ \u00a0]*[,;:.](?=\s|$)|[^\s.…][ ][,.;](?=\s|$)|[?!]\.(?=\s|$)|\(\s*\)).{0,12}/);
    if (odd) wrong.add(`doubled or loose signs: ${odd[0]}`);
  }
  return [...wrong];
}
