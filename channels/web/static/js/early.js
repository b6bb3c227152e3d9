/* Sets type size, colours and what a frame leaves out before the first paint; classic, because modules run too late. */
if (window.parent !== window) document.documentElement.classList.add("framed");
try {
  const root = document.documentElement;
  if (window.localStorage.getItem("faxian.large") === "1") root.classList.add("large-type");
  const colours = window.localStorage.getItem("faxian.colours");
  if (colours === "light" || colours === "dark") root.classList.add(colours);
} catch {
  /* Storage is blocked: the page keeps its normal size and the system's colours. */
}

/* A button pressed before the modules have run would do nothing and say nothing: until then none can be pressed. */
document.documentElement.dataset.loading = "";
document.addEventListener("DOMContentLoaded", () => delete document.documentElement.dataset.loading);
