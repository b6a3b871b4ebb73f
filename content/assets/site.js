// Material puts the copy button of every code block into a landmark of its own; a list of landmarks is better without.
new MutationObserver(() => {
  for (const box of document.querySelectorAll("nav.md-code__nav:not([role])")) box.setAttribute("role", "presentation");
}).observe(document.body, { childList: true, subtree: true });
