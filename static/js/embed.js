// A video or map from another site is loaded only when the reader asks for it; without this, its link leads there.
document.addEventListener("click", (event) => {
  const link = event.target.closest("figure.embed a[data-player]");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  const frame = document.createElement("iframe");
  frame.src = link.dataset.player;
  frame.title = link.textContent;
  frame.allow = "fullscreen; encrypted-media; picture-in-picture";
  frame.referrerPolicy = "strict-origin-when-cross-origin";
  link.closest("p").replaceWith(frame);
  frame.focus();
});
