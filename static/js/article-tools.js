// What a reader can do with a story: larger text (remembered), hear it, share it, copy its link, print it.
const tools = document.querySelector("[data-tools]");
const voice = tools.querySelector("[data-voice]");
const find = (name) => tools.querySelector(`[data-${name}]`);
const offer = (name, act) => {
  const button = find(name);
  button.hidden = false;
  button.addEventListener("click", () => act(button));
};

// Text size
const root = document.documentElement;
const sizes = tools.querySelectorAll("[data-size]");
const resize = (step) => {
  const size = Math.min(3, Math.max(-1, Number(root.dataset.textSize || 0) + step));
  root.dataset.textSize = size || "";
  for (const button of sizes) button.disabled = size === (Number(button.dataset.size) > 0 ? 3 : -1);
  try { localStorage.setItem("text-size", root.dataset.textSize); } catch { /* for this page only */ }
};
for (const button of sizes) button.addEventListener("click", () => resize(Number(button.dataset.size)));
tools.querySelector(".tools-size").hidden = false;
resize(0);

// Share, link, paper
const address = document.querySelector("link[rel=canonical]")?.href ?? location.href;
if (navigator.share) offer("share", () => navigator.share({ title: document.title, url: address }).catch(() => {}));
if (navigator.clipboard) {
  offer("copy", async (button) => {
    await navigator.clipboard.writeText(address);
    voice.textContent = button.lastElementChild.textContent = tools.dataset.copied;
  });
}
offer("print", () => print());

// Aloud, where the device has a voice for this language; paragraph by paragraph, since long texts break off.
const language = root.lang || "vi";
const speech = window.speechSynthesis;
const paragraphs = () => [...document.querySelectorAll(".article-headline, .article-lead, .article-body :is(p, h2, h3, li)")]
  .filter((part) => !part.closest("figure, table")).map((part) => part.textContent.trim()).filter(Boolean);
const speak = (button) => {
  const label = button.lastElementChild;
  const stop = () => { speech.cancel(); button.removeAttribute("aria-pressed"); label.textContent = button.dataset.label; };
  if (button.hasAttribute("aria-pressed")) return stop();
  button.dataset.label ??= label.textContent;
  button.setAttribute("aria-pressed", "true");
  label.textContent = tools.dataset.stop;
  const parts = paragraphs();
  const next = () => {
    const words = parts.shift();
    if (!words || !button.hasAttribute("aria-pressed")) return stop();
    const saying = Object.assign(new SpeechSynthesisUtterance(words), { lang: language });
    saying.voice = speech.getVoices().find((each) => each.lang.startsWith(language)) ?? null;
    saying.onend = next;
    saying.onerror = stop;
    speech.speak(saying);
  };
  next();
};
const listen = () => {
  if (find("listen").hidden && speech.getVoices().some((each) => each.lang.startsWith(language))) offer("listen", speak);
};
if (speech) {
  listen();
  speech.addEventListener?.("voiceschanged", listen);
  addEventListener("pagehide", () => speech.cancel());
}
