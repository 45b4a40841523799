// Turns the times of fresh stories in lists into "2 giờ trước"; the exact time stays in the title.
const MINUTE = 60_000, HOUR = 60 * MINUTE, DAY = 24 * HOUR;
const words = new Intl.RelativeTimeFormat(document.documentElement.lang || "vi", { numeric: "always" });

function age(milliseconds) {
  if (milliseconds < 0 || milliseconds >= 7 * DAY) return "";
  if (milliseconds < HOUR) return words.format(-Math.max(1, Math.floor(milliseconds / MINUTE)), "minute");
  if (milliseconds < DAY) return words.format(-Math.floor(milliseconds / HOUR), "hour");
  return words.format(-Math.floor(milliseconds / DAY), "day");
}

function refresh() {
  for (const time of document.querySelectorAll("time[data-relative]")) {
    time.title ||= time.textContent;
    time.textContent = age(Date.now() - Date.parse(time.dateTime)) || time.title;
  }
}

refresh();
setInterval(refresh, MINUTE);
