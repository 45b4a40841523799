// On a narrow screen the section bar scrolls: the section that is read stands in its middle.
const list = document.querySelector(".bar-list");
const here = list?.querySelector("[aria-current]");
if (here) list.scrollLeft = here.offsetLeft - list.offsetLeft - (list.clientWidth - here.offsetWidth) / 2;
