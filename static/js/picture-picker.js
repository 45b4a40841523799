// The picture library in a dialog.
//   import { choosePicture } from "./picture-picker.js";
//   const picture = await choosePicture(address);   // address of admin:articles_image_pick
// gives { id, url, thumb, title, caption, credit, alt } or null. Search, paging and upload happen inside.

let dialog;

export function choosePicture(address) {
  dialog ??= makeDialog();
  dialog.showModal();
  load(address);
  return new Promise((resolve) => {
    dialog.returnValue = "";
    dialog.addEventListener("close", () => resolve(dialog.returnValue ? JSON.parse(dialog.returnValue) : null), { once: true });
  });
}

function makeDialog() {
  const made = document.createElement("dialog");
  made.className = "picker";
  made.setAttribute("aria-labelledby", "picker-title");
  made.addEventListener("click", onClick);
  made.addEventListener("submit", onSubmit);
  made.addEventListener("change", (event) => {
    if (event.target.type === "file" && event.target.files.length) send(event.target.form);
  });
  document.body.append(made);
  return made;
}

async function load(address) {
  try {
    const response = await fetch(address);
    if (!response.ok) throw new Error(response.statusText);
    dialog.innerHTML = await response.text(); // our own page, escaped by the server
    dialog.dataset.address = address;
  } catch {
    say("failed");
  }
}

function say(what) {
  const message = dialog.querySelector("[data-message]");
  if (message) message.textContent = message.dataset[what] ?? what;
  else dialog.close();
}

function onClick(event) {
  const tile = event.target.closest("[data-picture]");
  const page = event.target.closest("[data-picker-page]");
  if (event.target.closest("[data-picker-close]") || event.target === dialog) dialog.close("");
  if (tile) {
    const { picture, url, thumb, title, caption, credit, alt } = tile.dataset;
    dialog.close(JSON.stringify({ id: Number(picture), url, thumb, title, caption, credit, alt }));
  }
  if (page) {
    event.preventDefault();
    load(new URL(page.getAttribute("href"), new URL(dialog.dataset.address, location.href)).href);
  }
}

function onSubmit(event) {
  event.preventDefault();
  const form = event.target;
  if (form.matches("[data-picker-search]")) load(`${form.action}?${new URLSearchParams(new FormData(form))}`);
  else send(form);
}

// Newly added pictures stand first in the list.
async function send(form) {
  say("waiting");
  try {
    const headers = { Accept: "application/json" };
    const response = await fetch(form.action, { method: "POST", body: new FormData(form), headers });
    const { outcomes } = await response.json();
    const refused = outcomes.filter((outcome) => !outcome.picture).map(({ name, reason }) => `${name}: ${reason}`);
    await load(new URL(dialog.dataset.address, location.href).pathname);
    if (refused.length) say(refused.join(" "));
  } catch {
    say("failed");
  }
}
