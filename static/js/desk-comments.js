// The moderators' desk: decisions are sent in the background, decided cards fold away, the next one takes the focus.
// Keys are pressed by desk-keys.js; without this script every button is a plain form that leads back to the queue.
const list = document.querySelector("[data-desk]");
const said = document.getElementById("queue-said");
const still = window.matchMedia("(prefers-reduced-motion: reduce)");

const cardsLeft = () => [...list.querySelectorAll("[data-card]:not(.is-leaving)")];

// The card after this one, or before it at the end: where the moderator goes on.
const neighbour = (card) => {
  const cards = cardsLeft();
  const here = cards.indexOf(card);
  return cards[here + 1] ?? cards[here - 1];
};

const say = (words, isError = false) => {
  const line = Object.assign(document.createElement("p"), { className: isError ? "card-problem" : "queue-done", textContent: words });
  said.replaceChildren(line);
};

const take = (answer, selector) => {
  const [there, here] = [answer.querySelector(selector), document.querySelector(selector)];
  if (there && here) here.replaceWith(document.importNode(there, true));
};

const fold = (card) => {
  const row = card.closest("li");
  const gone = () => {
    row.remove();
    if (cardsLeft().length === 0) window.location.reload(); // what comes next in the queue
  };
  if (still.matches) return gone();
  row.classList.add("is-folding");
  setTimeout(gone, 180);
};

// Send a decision about some cards; those that were not decided come back with the reason.
const send = async (form, button, cards) => {
  const data = new FormData(form, button);
  for (const [name, value] of new URLSearchParams(window.location.search)) if (!data.has(name)) data.append(name, value);
  const before = document.activeElement?.closest("[data-card]");
  const next = cards.includes(before) ? neighbourOf(cards) : null;
  for (const card of cards) card.classList.add("is-leaving");
  next?.focus();
  next?.scrollIntoView({ block: "nearest" });
  let answer;
  try {
    const response = await fetch(form.action, { method: "POST", body: data, headers: { "X-Requested-With": "desk" } });
    const html = await response.text();
    answer = new DOMParser().parseFromString(html, "text/html");
    if (!answer.getElementById("queue-said")) throw new Error(String(response.status));
  } catch {
    for (const card of cards) card.classList.remove("is-leaving");
    cards[0]?.focus();
    say(list.dataset.failed, true);
    return;
  }
  take(answer, "#queue-tabs");
  const done = answer.querySelector("#queue-said p");
  if (done) said.replaceChildren(document.importNode(done, true));
  for (const card of cards) settle(card, answer.getElementById(card.id), Boolean(done));
  tick();
};

const neighbourOf = (cards) => {
  let next = neighbour(cards.at(-1));
  while (next && cards.includes(next)) next = neighbour(next);
  return next;
};

// A card that comes back stays, with what stood in the way of the decision; the others go.
const settle = (card, back, isSaid) => {
  if (back) {
    const fresh = document.importNode(back, true);
    card.replaceWith(fresh);
    fresh.focus();
    fresh.scrollIntoView({ block: "nearest" });
  } else if (isSaid) {
    fold(card);
  } else {
    card.classList.remove("is-leaving");
  }
};

// --- ticking ---------------------------------------------------------------------------------------------------
const ticked = document.querySelector("[data-ticked]");
const boxes = () => [...list.querySelectorAll("[name=seen][type=checkbox]")];
const plain = ticked?.textContent;
let last = null;

const tick = () => {
  const number = boxes().filter((box) => box.checked).length;
  ticked.textContent = number === 0 ? plain : number === 1 ? list.dataset.one : list.dataset.many.replace("{n}", number);
};

const range = (box) => {
  const all = boxes();
  const [from, to] = [all.indexOf(last), all.indexOf(box)].sort((one, other) => one - other);
  for (const each of all.slice(Math.max(from, 0), to + 1)) each.checked = true;
  tick();
};

if (list) {
  document.addEventListener("submit", (event) => {
    const form = event.target;
    const isOne = form.matches("[data-decide]");
    if (!isOne && form.id !== "bulk") return;
    const cards = isOne
      ? [form.closest("[data-card]")]
      : boxes().filter((box) => box.checked).map((box) => box.closest("[data-card]"));
    if (cards.length === 0 || cards.some((card) => card.classList.contains("is-leaving"))) return;
    event.preventDefault();
    send(form, event.submitter, cards);
  });
  list.addEventListener("change", (event) => {
    if (event.target.name !== "seen") return;
    last = event.target;
    tick();
  });
  list.addEventListener("click", (event) => {
    if (event.shiftKey && event.target.name === "seen" && last) range(event.target);
  });
  // Shift and x: up to here. Heard before desk-keys.js, which knows of no Shift.
  window.addEventListener("keydown", (event) => {
    const box = document.activeElement?.closest("[data-card]")?.querySelector("[name=seen][type=checkbox]");
    if (event.key !== "X" || !event.shiftKey || event.ctrlKey || event.metaKey || !box || document.querySelector("dialog[open]")) return;
    event.preventDefault();
    event.stopPropagation();
    range(box);
  }, true);
  // Rejecting: one reason list at a time; leaving a card closes it.
  list.addEventListener("toggle", (event) => {
    if (!event.target.open) return;
    for (const other of list.querySelectorAll("details[open]")) if (other !== event.target) other.open = false;
  }, true);
  list.addEventListener("keydown", (event) => {
    const open = event.target.closest("[data-card]")?.querySelector("details[open]");
    if (event.key === "Escape" && open) open.open = false;
  });
  cardsLeft()[0]?.focus({ preventScroll: true });
}
