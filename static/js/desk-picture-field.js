// Choosing a picture from the library: for the lead picture, and for figures in the text.
import { choosePicture } from "./picture-picker.js";

const isVietnamese = (document.documentElement.lang || "vi").startsWith("vi");

async function choose(address, chosen) {
  const picture = await choosePicture(address);
  if (picture) chosen(picture);
}

for (const field of document.querySelectorAll(".picture-field")) {
  const input = field.querySelector("input");
  const preview = field.querySelector("[data-preview]");
  const clear = field.querySelector("[data-clear]");
  const empty = isVietnamese ? "Chưa chọn ảnh" : "No picture chosen";
  const changed = () => input.dispatchEvent(new Event("input", { bubbles: true }));
  field.querySelector("[data-choose]").addEventListener("click", () => {
    choose(field.dataset.picker, (picture) => {
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
  choose(address ?? document.querySelector("[data-picker]").dataset.picker, event.detail.chosen);
});
