// The showcase in light, in dark, or in both beside each other, whatever the device prefers.
const SCHEME = /prefers-color-scheme:\s*(light|dark)/;
const schemes = document.querySelector("[data-schemes]");
const first = document.querySelector(".preview-frame");
const asked = new WeakMap(); // rules, and the media that their style sheets ask for

function paint(rules, scheme, view) {
  for (const rule of rules) {
    if (rule instanceof view.CSSMediaRule) {
      if (!asked.has(rule)) asked.set(rule, rule.media.mediaText);
      const wanted = SCHEME.exec(asked.get(rule))?.[1];
      if (wanted) rule.media.mediaText = { device: asked.get(rule), [wanted]: "all" }[scheme] ?? "not all";
    }
    if (rule.cssRules) paint(rule.cssRules, scheme, view);
  }
}

function show(frame, scheme) {
  const page = frame.contentDocument;
  page.documentElement.style.colorScheme = scheme === "device" ? "" : scheme;
  for (const sheet of page.styleSheets) paint(sheet.cssRules, scheme, frame.contentWindow);
}

function choose() {
  const scheme = schemes.querySelector(":checked").value;
  document.querySelector(".preview-frame.is-second")?.remove();
  show(first, scheme === "both" ? "light" : scheme);
  if (scheme !== "both") return;
  const second = first.cloneNode();
  second.classList.add("is-second");
  second.onload = () => show(second, "dark");
  first.after(" ", second);
}

schemes.hidden = false;
schemes.addEventListener("change", choose);
first.addEventListener("load", choose);
