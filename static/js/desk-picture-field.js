// Choosing a picture from the library: for the lead picture, and for figures in the text.
// The dialog's content is a page of the server (admin/articles/image/pick.html); here it only moves and answers.
const isVietnamese = (document.documentElement.lang || "vi").startsWith("vi");
const words = isVietnamese ? { title: "Thư viện ảnh", close: "Đóng" } : { title: "Picture library", close: "Close" };

class Picker {
  constructor(address) {
    this.address = address;
    this.dialog = document.createElement("dialog");
    this.dialog.className = "picker-dialog";
    this.dialog.setAttribute("aria-label", words.title);
    const head = document.createElement("header");
    const heading = Object.assign(document.createElement("h2"), { textContent: words.title });
    const close = Object.assign(document.createElement("button"), { type: "button", className: "button", textContent: words.close });
    close.addEventListener("click", () => this.dialog.close());
    head.append(heading, close);
    this.body = document.createElement("div");
    this.dialog.append(head, this.body);
    this.dialog.addEventListener("click", (event) => this.clicked(event));
    this.dialog.addEventListener("submit", (event) => this.submitted(event));
    this.dialog.addEventListener("change", (event) => { if (event.target.matches("[type=file]")) this.upload(event.target.form); });
    document.body.append(this.dialog);
  }

  open(chosen) {
    this.chosen = chosen;
    this.dialog.showModal();
    this.show(this.address);
  }

  async show(address) {
    const answer = await fetch(address, { headers: { "X-Requested-With": "fetch" } });
    this.body.innerHTML = await answer.text(); // our own page, escaped by the server
    this.body.querySelector("[type=search]")?.focus();
  }

  clicked(event) {
    const tile = event.target.closest("[data-picture]");
    const page = event.target.closest("[data-picker-page]");
    if (tile) {
      const { picture, url, thumb, title, caption, credit, alt } = tile.dataset;
      this.dialog.close();
      this.chosen({ id: picture, url, thumb, title, caption, credit, alt });
    } else if (page) {
      event.preventDefault();
      this.show(this.address + page.getAttribute("href"));
    }
  }

  submitted(event) {
    event.preventDefault();
    if (event.target.matches("[data-picker-upload]")) this.upload(event.target);
    else this.show(`${this.address}?${new URLSearchParams(new FormData(event.target))}`);
  }

  async upload(form) {
    const message = this.body.querySelector("[data-message]");
    message.textContent = message.dataset.waiting;
    try {
      const answer = await fetch(form.action, { method: "POST", body: new FormData(form), headers: { Accept: "application/json" } });
      const { outcomes } = await answer.json();
      await this.show(this.address);
      const told = outcomes.map((outcome) => outcome.message ?? outcome.reason ?? "").filter(Boolean);
      this.body.querySelector("[data-message]").textContent = told.join(" ");
    } catch {
      message.textContent = message.dataset.failed;
    }
  }
}

const pickers = new Map();
const pickerAt = (address) => pickers.get(address) ?? pickers.set(address, new Picker(address)).get(address);

for (const field of document.querySelectorAll(".picture-field")) {
  const input = field.querySelector("input");
  const preview = field.querySelector("[data-preview]");
  const clear = field.querySelector("[data-clear]");
  const empty = isVietnamese ? "Chưa chọn ảnh" : "No picture chosen";
  const changed = () => input.dispatchEvent(new Event("input", { bubbles: true }));
  field.querySelector("[data-choose]").addEventListener("click", () => {
    pickerAt(field.dataset.picker).open((picture) => {
      input.value = picture.id;
      const image = Object.assign(document.createElement("img"), { src: picture.url, alt: picture.alt });
      const note = Object.assign(document.createElement("p"), { className: "help", textContent: `${picture.title} · ${picture.credit || "–"}` });
      preview.replaceChildren(image, note);
      clear.hidden = false;
      changed();
    });
  });
  clear.addEventListener("click", () => {
    input.value = "";
    preview.replaceChildren(Object.assign(document.createElement("p"), { className: "picture-field-empty", textContent: empty }));
    clear.hidden = true;
    changed();
  });
}

// The editor's button asks for a picture; it knows nothing of the library.
document.addEventListener("newsroom:choose-picture", (event) => {
  const address = event.target.closest("[data-picker]")?.dataset.picker ?? event.target.dataset.picker;
  pickerAt(address ?? document.querySelector("[data-picker]").dataset.picker).open(event.detail.chosen);
});
