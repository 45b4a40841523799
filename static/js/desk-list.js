// The list of stories: a box that is chosen from narrows the list at once; without JavaScript the button does.
for (const bar of document.querySelectorAll("[data-filter-bar]")) {
  bar.addEventListener("change", (event) => {
    if (event.target.matches("select")) bar.requestSubmit();
  });
  // An address one can pass on names only what was chosen; without any it asks for all, not for the own default.
  bar.addEventListener("formdata", ({ formData }) => {
    for (const [name, value] of [...formData]) if (value === "") formData.delete(name);
    if ([...formData].length === 0) formData.set("all", "1");
  });
}
// Who opens the box to save a view wants to type its name.
for (const box of document.querySelectorAll(".view-save")) {
  box.addEventListener("toggle", () => { if (box.open) box.querySelector("[name=name]").focus(); });
}
