// Related stories: found while one types, added, put in order. Without this script a number or an address does.
for (const field of document.querySelectorAll("[data-related]")) {
  const words = field.querySelector("[data-related-words]");
  const rows = field.querySelector(".related-rows");
  const offers = field.querySelector(".related-offers");
  const voice = field.querySelector("[data-related-voice]");
  const { name } = words;
  let timer;
  let asked = null;

  const button = (mark, label, act) => {
    const made = Object.assign(document.createElement("button"), { type: "button", className: "button", textContent: mark });
    made.setAttribute("aria-label", label);
    made.addEventListener("click", act);
    return made;
  };
  const changed = () => words.dispatchEvent(new Event("input", { bubbles: true }));
  const movable = (row) => {
    row.append(
      button("↑", field.dataset.up, ({ target }) => { row.previousElementSibling?.before(row); target.focus(); changed(); }),
      button("↓", field.dataset.down, ({ target }) => { row.nextElementSibling?.after(row); target.focus(); changed(); }),
    );
  };
  const add = (story) => {
    const known = [...rows.querySelectorAll("input")].find((input) => input.value === String(story.id));
    if (known) {
      known.checked = true;
    } else {
      const row = Object.assign(document.createElement("li"), { className: "related-row" });
      const label = document.createElement("label");
      const box = Object.assign(document.createElement("input"), { type: "checkbox", name, value: story.id, checked: true });
      label.append(box, Object.assign(document.createElement("span"), { textContent: story.headline }));
      row.append(label);
      movable(row);
      rows.append(row);
    }
    words.value = "";
    offers.hidden = true;
    voice.textContent = `${field.dataset.added} ${story.headline}`;
    words.focus();
    changed();
  };
  const offer = (stories) => {
    offers.replaceChildren(...stories.map((story) => {
      const item = document.createElement("li");
      const choice = Object.assign(document.createElement("button"), { type: "button", textContent: story.headline });
      choice.append(Object.assign(document.createElement("span"), { className: "quiet", textContent: ` ${story.about}` }));
      choice.addEventListener("click", () => add(story));
      item.append(choice);
      return item;
    }));
    offers.hidden = stories.length === 0;
    voice.textContent = stories.length ? stories.map((story) => story.headline).join(". ") : field.dataset.none;
  };
  const ask = async () => {
    const typed = words.value.trim();
    asked?.abort();
    if (typed.length < 2) return offer([]);
    asked = new AbortController();
    try {
      const answer = await fetch(`${field.dataset.related}?q=${encodeURIComponent(typed)}`, { signal: asked.signal });
      if (answer.ok && words.value.trim() === typed) offer((await answer.json()).stories);
    } catch { /* the next letter asks again */ }
  };
  words.addEventListener("input", (event) => {
    if (!event.isTrusted) return;
    clearTimeout(timer);
    timer = setTimeout(ask, 250);
  });
  words.addEventListener("keydown", (event) => {
    if (event.key === "ArrowDown" && !offers.hidden) {
      event.preventDefault();
      offers.querySelector("button")?.focus();
    } else if (event.key === "Enter") {
      event.preventDefault(); // the form is not sent from here
      offers.querySelector("button")?.click();
    } else if (event.key === "Escape") {
      offers.hidden = true;
    }
  });
  offers.addEventListener("keydown", (event) => {
    const buttons = [...offers.querySelectorAll("button")];
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (event.key === "Escape") { offers.hidden = true; words.focus(); }
    if (!step) return;
    event.preventDefault();
    (buttons[buttons.indexOf(document.activeElement) + step] ?? words).focus();
  });
  for (const row of rows.children) movable(row);
}
