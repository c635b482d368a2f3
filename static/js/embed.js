/**
 * Inside an embed: tells the page around how tall the content is, now and whenever it changes.
 * Nothing else is told, and nothing is listened to.
 */
if (parent !== window) {
  const tell = () => {
    const height = Math.ceil(document.documentElement.getBoundingClientRect().height);
    parent.postMessage({ factcheck: "height", height }, "*");
  };
  new ResizeObserver(tell).observe(document.documentElement);
  document.fonts.ready.then(tell);
}
