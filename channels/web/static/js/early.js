/* Sets the type size before the first paint; a classic script because modules run too late. */
try {
  if (window.localStorage.getItem("faxian.large") === "1") document.documentElement.classList.add("large-type");
} catch {
  /* Storage is blocked: the page keeps its normal size. */
}
