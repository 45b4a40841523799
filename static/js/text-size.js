// The size of text that this reader chose, before anything is painted; js/article-tools.js changes it.
try { document.documentElement.dataset.textSize = localStorage.getItem("text-size") ?? ""; } catch { /* storage is switched off */ }
