// Material puts the copy button of every code block into a landmark of its own; a list of landmarks is better without.
new MutationObserver(() => {
  for (const box of document.querySelectorAll("nav.md-code__nav:not([role])")) box.setAttribute("role", "presentation");
}).observe(document.body, { childList: true, subtree: true });

// Material shows one section of a page that it has found, and folds the others away; show the best three.
for (const list of document.querySelectorAll(".md-search-result__list")) {
  new MutationObserver(() => {
    for (const more of list.querySelectorAll(".md-search-result__more:not([data-sorted])")) {
      more.dataset.sorted = "";
      const folded = [...more.querySelectorAll(":scope > a")];
      const room = 4 - more.parentElement.querySelectorAll(":scope > a").length; // the page itself is the first link
      more.before(...folded.splice(0, room));
      const label = more.querySelector("summary > div");
      label.textContent = label.textContent.replace(/\d+/, folded.length);
      more.hidden = !folded.length;
    }
  }).observe(list, { childList: true });
}
