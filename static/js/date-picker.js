// The calendar of the date picker, after the ARIA date picker dialog pattern. Days are strings: "2021-01-14".
const language = document.documentElement.lang || "vi";
const monthName = new Intl.DateTimeFormat(language, { month: "long", year: "numeric", timeZone: "UTC" });
const dayName = new Intl.DateTimeFormat(language, { dateStyle: "full", timeZone: "UTC" });
const today = new Intl.DateTimeFormat("en-CA", { timeZone: "Asia/Ho_Chi_Minh" }).format();

const dayAt = (time) => new Date(time).toISOString().slice(0, 10);
const monthOf = (day) => day.slice(0, 7);
const plusDays = (day, n) => dayAt(Date.parse(day) + n * 86_400_000);
const weekday = (day) => (new Date(day).getUTCDay() + 6) % 7; // Monday is 0

function plusMonths(day, n) {
  const [year, month, date] = day.split("-").map(Number);
  return dayAt(Math.min(Date.UTC(year, month - 1 + n, date), Date.UTC(year, month + n, 0)));
}

class Calendar {
  months = {}; // "2021-01": what the server counts there
  bounds = { first: "1900-01-01", last: today };

  constructor(form) {
    this.form = form;
    this.fields = form.elements;
    const of = form.querySelector("[data-of]"); // a section, an author or a tag
    this.query = of ? `?${of.name}=${of.value}` : "";
    this.fields.calendar.hidden = false;
    this.fields.calendar.onclick = () => this.open();
  }

  // The dialog, which few readers open: no page carries it along. Where it cannot be had, the archive has its own pages.
  async fetched() {
    const answer = await fetch(this.fields.calendar.dataset.from).catch(() => null);
    if (!answer?.ok) return location.assign(this.form.action);
    const holder = document.createElement("template");
    holder.innerHTML = await answer.text();
    this.dialog = document.body.appendChild(holder.content.querySelector("dialog"));
    this.grid = this.dialog.querySelector("tbody");
    this.dialog.onclick = (event) => this.clicked(event.target);
    this.grid.onkeydown = (event) => this.pressed(event);
  }

  async open() {
    await (this.fetching ??= this.fetched());
    if (!this.dialog) return;
    const [year, month, day] = ["nam", "thang", "ngay"].map((name) => this.fields[name].value.trim().padStart(2, "0"));
    const typed = `${year}-${month}-${day === "00" ? "01" : day}`;
    const exists = Date.parse(typed) && plusDays(typed, 0) === typed;
    this.picked = exists && day !== "00" ? typed : "";
    this.dialog.showModal();
    this.move(exists ? typed : this.bounds.last);
  }

  async load(month) {
    if (!this.months[month]) {
      const answer = await fetch(`/luu-tru/${month.replace("-", "/")}/dem.json${this.query}`).catch(() => null);
      this.months[month] = answer?.ok ? await answer.json() : null;
    }
    return this.months[month];
  }

  async show(day) {
    this.at = day;
    const counts = await this.load(monthOf(day));
    if (this.at !== day) return; // the reader went on meanwhile
    if (counts) this.bounds = { first: counts.first ?? counts.last, last: counts.last };
    const inside = this.within(day);
    if (inside !== day) return this.show(inside);
    this.draw(counts);
  }

  async move(day) {
    await this.show(this.within(day));
    this.grid.querySelector("[tabindex='0']")?.focus();
  }

  within(day) {
    const { first, last } = this.bounds;
    return day < first ? first : day > last ? last : day;
  }

  draw(counts) {
    const month = monthOf(this.at);
    const first = `${month}-01`;
    this.dialog.querySelector(".calendar-month").textContent = monthName.format(new Date(first));
    this.grid.replaceChildren();
    for (let day = first, row; monthOf(day) === month; day = plusDays(day, 1)) {
      if (!row || !weekday(day)) row = this.grid.insertRow();
      row.append(this.square(day, counts));
    }
    if (weekday(first)) this.grid.rows[0].insertCell(0).colSpan = weekday(first);
    for (const button of this.dialog.querySelectorAll("[data-step], [data-nearest]")) {
      button.setAttribute("aria-disabled", this.target(button, counts) === this.at);
    }
  }

  square(day, counts) {
    const cell = document.createElement("td");
    const { one, many, none } = this.dialog.dataset;
    const stories = counts?.days[Number(day.slice(8))] ?? 0;
    const said = stories > 1 ? many.replace("{n}", stories) : stories ? one : none;
    cell.dataset.day = day;
    cell.textContent = Number(day.slice(8));
    cell.tabIndex = day === this.at ? 0 : -1;
    cell.role = "gridcell";
    cell.ariaLabel = dayName.format(new Date(day)) + (counts ? `: ${said}` : "");
    cell.ariaDisabled = counts ? !stories : this.within(day) !== day;
    cell.ariaSelected = day === this.picked;
    if (day === today) cell.ariaCurrent = "date";
    if (stories) cell.appendChild(document.createElement("small")).textContent = stories;
    return cell;
  }

  // Where a button leads: so many months on, or to the nearest story day.
  target({ dataset }, counts) {
    if (dataset.step) return this.within(plusMonths(this.at, Number(dataset.step)));
    if (!counts) return this.at;
    const days = Object.keys(counts.days).map((day) => `${monthOf(this.at)}-${day.padStart(2, "0")}`);
    const found = dataset.nearest === "earlier"
      ? days.findLast((day) => day < this.at) ?? counts.prev
      : days.find((day) => day > this.at) ?? counts.next;
    return found ?? this.at;
  }

  pressed(event) {
    const monday = -weekday(this.at);
    const keys = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -7, ArrowDown: 7, Home: monday, End: monday + 6 };
    const days = keys[event.key];
    const months = { PageUp: -1, PageDown: 1 }[event.key];
    if (months) this.move(plusMonths(this.at, event.shiftKey ? 12 * months : months));
    else if (days !== undefined) this.move(plusDays(this.at, days));
    else if (event.key === "Enter" || event.key === " ") this.choose(event.target);
    else return;
    event.preventDefault();
  }

  clicked(target) {
    const button = target.closest("button, [data-day]");
    if (target === this.dialog || button?.matches("[data-close]")) this.dialog.close();
    else if (!button || button.ariaDisabled === "true") return;
    else if (button.dataset.day) this.choose(button);
    else if (button.dataset.step) this.show(this.target(button));
    else this.move(this.target(button, this.months[monthOf(this.at)]));
  }

  choose(cell) {
    if (cell.ariaDisabled === "true") return;
    location.href = `/luu-tru/${cell.dataset.day.replaceAll("-", "/")}/${this.query}`;
  }
}

for (const form of document.querySelectorAll("[data-date-picker]")) new Calendar(form);
