// Writing aids: remarks are read anew while one types; a press mends in the form itself, as one step that can be undone.
// The server finds what is to be remarked. A remark is tied to the text around it: if that has changed, nothing is mended.
const form = document.getElementById("article_form");
const panel = document.querySelector("[data-aids]");
const list = panel.querySelector("[data-aids-list]");
const said = panel.querySelector("[data-aids-said]");
const PAUSE = 900;
const QUIET = new Set("SPAN A STRONG EM SUB SUP B I U FONT S SMALL CODE MARK".split(" "));
const UNSEEN = /[\u200b\ufeff\u00ad]/;

const ignored = new Set();
const undoable = [];
let timer;
let asked = 0;

const editorOf = (name) => Object.values(window.CKEDITOR?.instances ?? {}).find((editor) => editor.name === `id_${name}` && editor.status === "ready" && editor.mode === "wysiwyg");
const say = (text) => { said.textContent = text; };
const rows = () => [...list.querySelectorAll("[data-remark]")].filter((row) => !row.hidden);

// --- a field as text: its letters, and for the editor where in the document each of them stands

const readEditor = (editor) => {
  const letters = [];
  const places = [];
  const add = (letter, node, offset) => { letters.push(letter); places.push([node, offset]); };
  const end = () => {
    while (letters.at(-1) === " ") { letters.pop(); places.pop(); }
    if (letters.length && letters.at(-1) !== "\n") add("\n", null, 0);
  };
  const walk = (node) => {
    if (node.nodeType === Node.TEXT_NODE) {
      for (let at = 0; at < node.data.length; at += 1) {
        const letter = node.data[at];
        if (UNSEEN.test(letter)) continue;
        if (!/[ \t\n\r\f]/.test(letter)) add(letter, node, at);
        else if (letters.length && !" \n".includes(letters.at(-1))) add(" ", node, at);
      }
      return;
    }
    if (node.nodeType !== Node.ELEMENT_NODE || node.matches("[data-cke-temp], .cke_widget_drag_handler_container")) return;
    const isBlock = !QUIET.has(node.tagName);
    if (isBlock) end();
    node.childNodes.forEach(walk);
    if (isBlock) end();
  };
  walk(editor.editable().$);
  return { text: letters.join(""), places };
};
const read = (name) => {
  const editor = editorOf(name);
  if (editor) return { editor, ...readEditor(editor) };
  const input = form.elements[name];
  return { input, text: input.value };
};

// Where the remark's place is now: [from, to) in the field's text, or null if it is no longer there.
const locate = (text, { before, there, after, nth }) => {
  const key = before + there + after;
  let count = 0;
  for (let at = text.indexOf(key); at >= 0; at = text.indexOf(key, at + key.length)) {
    if (count === Number(nth)) return [at + before.length, at + before.length + there.length];
    count += 1;
  }
  return null;
};

// --- mending

// What changes letter by letter, from the end: each stays in the markup in which it stands. Words are short.
const stepsOfWord = (word, fresh, start) => {
  const common = Array.from({ length: word.length + 1 }, () => new Array(fresh.length + 1).fill(0));
  for (let i = word.length - 1; i >= 0; i -= 1) {
    for (let j = fresh.length - 1; j >= 0; j -= 1) {
      common[i][j] = word[i] === fresh[j] ? common[i + 1][j + 1] + 1 : Math.max(common[i + 1][j], common[i][j + 1]);
    }
  }
  const steps = [];
  for (let i = 0, j = 0; i < word.length || j < fresh.length;) {
    if (i < word.length && j < fresh.length && word[i] === fresh[j]) { i += 1; j += 1; continue; }
    const [fromI, fromJ] = [i, j];
    while ((i < word.length || j < fresh.length) && word[i] !== fresh[j]) {
      if (i < word.length && (j === fresh.length || common[i + 1][j] >= common[i][j + 1])) i += 1;
      else j += 1;
    }
    steps.push([start + fromI, start + i, fresh.slice(fromJ, j)]);
  }
  return steps;
};
const steps = (there, mend, start) => {
  const [words, fresh] = [there.split(" "), mend.split(" ")];
  const pairs = words.length === fresh.length ? words.map((word, n) => [word, fresh[n]]) : [[there, mend]];
  let at = start;
  return pairs.flatMap(([word, made]) => {
    const found = stepsOfWord(word, made, at);
    at += word.length + 1;
    return found;
  }).reverse();
};
const mendInput = (input, place, mend) => {
  input.focus({ preventScroll: true });
  input.setSelectionRange(...place);
  const isDone = mend ? document.execCommand("insertText", false, mend) : document.execCommand("delete");
  if (!isDone) { // a browser without it: the mend stays, its undo does not
    input.setRangeText(mend, ...place, "end");
    input.dispatchEvent(new Event("input", { bubbles: true }));
  }
};
const mendEditor = ({ text, places }, [from, to], mend) => {
  for (const [start, end, fresh] of steps(text.slice(from, to), mend, from)) {
    if (start === end) { // only letters that are new: behind the one before them
      const [node, offset] = start ? places[start - 1] : places[0];
      node.insertData(start ? offset + 1 : offset, fresh);
      continue;
    }
    for (let at = end - 1; at > start; at -= 1) places[at][0].deleteData(places[at][1], 1);
    places[start][0].replaceData(places[start][1], 1, fresh);
  }
};

// Remarks of one field at a time, from its end, so that places before stay where they are. Returns how many.
const mendField = (name, remarks) => {
  const field = read(name);
  const found = remarks.map((row) => [row, locate(field.text, row.dataset)]).filter(([, place]) => place);
  found.sort(([, one], [, other]) => other[0] - one[0]);
  if (!found.length) return 0;
  field.editor?.fire("saveSnapshot");
  for (const [row, place] of found) {
    if (field.editor) mendEditor(field, place, row.dataset.mend);
    else mendInput(field.input, place, row.dataset.mend);
    row.hidden = true;
  }
  if (field.editor) {
    field.editor.fire("saveSnapshot");
    field.editor.fire("change");
    undoable.push(name);
  } else {
    undoable.push(...found.map(() => name));
  }
  return found.length;
};
const mend = (remarks) => {
  const next = nextAfter(remarks.at(-1));
  let count = 0;
  for (const name of new Set(remarks.map((row) => row.dataset.field))) {
    count += mendField(name, remarks.filter((row) => row.dataset.field === name));
  }
  if (count < remarks.length) say(panel.dataset.moved);
  else if (count > 1) say(`${count} ${panel.dataset.places}`);
  else say(`${remarks[0].dataset.there} → ${remarks[0].dataset.mend}. ${panel.dataset.mended}`);
  refresh(next);
};

// --- what stands after a row that goes: by the text it is about, for the list is drawn anew

const nextAfter = (row) => {
  const shown = rows();
  const next = shown[shown.indexOf(row) + 1];
  return next ? mark(next) : "";
};
const mark = ({ dataset: { field, kind, there, mend: fresh, before, after } }) => {
  const around = /\p{L}/u.test(there) ? "" : `${before.slice(-8)}|${after.slice(0, 8)}`;
  return [field, kind, there, fresh, around].join("\n");
};
const focusOn = (wanted) => {
  const row = rows().find((shown) => mark(shown) === wanted) ?? rows()[0];
  (row?.querySelector("[data-mend-one], [data-ignore]") ?? document.getElementById("aids-title")).focus();
};

// --- reading anew

const hideIgnored = () => {
  for (const row of list.querySelectorAll("[data-remark]")) {
    row.hidden = ignored.has(mark(row));
    row.querySelector("[data-ignore]").hidden = false;
  }
  for (const group of list.querySelectorAll("[data-group]")) {
    const left = [...group.querySelectorAll("[data-remark]")].filter((row) => !row.hidden).length;
    group.hidden = left === 0;
    group.querySelector("h3 span").textContent = `(${left})`;
  }
  const hidden = list.querySelectorAll("[data-remark][hidden]").length;
  const count = Number(list.querySelector("[data-total]").dataset.total) - hidden;
  panel.querySelector("[data-aids-count]").textContent = count || "";
};
const collect = () => {
  const data = new FormData(form);
  for (const [name, value] of [...data]) if (value instanceof File) data.delete(name);
  for (const editor of Object.values(window.CKEDITOR?.instances ?? {})) {
    if (editor.status === "ready") data.set(editor.name.replace(/^id_/, ""), editor.getData());
  }
  return data;
};
const refresh = async (focusNext) => {
  clearTimeout(timer);
  asked += 1;
  const number = asked;
  if (document.body.classList.contains("is-frozen")) return;
  let html;
  try {
    const answer = await fetch(panel.dataset.aids, { method: "POST", body: collect(), redirect: "manual" });
    if (!answer.ok) return; // signed out, or no longer the writer's: autosave says so
    html = await answer.text();
  } catch {
    return; // without a connection the list stays as it is
  }
  if (number !== asked) return;
  const held = focusNext === undefined && list.contains(document.activeElement) ? document.activeElement.closest("[data-remark]") : null;
  const wanted = held ? mark(held) : focusNext;
  list.innerHTML = html;
  hideIgnored();
  if (wanted !== undefined) focusOn(wanted);
};
const soon = () => {
  clearTimeout(timer);
  timer = setTimeout(refresh, PAUSE);
};

// --- presses

const jump = (row) => {
  const field = read(row.dataset.field);
  const place = locate(field.text, row.dataset);
  if (!place) {
    say(panel.dataset.moved);
    refresh();
    return;
  }
  if (field.input) {
    field.input.focus();
    field.input.setSelectionRange(...place);
    return;
  }
  const [start, end] = [field.places[place[0]], field.places[place[1] - 1]];
  field.editor.focus();
  const range = field.editor.createRange();
  range.setStart(new window.CKEDITOR.dom.text(start[0]), start[1]);
  range.setEnd(new window.CKEDITOR.dom.text(end[0]), end[1] + 1);
  range.select();
  start[0].parentElement.scrollIntoView({ block: "center" });
};
const ignore = (row) => {
  const next = nextAfter(row);
  ignored.add(mark(row));
  hideIgnored();
  say(panel.dataset.ignored);
  focusOn(next);
};
const undo = () => {
  const name = undoable.pop();
  const editor = editorOf(name);
  if (editor) {
    editor.execCommand("undo");
  } else {
    form.elements[name].focus({ preventScroll: true });
    document.execCommand("undo");
  }
  say(panel.dataset.undone);
  refresh("");
};

list.addEventListener("click", (event) => {
  const row = event.target.closest("[data-remark]");
  if (event.target.closest("[data-mend-all]")) {
    event.preventDefault();
    mend([...event.target.closest("[data-group]").querySelectorAll("[data-remark][data-mend]")].filter((one) => !one.hidden));
  } else if (event.target.closest("[data-mend-one]")) {
    event.preventDefault();
    mend([row]);
  } else if (event.target.closest("[data-ignore]")) {
    ignore(row);
  } else if (event.target.closest("[data-jump]")) {
    event.preventDefault();
    jump(row);
  }
});
panel.addEventListener("keydown", (event) => {
  if (!(event.ctrlKey || event.metaKey) || event.shiftKey || event.key.toLowerCase() !== "z" || !undoable.length) return;
  event.preventDefault();
  undo();
});
form.addEventListener("input", soon);
const watch = (editor) => editor.on("change", soon);
for (const editor of Object.values(window.CKEDITOR?.instances ?? {})) if (editor.status === "ready") watch(editor);
window.CKEDITOR?.on("instanceReady", ({ editor }) => watch(editor));
hideIgnored();
