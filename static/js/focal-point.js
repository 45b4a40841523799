// The focal point of a picture, set by pointer or arrow keys. The number fields below stay in charge.

for (const box of document.querySelectorAll("[data-focal]")) {
  const across = document.querySelector(box.dataset.x);
  const down = document.querySelector(box.dataset.y);
  const image = box.querySelector("img");
  if (across && down && image) start(box, image, across, down);
}

function start(box, image, across, down) {
  const point = box.querySelector(".focal-point");
  const frame = box.querySelector("[data-frame]");
  const percent = (field) => Math.min(100, Math.max(0, Math.round(Number(field.value) || 0)));

  function draw() {
    const x = percent(across), y = percent(down);
    point.style.left = `${x}%`;
    point.style.top = `${y}%`;
    // The same arithmetic as articles.renditions.crop_box, in percent of the picture.
    const [wide, high] = frame.dataset.frame.split(":").map(Number);
    const ratio = image.width / image.height;
    const width = Math.min(100, (100 * wide) / high / ratio), height = Math.min(100, (100 * high * ratio) / wide);
    frame.style.width = `${width}%`;
    frame.style.height = `${height}%`;
    frame.style.left = `${Math.min(Math.max(x - width / 2, 0), 100 - width)}%`;
    frame.style.top = `${Math.min(Math.max(y - height / 2, 0), 100 - height)}%`;
  }

  function move(x, y) {
    across.value = Math.round(Math.min(100, Math.max(0, x)));
    down.value = Math.round(Math.min(100, Math.max(0, y)));
    draw();
  }

  function follow(event) {
    const area = image.getBoundingClientRect();
    move((100 * (event.clientX - area.left)) / area.width, (100 * (event.clientY - area.top)) / area.height);
  }

  box.addEventListener("pointerdown", (event) => {
    if (event.button !== 0 || event.pointerType !== "mouse") return; // a finger may only want to scroll
    event.preventDefault();
    box.setPointerCapture(event.pointerId);
    point.focus();
    follow(event);
  });
  box.addEventListener("pointermove", (event) => {
    if (box.hasPointerCapture(event.pointerId)) follow(event);
  });
  box.addEventListener("click", (event) => {
    if (event.detail > 0) follow(event); // not the one that Enter on the point makes
  });
  point.addEventListener("keydown", (event) => {
    const step = event.shiftKey ? 10 : 1;
    const moves = { ArrowLeft: [-step, 0], ArrowRight: [step, 0], ArrowUp: [0, -step], ArrowDown: [0, step] };
    if (!(event.key in moves)) return;
    event.preventDefault();
    move(percent(across) + moves[event.key][0], percent(down) + moves[event.key][1]);
  });
  across.addEventListener("input", draw);
  down.addEventListener("input", draw);

  box.classList.add("is-live");
  point.hidden = frame.hidden = false;
  draw();
}
