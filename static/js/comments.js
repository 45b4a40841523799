// Comments in place: characters left, drafts kept in this browser, preview and sending without leaving the page, likes,
// and how many comments are new. Without it all of this happens on pages of its own.
const SOON = 200; // characters
const NEWS_EVERY = 60_000; // milliseconds
const WHO = ["name", "email"];
const step = () => document.getElementById("comment-step");

function recall(key) {
  try { return localStorage.getItem(key) ?? ""; } catch { return ""; }
}

function keep(key, value) {
  try { value ? localStorage.setItem(key, value) : localStorage.removeItem(key); } catch { /* a browser that keeps nothing */ }
}

const draftOf = (form) => `comment-draft-${form.dataset.draft}-${form.elements.parent?.value ?? ""}`;

function equip(root) {
  for (const field of root.querySelectorAll(".comment-form textarea[maxlength]")) {
    const left = document.createElement("p");
    left.className = "comment-count-left";
    left.setAttribute("aria-live", "polite");
    field.after(left);
    const tell = () => {
      const rest = field.maxLength - field.value.length;
      left.textContent = rest <= SOON ? `${field.value.length}/${field.maxLength}` : "";
    };
    field.addEventListener("input", tell);
    tell();
  }
  const form = root.querySelector(".comment-form[data-draft]");
  if (!form) return;
  form.elements.body.value ||= recall(draftOf(form));
  for (const name of WHO) form.elements[name].value ||= recall(`comment-${name}`);
}

document.addEventListener("input", ({ target }) => {
  const form = target.closest?.(".comment-form[data-draft]");
  if (form && target.name === "body") keep(draftOf(form), target.value);
  if (form && WHO.includes(target.name)) keep(`comment-${target.name}`, target.value);
});

async function send(form) {
  const buttons = document.querySelectorAll("#comment-step [type=submit]");
  for (const button of buttons) button.disabled = true;
  try {
    const answer = await fetch(form.action, { method: "POST", body: new URLSearchParams(new FormData(form)) });
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const sent = page.getElementById("comment-sent");
    const shown = sent ?? page.getElementById("comment-step");
    if (!shown) throw new Error(answer.status);
    if (sent) keep(draftOf(form), "");
    const place = step();
    place.replaceChildren(...(sent ? [shown] : shown.childNodes));
    equip(place);
    const first = place.querySelector("#comment-sent, .comment-problem, #comment-draft-title");
    first?.focus({ preventScroll: true });
    first?.scrollIntoView({ block: "start" });
  } catch { // whatever went wrong, the plain way is still there, and the text stands in the form
    for (const button of buttons) button.disabled = false;
    HTMLFormElement.prototype.submit.call(form);
  }
}

async function like(button) {
  const body = new URLSearchParams({ c: button.value });
  const answer = await fetch(button.form.action, { method: "POST", body, headers: { Accept: "application/json" } });
  const told = await answer.json();
  if (told.liked !== undefined) {
    button.setAttribute("aria-pressed", told.liked);
    button.querySelector(".comment-likes").textContent = told.count || "";
    keep(`comment-liked-${button.value}`, told.liked ? "1" : "");
  }
  button.parentElement.querySelector(".comment-told")?.remove();
  if (!told.problem) return;
  const words = document.createElement("span");
  words.className = "comment-told";
  words.setAttribute("role", "status");
  button.parentElement.append(words);
  words.textContent = told.problem;
}

document.addEventListener("submit", (event) => {
  const { target: form, submitter } = event;
  if (form.matches(".comment-form[data-draft]") && step()?.contains(form)) {
    event.preventDefault();
    send(form);
  } else if (form.id === "comment-like" && submitter) {
    event.preventDefault();
    like(submitter).catch(() => { // the plain way
      const field = Object.assign(document.createElement("input"), { type: "hidden", name: "c", value: submitter.value });
      form.append(field);
      form.submit();
    });
  }
});

const news = document.querySelector("[data-comment-news]");
async function look() {
  if (document.visibilityState !== "visible") return;
  const { count } = await (await fetch(news.dataset.commentNews)).json();
  const more = count - news.dataset.count;
  if (more <= 0) return;
  const link = news.querySelector("a") ?? news.appendChild(document.createElement("a"));
  link.href = news.dataset.href;
  link.textContent = news.dataset.words.replace("{n}", more);
}

equip(document);
for (const button of document.querySelectorAll(".comment-like")) {
  if (recall(`comment-liked-${button.value}`)) button.setAttribute("aria-pressed", "true");
}
if (news) setInterval(() => look().catch(() => {}), NEWS_EVERY);
if (document.getElementById("comment-sent")) { // sent the plain way: the draft has done its work
  for (const key of Object.keys(localStorage)) if (key.startsWith("comment-draft-")) keep(key, "");
}
