// Suggestions under a search box, after the ARIA combobox pattern with a listbox. Without them it is a plain form.
const PAUSE = 180; // milliseconds after the last key
const SHORTEST = 2; // letters

class SearchBox {
  known = new Map(); // what was typed: what the server suggested
  at = -1; // the chosen suggestion, -1 while the reader's own words are

  constructor(input, number) {
    this.input = input;
    this.words = input.dataset;
    this.list = document.createElement("ul");
    this.status = document.createElement("span");
    Object.assign(this.list, { id: `suggestions-${number}`, className: "suggestions", role: "listbox", hidden: true });
    Object.assign(this.status, { className: "unseen", role: "status" });
    this.list.ariaLabel = this.words.label;
    input.role = "combobox";
    input.ariaAutoComplete = "list";
    input.ariaExpanded = "false";
    input.setAttribute("aria-controls", this.list.id);
    input.parentElement.classList.add("suggesting");
    input.after(this.list, this.status);
    input.oninput = (event) => event.isComposing || this.typed();
    input.addEventListener("compositionend", () => this.typed());
    input.onkeydown = (event) => this.pressed(event);
    input.onblur = () => this.close();
    this.list.onpointerdown = (event) => event.preventDefault(); // the box keeps the focus
    this.list.onclick = (event) => this.follow(event.target.closest("[role=option]"));
  }

  typed() {
    clearTimeout(this.timer);
    this.request?.abort();
    this.own = this.input.value;
    const asked = this.own.trim();
    if (asked.length < SHORTEST) return this.close();
    if (this.known.has(asked)) return this.show(this.known.get(asked));
    this.timer = setTimeout(() => this.ask(asked), PAUSE);
  }

  async ask(asked) {
    this.request = new AbortController();
    try {
      const answer = await fetch(`${this.words.suggest}?q=${encodeURIComponent(asked)}`, { signal: this.request.signal });
      if (!answer.ok) return this.close();
      const { items } = await answer.json();
      this.known.set(asked, items);
      if (this.input.value.trim() === asked && document.activeElement === this.input) this.show(items);
    } catch (error) {
      if (error.name !== "AbortError") this.close(); // no network: the form is still there
    }
  }

  show(items) {
    this.choose(-1);
    this.list.replaceChildren(...items.map((item, number) => this.option(item, number)));
    this.open(items.length > 0);
    this.status.textContent = items.length ? this.words.some.replace("{n}", items.length) : this.words.none;
  }

  option({ kind, name, address }, number) {
    const option = document.createElement("li");
    Object.assign(option, { id: `${this.list.id}-${number}`, role: "option", ariaSelected: "false", textContent: name });
    option.prepend(Object.assign(document.createElement("small"), { textContent: kind }), " ");
    option.dataset.address = address;
    return option;
  }

  follow(option) {
    if (option) location.assign(option.dataset.address);
  }

  pressed(event) {
    const steps = { ArrowDown: 1, ArrowUp: -1 };
    const count = this.list.children.length;
    if (event.isComposing) return;
    if (event.key === "Escape" && !this.list.hidden) this.close();
    else if (event.key === "Enter" && this.at >= 0) this.follow(this.list.children[this.at]);
    else if (steps[event.key] && this.list.hidden) count ? this.open(true) : this.typed();
    else if (steps[event.key]) this.choose(((this.at + 1 + steps[event.key] + count + 1) % (count + 1)) - 1);
    else return;
    event.preventDefault();
  }

  choose(number) {
    this.list.children[this.at]?.setAttribute("aria-selected", "false");
    this.at = number;
    const option = this.list.children[number];
    option?.setAttribute("aria-selected", "true");
    option?.scrollIntoView({ block: "nearest" });
    if (option) this.input.setAttribute("aria-activedescendant", option.id);
    else this.input.removeAttribute("aria-activedescendant");
  }

  open(isOpen) {
    this.list.hidden = !isOpen;
    this.input.ariaExpanded = String(isOpen);
  }

  close() {
    clearTimeout(this.timer);
    this.request?.abort();
    this.choose(-1);
    this.open(false);
    this.status.textContent = "";
  }
}

document.querySelectorAll("[data-suggest]").forEach((input, number) => new SearchBox(input, number));
