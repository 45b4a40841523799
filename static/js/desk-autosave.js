// Keeps what is typed in a story: autosave every few seconds, the heartbeat of the edit lock, notes when either fails.
const form = document.getElementById("article_form");
const box = document.querySelector("[data-saving]");
const TICK = 3000;
const HEARTBEAT = 20000;
const LONGEST_PAUSE = 30000;
const BLOCKING = new Set(["own_tab", "taken", "no_right", "other_user"]);

const line = document.querySelector("[data-saving-state]");
const voice = box.querySelector("[data-saving-voice]");
const field = (name) => form.elements[name]?.value ?? "";
const memory = `story:${location.pathname}`;
const before = sessionStorage.getItem(memory) ?? "";
sessionStorage.removeItem(memory); // a duplicated tab must not pass for this one
const copyKey = `story:${field("user")}:${box.dataset.saving}`;

let isTouched = false;
let isBlocked = false;
let isLeaving = false;
let hasFailed = false;
let hasSaved = false;
let failures = 0;
let running = null;
let kept = "";

const editors = () => Object.values(window.CKEDITOR?.instances ?? {});
const collect = () => {
  for (const editor of editors()) if (editor.status === "ready") editor.updateElement();
  const data = new FormData(form);
  for (const [name, value] of [...data]) if (value instanceof File) data.delete(name);
  data.set("before", before);
  return data;
};
const signature = (data) => JSON.stringify([...data].filter(([name]) => name !== "csrfmiddlewaretoken"));

// What the page says. The voice speaks when something changes for the writer, not at every save.
const show = (text, spoken = false) => {
  line.textContent = text;
  if (spoken) voice.textContent = text;
};
const note = (name, text) => {
  const section = document.querySelector(`[data-note="${name}"]`);
  if (!section) return;
  section.hidden = false;
  const slot = section.querySelector("[data-text]");
  if (slot && text) slot.textContent = text;
};
const hide = (...names) => {
  for (const name of names) document.querySelector(`[data-note="${name}"]`)?.setAttribute("hidden", "");
};

const freeze = () => {
  isBlocked = true;
  for (const element of form.elements) {
    if (element.matches("textarea, input[type=text]")) element.readOnly = true;
    else if (element.type !== "hidden") element.disabled = true;
  }
  for (const editor of editors()) if (editor.status === "ready") editor.setReadOnly(true);
  window.CKEDITOR?.on("instanceReady", ({ editor }) => editor.setReadOnly(true));
  document.body.classList.add("is-frozen");
  line.textContent = "";
};

const heard = (answer) => {
  hide("signed_out");
  if (answer.changed) note("changed", answer.changed);
  if (!BLOCKING.has(answer.state)) return;
  if (answer.state === "taken" && isTouched) send(true);
  note(answer.state === "other_user" ? "no_right" : answer.state, answer.text);
  freeze();
};

// A text that does not reach the newsroom stays in this browser until it does.
const keepCopy = (data) => {
  const entries = [...data].filter(([name]) => name !== "csrfmiddlewaretoken");
  try { localStorage.setItem(copyKey, JSON.stringify(entries)); } catch { /* no room: the page itself has the text */ }
};
const dropCopy = () => { try { localStorage.removeItem(copyKey); } catch { /* storage is switched off */ } };

const post = async (url, data) => {
  const answer = await fetch(url, { method: "POST", body: data, redirect: "manual" });
  if (answer.status === 401) return { state: "signed_out" };
  const isJson = answer.headers.get("Content-Type")?.startsWith("application/json");
  if (isJson && answer.status < 500) return answer.json();
  if (answer.status === 403) await renew();
  throw new Error(`answered ${answer.status}`);
};

// After a new sign-in the old token is worth nothing.
const renew = async () => {
  const answer = await fetch(box.dataset.saving, { redirect: "manual" });
  if (!answer.ok) return;
  const { user, token } = await answer.json();
  if (String(user) !== field("user")) return;
  for (const input of document.querySelectorAll("[name=csrfmiddlewaretoken]")) input.value = token;
};

const failed = (data) => {
  hasFailed = true;
  failures += 1;
  keepCopy(data);
  show(box.dataset.failed, failures === 1);
  setTimeout(() => send(), Math.min(LONGEST_PAUSE, TICK * 2 ** (failures - 1)));
};

const saved = (answer, mark) => {
  kept = mark;
  failures = 0;
  dropCopy();
  show(`${box.dataset.saved} ${answer.saved_at}`, hasFailed || !hasSaved);
  hasFailed = false;
  hasSaved = true;
};

const send = (isLast = false) => {
  if (isLeaving || (!isLast && (running || isBlocked))) return;
  const data = collect();
  const mark = signature(data);
  isTouched = false;
  if (mark === kept) return;
  running = transmit(data, mark, isLast).finally(() => { running = null; });
};
const transmit = async (data, mark, isLast) => {
  try {
    const answer = await post(box.dataset.saving, data);
    if (answer.state === "signed_out") {
      note("signed_out");
      failed(data);
    } else if (answer.state === "refused") {
      kept = mark; // the same text would be refused again
      show(answer.text, true);
    } else {
      if (answer.id) saved(answer, mark);
      if (!isLast) heard(answer);
    }
  } catch {
    if (!isLeaving) failed(data);
  }
};

const beat = async () => {
  if (!box.dataset.hold || isBlocked || isLeaving) return;
  const data = new FormData();
  for (const name of ["csrfmiddlewaretoken", "tab", "version", "user"]) data.set(name, field(name));
  data.set("before", before);
  try {
    const answer = await post(box.dataset.hold, data);
    if (answer.state === "signed_out") note("signed_out");
    else heard(answer);
  } catch { /* the next one will tell */ }
};

// Leaving: the text that is still on its way goes with the goodbye.
const leave = () => {
  sessionStorage.setItem(memory, field("tab"));
  if (isLeaving || isBlocked) return;
  const data = collect();
  data.set("leaving", "1");
  const isNew = isTouched && signature(collect()) !== kept;
  if (isNew && navigator.sendBeacon(box.dataset.saving, data)) return;
  if (isNew) keepCopy(data);
  if (box.dataset.leave) navigator.sendBeacon(box.dataset.leave, goodbye());
};
const goodbye = () => {
  const data = new FormData();
  for (const name of ["csrfmiddlewaretoken", "tab", "user"]) data.set(name, field(name));
  return data;
};

// What a crash left in this browser is sent now, and offered.
const offerCopy = async () => {
  let entries;
  try { entries = JSON.parse(localStorage.getItem(copyKey) ?? "null"); } catch { return; }
  if (!entries) return;
  const data = new FormData();
  for (const [name, value] of entries) data.append(name, value);
  data.set("csrfmiddlewaretoken", field("csrfmiddlewaretoken"));
  data.set("leaving", "1"); // its tab is gone
  try {
    const answer = await post(box.dataset.saving, data);
    if (!answer.id) return;
    dropCopy();
    const isListed = document.querySelector(`[data-autosave="${answer.id}"]`);
    if (isListed) return;
    document.querySelector("[data-restore]").href = `?khoi-phuc=${answer.id}&tab=${field("tab")}`;
    note("local");
  } catch { /* it stays where it is */ }
};

const copyText = async (button) => {
  const body = editors().map((editor) => editor.editable()?.$.innerText ?? "").join("\n") || field("body");
  const text = [field("headline"), field("subheadline"), field("lead"), body].filter(Boolean).join("\n\n");
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    const area = Object.assign(document.createElement("textarea"), { value: text });
    document.body.append(area);
    area.select();
    document.execCommand("copy");
    area.remove();
  }
  button.textContent = box.dataset.copied;
};

const touch = () => { isTouched = true; };
const watch = (editor) => {
  if (!isTouched) kept = signature(collect()); // the editor writes the same text in its own way
  editor.on("change", touch);
};

kept = signature(collect());
for (const editor of editors()) if (editor.status === "ready") watch(editor);
window.CKEDITOR?.on("instanceReady", ({ editor }) => watch(editor));
for (const kind of ["input", "change"]) form.addEventListener(kind, touch);
document.addEventListener("click", (event) => {
  touch(); // rows that are moved and pictures that are chosen tell nobody else
  const button = event.target.closest("[data-copy]");
  if (button) copyText(button);
});
form.addEventListener("submit", (event) => {
  if (event.defaultPrevented || event.submitter?.formTarget === "_blank") return; // a preview
  if (running && !isLeaving) { // a text on its way must not arrive after the one that is saved
    event.preventDefault();
    isLeaving = true;
    Promise.race([running, new Promise((done) => setTimeout(done, TICK))]).then(() => form.requestSubmit(event.submitter));
    return;
  }
  isLeaving = true;
  setTimeout(() => { isLeaving = false; }, 15000); // still here: the answer did not come
});
document.addEventListener("visibilitychange", () => { if (document.hidden && isTouched) send(); });
window.addEventListener("online", () => send());
window.addEventListener("pagehide", leave);
window.addEventListener("pageshow", (event) => { if (event.persisted) beat(); });
setInterval(() => { if (isTouched && failures === 0) send(); }, TICK);
setInterval(beat, HEARTBEAT);
beat();
offerCopy();
