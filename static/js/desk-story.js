// The page of a story: counts while one types, rows of bylines, tags to choose, questions before grave steps.
const form = document.getElementById("article_form");
const locale = document.documentElement.lang || "vi";
const isVietnamese = locale.startsWith("vi");
const number = new Intl.NumberFormat(locale);
const syllables = (text) => (text.match(/\S+/g) || []).length;

// Characters of headline and lead, against the length at which pages begin to wrap badly.
for (const field of form?.querySelectorAll("[data-count]") ?? []) {
  const limit = Number(field.dataset.count);
  const output = document.createElement("span");
  output.className = "character-count";
  field.after(output);
  const show = () => {
    const length = [...field.value.trim()].length;
    output.textContent = isVietnamese ? `${number.format(length)}/${limit} ký tự` : `${number.format(length)} of ${limit} characters`;
    output.classList.toggle("is-long", length > limit);
  };
  field.addEventListener("input", show);
  show();
}

// Words of the text, and whether anything is unsaved.
let isChanged = false;
const countWords = (editor) => {
  const output = document.querySelector(`[data-words-for="${editor.name}"]`);
  if (!output) return;
  const words = syllables(editor.editable().$.innerText);
  const minutes = Math.max(1, Math.round(words / 230));
  output.textContent = isVietnamese ? `${number.format(words)} chữ, đọc khoảng ${minutes} phút` : `${number.format(words)} words, about ${minutes} min`;
};
const watchEditor = (editor) => {
  countWords(editor);
  let timer;
  editor.on("change", () => {
    isChanged = true;
    clearTimeout(timer);
    timer = setTimeout(() => countWords(editor), 300);
  });
};
if (window.CKEDITOR) {
  for (const editor of Object.values(CKEDITOR.instances)) {
    if (editor.status === "ready") watchEditor(editor);
  }
  CKEDITOR.on("instanceReady", ({ editor }) => watchEditor(editor));
}
form?.addEventListener("input", () => { isChanged = true; });
form?.addEventListener("submit", (event) => { if (event.submitter?.formTarget !== "_blank") isChanged = false; }); // a preview saves nothing
window.addEventListener("beforeunload", (event) => { if (isChanged) event.preventDefault(); });

// Grave steps ask once more.
form?.addEventListener("click", (event) => {
  const button = event.target.closest("[data-ask]");
  if (button && !window.confirm(button.dataset.ask)) event.preventDefault();
});

// Bylines: rows can be added and moved.
for (const rows of document.querySelectorAll("[data-byline-rows]")) {
  const add = rows.parentElement.querySelector("[data-add-row]");
  for (const button of rows.parentElement.querySelectorAll("button[hidden]")) button.hidden = false;
  rows.addEventListener("click", (event) => {
    const row = event.target.closest(".byline-row");
    const button = event.target.closest("[data-up], [data-down]");
    if (!row || !button) return;
    if (button.matches("[data-up]")) row.previousElementSibling?.before(row);
    else row.nextElementSibling?.after(row);
    button.focus();
    isChanged = true;
  });
  add?.addEventListener("click", () => {
    const row = rows.lastElementChild.cloneNode(true);
    row.querySelectorAll("select").forEach((select) => { select.selectedIndex = 0; select.removeAttribute("id"); });
    rows.append(row);
    row.querySelector("select").focus();
  });
}

// Tags: names that exist are offered for the word being typed.
for (const list of document.querySelectorAll("[data-suggestions]")) {
  const input = document.getElementById(list.dataset.for);
  let timer;
  const typed = () => input.value.slice(input.value.lastIndexOf(",") + 1).trim();
  const offer = (names) => {
    list.replaceChildren(...names.map((name) => {
      const item = document.createElement("li");
      const button = Object.assign(document.createElement("button"), { type: "button", textContent: name });
      button.addEventListener("click", () => {
        const before = input.value.slice(0, input.value.lastIndexOf(",") + 1);
        input.value = `${before ? `${before} ` : ""}${name}, `;
        list.hidden = true;
        input.focus();
      });
      item.append(button);
      return item;
    }));
    list.hidden = names.length === 0;
  };
  input?.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(async () => {
      if (!typed()) return offer([]);
      const answer = await fetch(`${list.dataset.suggestions}?q=${encodeURIComponent(typed())}`);
      if (answer.ok) offer((await answer.json()).names);
    }, 200);
  });
}
