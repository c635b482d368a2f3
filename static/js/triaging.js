/**
 * What a sentence is: said by one key, or by the buttons under it (`#triage-buttons`), for the text
 * that select.js has. `data-triage` of the text: what a sentence can be, for keys 1, 2, ...
 * One after the other goes to the server, while the person is at the next sentence already.
 */
import { post, say as tell } from "./session.js";

/** For the sentences of `root`; the rest is how select.js goes to one, in text and panel. */
export function triaging(root, sentences, { inThePanel, goOn, goTo, openSentence }) {
  const buttons = document.getElementById("triage-buttons");
  const values = root.dataset.triage.split(" ");
  const said = new Set(); // sentences whose value is on its way to the server
  let offered = null; // the sentence that the buttons are of
  let sending = Promise.resolve();

  const signOf = (sentence) => root.querySelector(`.gutter a[data-number="${sentence.id.slice(1)}"] .triage-mark`);
  const isOpen = (sentence) => Boolean(sentence.id && !said.has(sentence) && signOf(sentence)?.matches(".none"));
  const withdraw = () => (buttons.hidden = true);

  /** Say what the sentence is and go on at once to the next that nobody has triaged, in the text or
   *  in the panel; back again if the server refuses. */
  function say(sentence, value, isInText, byPointer = false) {
    said.add(sentence);
    const at = sentences.indexOf(sentence);
    const next = [...sentences.slice(at + 1), ...sentences.slice(0, at)].find(isOpen);
    if (isInText) goOn(next ?? sentence);
    else openSentence(next ?? sentence);
    if (byPointer && next) {
      offer(next);
      buttons.scrollIntoView({ block: "nearest" });
    }
    sending = sending.then(() => send(sentence, value, byPointer));
  }

  async function send(sentence, value, byPointer) {
    const number = sentence.id.slice(1);
    const answer = await post(root.dataset.triageUrl, { number, triage: value });
    said.delete(sentence);
    if (!answer) {
      goTo(sentence);
      if (byPointer) offer(sentence);
      return;
    }
    for (const each of answer.changed) show(each);
    const rail = document.querySelector("[data-rail]");
    if (rail && answer.rail) rail.outerHTML = answer.rail;
    tell(answer.words, answer.undo);
  }

  function show({ number, triage: value, label }) {
    const link = root.querySelector(`.gutter a[data-number="${number}"]`);
    link.querySelector(".triage-mark").className = `triage-mark ${value || "none"}`;
    link.querySelector("[data-label]").textContent = label;
  }

  /** Its buttons under a sentence, or in the bar; none where nothing is to be triaged. */
  function offer(sentence, inBar = null) {
    buttons.hidden = !/^s\d+$/.test(sentence?.id);
    if (buttons.hidden) return;
    offered = sentence;
    if (inBar) inBar.append(buttons);
    else sentence.after(buttons);
    for (const button of buttons.children) {
      button.setAttribute("aria-pressed", String(signOf(sentence).classList.contains(button.value)));
    }
  }
  // Pressing a button must not take the focus from the sentence.
  buttons.addEventListener("pointerdown", (event) => event.preventDefault());
  buttons.addEventListener("click", (event) => {
    const button = event.target.closest("button");
    if (!button) return;
    event.preventDefault();
    say(offered, button.value, offered !== inThePanel(), true);
  });
  document.addEventListener("pointerdown", (event) => {
    if (!buttons.contains(event.target)) buttons.hidden = true;
  });

  return { isOpen, offer, say, values, withdraw };
}
