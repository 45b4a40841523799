// Tells the paper that a story was read: once its page has been looked at for some seconds, in all. No cookie, nothing
// is kept here; whether it is the first time today is known to the server alone. Without scripts nobody is counted.
const ENOUGH = 10; // seconds
const story = document.querySelector("[data-read]");
let seen = 0;

const clock = story && setInterval(() => {
  if (document.visibilityState !== "visible" || ++seen < ENOUGH) return;
  clearInterval(clock);
  navigator.sendBeacon(story.dataset.read);
}, 1000);
