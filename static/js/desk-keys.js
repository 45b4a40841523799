// Keyboard shortcuts of the desk. What has a key says so in its template:
//   data-keys="Control+S", "p" or "g d"   data-keys-label, where its words are not its text
//   data-keys-ask     a question before keys (not the mouse) press it
//   data-keys-item    j and k step through these; data-keys-row: its keys concern the one with the focus
const dialog = document.getElementById("keys");
const lettersAreOn = dialog.dataset.letters !== "off";
const isMac = /Mac|iPhone|iPad/.test(navigator.platform);
const PAUSE = 1500; // milliseconds between the two letters of "g d"

const typed = (event) => {
  if (event.key.length === 1 && event.key !== " ") return event.key.toLowerCase();
  return event.key;
};
const isLetters = (keys) => !keys.startsWith("Control+");
const isOn = (element) => lettersAreOn || !isLetters(element.dataset.keys);
const isTyping = (element) => element.isContentEditable || element.matches("input:not([type=checkbox], [type=radio], [type=submit], [type=button]), textarea, select");
const isUsable = (element) => !element.disabled && (dialog.contains(element) || element.checkVisibility());

// Which of the elements with these keys is meant: that of the form or row where one is, else the first on the page.
const meant = (keys, target) => {
  const found = [...document.querySelectorAll("[data-keys]")].filter((element) => element.dataset.keys === keys && isOn(element) && isUsable(element));
  const form = isTyping(target) ? target.closest("form") : null;
  const row = target.closest("[data-keys-row]");
  if (!isLetters(keys) && form && found.some((element) => element.form)) return found.find((element) => element.form === form);
  return found.find((element) => element.closest("[data-keys-row]") === row) ?? found.find((element) => !element.closest("[data-keys-row]"));
};
const isKnown = (keys) => [...document.querySelectorAll("[data-keys]")].some((element) => element.dataset.keys === keys && isOn(element));

const press = (element) => {
  if (element.matches("input:not([type=checkbox]), textarea")) {
    element.focus();
    element.select();
  } else if (!element.dataset.keysAsk || window.confirm(element.dataset.keysAsk)) {
    element.click();
  }
};

const step = (by) => {
  const items = [...document.querySelectorAll("[data-keys-item]")].filter(isUsable);
  const here = items.indexOf(document.activeElement.closest("[data-keys-item]") ?? document.querySelector(":target [data-keys-item]"));
  const next = items[here === -1 ? (by > 0 ? 0 : items.length - 1) : here + by];
  next?.focus();
  next?.scrollIntoView({ block: "nearest" });
  return items.length > 0;
};

let first = "";
let timer;
const begin = (letter) => {
  first = letter;
  clearTimeout(timer);
  timer = setTimeout(() => { first = ""; }, PAUSE);
};

const letter = (event) => {
  const keys = first ? `${first} ${typed(event)}` : typed(event);
  first = "";
  const element = meant(keys, event.target);
  if (element) {
    event.preventDefault();
    press(element);
  } else if (["j", "k"].includes(keys)) {
    if (step(keys === "j" ? 1 : -1)) event.preventDefault();
  } else if (document.querySelector(`[data-keys^="${CSS.escape(keys)} "]`)) {
    begin(keys);
  }
};

const command = (event) => {
  const keys = `Control+${event.key.length === 1 ? event.key.toUpperCase() : event.key}`;
  if (!isKnown(keys) || (event.key === "Enter" && event.target.closest("a[href]"))) return;
  event.preventDefault(); // the browser would save the page, the editor begin a line
  event.stopPropagation();
  const element = event.repeat ? null : meant(keys, event.target);
  if (element) press(element);
};

document.addEventListener("keydown", (event) => {
  const target = event.target;
  if (event.isComposing || event.altKey || !(target instanceof Element)) return;
  if (target.closest(".cke_dialog") || (dialog.open && event.key !== "?")) return;
  if (document.querySelector("dialog[open]") && !dialog.open) return;
  if (isMac ? event.metaKey : event.ctrlKey) {
    if (!event.shiftKey) command(event);
  } else if (lettersAreOn && !event.ctrlKey && !event.metaKey && event.key !== "Shift" && !isTyping(target)) {
    if (!event.repeat || ["j", "k"].includes(event.key)) letter(event);
  }
}, true);

// Hints at what has keys, and the same in words on the overlay.
const written = (keys) => keys.split(" ").map((key) => key.replace("Control+", isMac ? "⌘" : "Ctrl+"));
const keycaps = (keys, join) => written(keys).flatMap((key, n) => {
  const cap = Object.assign(document.createElement("kbd"), { textContent: key });
  return n ? [` ${join} `, cap] : [cap];
});
const words = (element) => element.dataset.keysLabel ?? element.textContent.trim().replace(/\s+/g, " ");

for (const element of document.querySelectorAll("[data-keys]")) {
  if (!isOn(element)) continue;
  const { keys } = element.dataset;
  if (!keys.includes(" ")) element.setAttribute("aria-keyshortcuts", isMac ? keys.replace("Control", "Meta") : keys);
  element.title = [element.title, `(${written(keys).join(` ${dialog.dataset.then} `)})`].filter(Boolean).join(" ");
  if (dialog.contains(element)) element.parentElement.append(" ", ...keycaps(keys, dialog.dataset.then));
}

const list = dialog.querySelector("[data-keys-here]");
const line = (keys, label, join = dialog.dataset.then) => {
  const row = document.createElement("li");
  row.append(Object.assign(document.createElement("span"), { textContent: label }), " ", ...keycaps(keys, join));
  return row;
};
const open = () => {
  const shown = new Map();
  for (const element of document.querySelectorAll("[data-keys]")) {
    if (!dialog.contains(element) && isOn(element) && isUsable(element)) shown.set(element.dataset.keys, words(element));
  }
  const lines = [...shown].map(([keys, label]) => line(keys, label));
  if (lettersAreOn && document.querySelector("[data-keys-item]")) {
    for (const item of dialog.querySelector("[data-keys-items]").content.children) lines.push(line(item.dataset.names, item.textContent, "/"));
  }
  list.replaceChildren(...lines);
  list.previousElementSibling.hidden = lines.length === 0;
  dialog.showModal();
};
for (const button of document.querySelectorAll("[data-keys-overlay]")) {
  button.hidden = false;
  button.addEventListener("click", () => (dialog.open ? dialog.close() : open()));
}
