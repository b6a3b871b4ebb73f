// The search of a site with Pagefind: a dialog that opens by button, by "/" and by Ctrl+K. Pagefind and its index come
// from the server when someone first opens the dialog, and not before.
(() => {
  const BUNDLE = new URL("../pagefind/pagefind.js", document.currentScript.src).href;
  const SITE = new URL("..", document.currentScript.src).pathname;
  const STEP = 10, SECTIONS = 3, PATIENCE = 150;
  // Pages differ in length more than in worth: a long guide must not lose to a short page that has the word once.
  const RANKING = { termFrequency: 0.8, pageLength: 0.4, termSaturation: 1.4, termSimilarity: 1.0 };

  let loading = null; // a promise of Pagefind
  let found = []; // all results of the last question
  let asked = 0; // counts questions, so that a late answer to an old one is dropped

  const words = (() => {
    try {
      return JSON.parse(document.getElementById("__config").textContent).translations; // Material's, in its language
    } catch {
      return {};
    }
  })();
  const word = (key, fallback) => words[`search.result.${key}`] ?? fallback;

  const element = (name, properties = {}, ...children) => {
    const made = Object.assign(document.createElement(name), properties);
    made.append(...children);
    return made;
  };

  const input = element("input", { type: "search", autocomplete: "off", spellcheck: false, ariaLabel: "Search", placeholder: "Search" });
  input.setAttribute("autocapitalize", "off");
  const close = element("button", { type: "button", className: "guidekit-search__close", textContent: "Close" });
  const status = element("p", { role: "status", className: "guidekit-search__status" });
  const list = element("ol", { className: "guidekit-search__results" });
  const more = element("button", { type: "button", className: "guidekit-search__more", textContent: "Show more", hidden: true });
  const form = element("form", { role: "search" }, input, close);
  const body = element("div", { className: "guidekit-search__body" }, status, list, more);
  const dialog = element("dialog", { className: "guidekit-search", ariaLabel: "Search" }, form, body);

  const load = () => {
    loading ??= import(BUNDLE).then(async (pagefind) => {
      await pagefind.options({ baseUrl: SITE, ranking: RANKING });
      await pagefind.init();
      return pagefind;
    });
    loading.catch(() => { loading = null; }); // the next question tries again
    return loading;
  };

  // An excerpt is HTML: its text and its marks, and nothing else of it.
  const excerpt = (html) => {
    const parsed = new DOMParser().parseFromString(html, "text/html");
    const parts = [...parsed.body.childNodes].map((node) =>
      node.nodeName === "MARK" ? element("mark", { textContent: node.textContent }) : node.textContent);
    return element("p", {}, ...parts);
  };

  // A score counts a weight by its square, so that one common word in a heading outdoes a section about all the words.
  const worth = (section) => section.weighted_locations.reduce((sum, { balanced_score, weight }) => sum + balanced_score / (weight || 1) ** 1.5, 0);

  const item = (page) => {
    const sections = page.sub_results.filter((section) => section.anchor && section.anchor.element !== "h1").sort((a, b) => worth(b) - worth(a));
    const links = sections.slice(0, SECTIONS).map((section) =>
      element("li", {}, element("a", { href: section.url, textContent: section.title }), excerpt(section.excerpt)));
    const title = element("a", { href: page.url, textContent: page.meta.title, className: "guidekit-search__page" });
    return element("li", {}, title, ...(links.length ? [element("ul", {}, ...links)] : [excerpt(page.excerpt)]));
  };

  const show = async (question) => {
    const pages = await Promise.all(found.slice(list.children.length, list.children.length + STEP).map((page) => page.data()));
    if (question !== asked) return false;
    list.append(...pages.map(item));
    more.hidden = list.children.length >= found.length;
    return true;
  };

  const count = () => {
    if (!found.length) return word("none", "No matching documents");
    return found.length === 1 ? word("one", "1 matching document") : word("other", "# matching documents").replace("#", found.length);
  };

  const ask = async () => {
    const question = ++asked;
    const text = input.value.replaceAll("/", " ").trim(); // as Pagefind splits texts
    if (!text) {
      found = [];
      list.replaceChildren();
      more.hidden = true;
      status.textContent = word("placeholder", "Type to start searching");
      return;
    }
    try {
      const pagefind = await load();
      const answer = await pagefind.debouncedSearch(text, {}, PATIENCE);
      if (!answer || question !== asked) return;
      found = answer.results;
      list.replaceChildren();
      body.scrollTop = 0;
      if (await show(question)) status.textContent = count();
    } catch {
      if (question !== asked) return;
      list.replaceChildren();
      more.hidden = true;
      status.textContent = location.protocol === "file:"
        ? "Search works only when the site comes from a server."
        : "Search could not be loaded. Try again.";
    }
  };

  const open = () => {
    if (dialog.open) return;
    if (!dialog.isConnected) document.body.append(dialog);
    dialog.showModal();
    input.select();
    load().catch(() => {}); // the question tells
    if (!input.value) ask();
  };

  const move = (step) => {
    const stops = [input, ...list.querySelectorAll("a"), ...(more.hidden ? [] : [more])];
    const next = stops.indexOf(document.activeElement) + step;
    stops[Math.max(0, Math.min(next, stops.length - 1))].focus();
  };

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    list.querySelector("a")?.click();
  });
  input.addEventListener("input", ask);
  more.addEventListener("click", async () => {
    const last = list.lastElementChild;
    await show(asked);
    last?.nextElementSibling?.querySelector("a").focus();
  });
  close.addEventListener("click", () => dialog.close());
  list.addEventListener("click", (event) => event.target.closest("a") && dialog.close());
  dialog.addEventListener("click", (event) => event.target === dialog && dialog.close()); // beside the dialog
  dialog.addEventListener("keydown", (event) => {
    event.stopPropagation(); // a theme has keys of its own
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      move(event.key === "ArrowDown" ? 1 : -1);
    }
  });

  document.addEventListener("click", (event) => event.target.closest("[data-guidekit-search]") && open());
  document.addEventListener("keydown", (event) => {
    const typing = event.target.closest?.("input, textarea, select, [contenteditable]:not([contenteditable=false])");
    const chord = (event.ctrlKey || event.metaKey) && !event.altKey && event.key.toLowerCase() === "k";
    const slash = event.key === "/" && !event.ctrlKey && !event.metaKey && !event.altKey && !typing;
    if (!chord && !slash) return;
    event.preventDefault();
    open();
  });
})();
