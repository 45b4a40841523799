// The board of a front page: its forms are sent without leaving the page; stories are dragged, or moved by arrow keys.
// Without this script every button sends its form.
const board = document.querySelector("[data-board]");
const voice = board.querySelector("[data-board-voice]");
const parts = (root) => new Map([...root.querySelectorAll("[data-board-part]")].map((part) => [part.dataset.boardPart, part]));
let sending = false;

// --- sending and showing ---------------------------------------------------------------------------------------

async function show(response, names) {
  const page = new DOMParser().parseFromString(await response.text(), "text/html");
  const fresh = parts(page);
  if (!fresh.has("areas")) return location.reload(); // signed out, or no longer allowed
  for (const [name, part] of parts(board)) {
    if (fresh.has(name) && (!names || names.includes(name))) part.replaceChildren(...fresh.get(name).childNodes);
  }
  ready();
}

async function send(form, button, focus) {
  if (sending) return;
  sending = true;
  board.setAttribute("aria-busy", "true");
  try {
    await show(await fetch(location.href, { method: "POST", body: new FormData(form, button) }));
    (board.querySelector(`[data-focus="${focus}"]`) ?? board.querySelector("[role=alert] button"))?.focus();
    const said = [...board.querySelectorAll(".board-messages li, [role=alert] p")].map((each) => each.textContent.trim());
    if (said.length) voice.textContent = said.join(" ");
  } catch {
    voice.textContent = board.dataset.failed;
    const note = Object.assign(document.createElement("li"), { className: "error", textContent: board.dataset.failed });
    const list = Object.assign(document.createElement("ul"), { className: "messagelist board-messages" });
    list.append(note);
    parts(board).get("messages").replaceChildren(list);
  } finally {
    sending = false;
    board.removeAttribute("aria-busy");
  }
}

// A deed without a form of its own: sent with the form of the card or offer that it starts from.
function perform(form, fields, focus) {
  const made = document.createElement("form");
  const own = Object.fromEntries(new FormData(form));
  for (const [name, value] of Object.entries({ ...own, ...fields })) {
    made.append(Object.assign(document.createElement("input"), { type: "hidden", name, value }));
  }
  return send(made, undefined, focus);
}

board.addEventListener("submit", (event) => {
  if (event.target.method !== "post") return;
  event.preventDefault();
  send(event.target, event.submitter, event.submitter?.dataset.focus);
});

// --- keyboard --------------------------------------------------------------------------------------------------

const places = () => [...board.querySelectorAll("[data-place]")];

board.addEventListener("keydown", async (event) => {
  const handle = event.target.closest("[data-handle]");
  const by = { ArrowUp: -1, ArrowLeft: -1, ArrowDown: 1, ArrowRight: 1 }[event.key];
  if (!handle || !by) return;
  event.preventDefault();
  const card = handle.closest("[data-place]");
  const there = places()[places().indexOf(card) + by];
  if (!there) return;
  const { place: to, label } = there.dataset;
  await perform(handle.form, { do: "move", to }, `handle-${to}`);
  if (!board.querySelector("[role=alert]")) voice.textContent = `${board.dataset.moved} ${label}`;
});

// --- mouse -----------------------------------------------------------------------------------------------------

let dragged = null;

board.addEventListener("dragstart", (event) => {
  dragged = event.target.closest?.("[draggable=true]");
  if (!dragged) return;
  dragged.classList.add("is-dragged");
  event.dataTransfer.effectAllowed = "move";
  event.dataTransfer.setData("text/plain", dragged.dataset.story);
});

const target = (event) => {
  const card = event.target.closest?.("[data-place]");
  return dragged && card && card !== dragged ? card : null;
};

board.addEventListener("dragover", (event) => {
  const card = target(event);
  for (const other of board.querySelectorAll(".is-over")) if (other !== card) other.classList.remove("is-over");
  if (!card) return;
  event.preventDefault();
  card.classList.add("is-over");
});

board.addEventListener("drop", (event) => {
  const card = target(event);
  if (!card) return;
  event.preventDefault();
  const { place } = card.dataset;
  const form = dragged.querySelector("form");
  if (dragged.dataset.place) perform(form, { do: "move", to: place }, `handle-${place}`);
  else perform(form, { do: "put", place }, `handle-${place}`);
});

board.addEventListener("dragend", () => {
  for (const marked of board.querySelectorAll(".is-dragged, .is-over")) marked.classList.remove("is-dragged", "is-over");
  dragged = null;
});

// --- finding stories -------------------------------------------------------------------------------------------

const search = board.querySelector("[data-board-search]");
let timer;
let asked;

async function find() {
  asked?.abort();
  asked = new AbortController();
  const address = new URL(location.href);
  address.hash = "";
  address.searchParams.set("q", search.elements.q.value);
  history.replaceState(null, "", address);
  try {
    await show(await fetch(address, { signal: asked.signal }), ["offers"]);
  } catch { /* the next letter asks again */ }
}

search?.addEventListener("input", () => {
  clearTimeout(timer);
  timer = setTimeout(find, 300);
});
search?.addEventListener("submit", (event) => {
  event.preventDefault();
  clearTimeout(timer);
  find();
});

function ready() {
  for (const handle of board.querySelectorAll("[data-handle]")) handle.hidden = false;
}
ready();
