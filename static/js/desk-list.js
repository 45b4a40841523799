// The list of stories: a box that is chosen from narrows the list at once; without JavaScript the button does.
for (const bar of document.querySelectorAll("[data-filter-bar]")) {
  bar.addEventListener("change", (event) => {
    if (event.target.matches("select")) bar.requestSubmit();
  });
  // An address one can pass on names only what was chosen.
  bar.addEventListener("formdata", ({ formData }) => {
    for (const [name, value] of [...formData]) if (value === "") formData.delete(name);
  });
}
