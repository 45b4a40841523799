// The page that takes many pictures: files are dropped on it and sent one by one, each with its outcome.
// Without this script the same form sends them all at once.

const form = document.querySelector("[data-picture-upload]");
const section = document.querySelector("[data-outcomes]");
if (form && section) start();

function start() {
  const input = form.querySelector("input[type=file]");
  const drop = form.querySelector(".picture-drop");
  drop.querySelector(".picture-drop-hint").hidden = false;

  for (const kind of ["dragenter", "dragover"]) form.addEventListener(kind, (event) => mark(event, true));
  for (const kind of ["dragleave", "drop"]) form.addEventListener(kind, (event) => mark(event, false));
  form.addEventListener("drop", (event) => {
    if (event.dataTransfer.files.length) input.files = event.dataTransfer.files;
  });
  form.addEventListener("submit", async (event) => {
    if (!input.files.length) return;
    event.preventDefault();
    const files = [...input.files];
    const button = form.querySelector("[type=submit]");
    button.disabled = true;
    section.hidden = false;
    const rows = files.map(waiting);
    for (const [index, file] of files.entries()) await send(file, rows[index]);
    input.value = "";
    button.disabled = false;
  });

  function mark(event, over) {
    event.preventDefault();
    drop.classList.toggle("is-over", over);
  }
}

function waiting(file) {
  const row = section.querySelector("template").content.firstElementChild.cloneNode(true);
  row.querySelector("[data-name]").textContent = file.name;
  row.querySelector("[data-reason]").textContent = row.querySelector("[data-link]").dataset.waiting;
  section.querySelector("ul").prepend(row);
  return row;
}

async function send(file, row) {
  const link = row.querySelector("[data-link]");
  const body = new FormData(form);
  body.delete("files");
  body.append("files", file);
  try {
    const response = await fetch(form.action, { method: "POST", body, headers: { Accept: "application/json" } });
    const answer = await response.json();
    show(row, link, answer.outcomes[0], answer.errors);
  } catch {
    row.classList.add("is-refused");
    row.querySelector("[data-reason]").textContent = link.dataset.failed;
  }
}

function show(row, link, outcome, errors) {
  const reasons = Object.values(errors).flat().map((error) => error.message);
  row.classList.add(outcome?.picture ? "is-added" : "is-refused");
  row.querySelector("[data-reason]").textContent = outcome?.reason || reasons.join(" ");
  const found = outcome?.picture || outcome?.duplicate;
  if (!found) return;
  link.href = found.change;
  link.textContent = outcome.picture ? link.dataset.added : link.dataset.duplicate;
  link.hidden = false;
  const image = row.querySelector("img");
  image.src = found.thumb;
  image.hidden = false;
}
