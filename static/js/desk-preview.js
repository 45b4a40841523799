// Preview links: their addresses are copied by a button; without scripts the field can be marked and copied.
for (const button of document.querySelectorAll("[data-copy-address]")) {
  const field = button.parentElement.querySelector("input[readonly]");
  button.hidden = false;
  field.addEventListener("focus", () => field.select());
  button.addEventListener("click", async () => {
    field.select();
    if (navigator.clipboard) await navigator.clipboard.writeText(field.value);
    else document.execCommand("copy"); // a site without https
    const label = button.textContent;
    button.textContent = button.dataset.done;
    setTimeout(() => { button.textContent = label; }, 2000);
  });
}
