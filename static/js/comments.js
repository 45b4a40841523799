// How many characters are left, said only when they run short.
const SOON = 200;

for (const field of document.querySelectorAll(".comment-form textarea[maxlength]")) {
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
