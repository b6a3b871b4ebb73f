// Opens the search: by a button, by "/", by Ctrl+K, by ?q= in the address, or when a reader comes back from a result. This part comes with every page, so it is
// small: what searches, its looks and the index come from the server when someone first reaches for the search.
(() => {
  const HERE = document.currentScript.src;
  const FAILED = "Search could not be loaded. Close it, and try again.";
  let search = null;

  const element = (name, properties, ...children) => {
    const made = Object.assign(document.createElement(name), properties);
    made.append(...children);
    return made;
  };

  // The field is there at once, so that nothing is lost of what is typed while the rest is on its way.
  const make = () => {
    const input = element("input", { type: "search", name: "q", autocomplete: "off", spellcheck: false, ariaLabel: "Search" });
    input.setAttribute("autocapitalize", "off");
    const form = element("form", { role: "search" }, input);
    form.addEventListener("submit", (event) => event.preventDefault());
    const status = element("p", { role: "status", className: "guidekit-search__status" });
    const body = element("div", { className: "guidekit-search__body" }, status);
    const dialog = element("dialog", { className: "guidekit-search", ariaLabel: "Search" }, form, body);
    return element("guidekit-search", { site: new URL("..", HERE).href, keep }, dialog);
  };

  const load = () => {
    if (search) return;
    search = make();
    document.body.append(search);
    const style = element("link", { rel: "stylesheet", href: new URL("search-dialog.css", HERE).href });
    const script = element("script", { src: new URL("search-dialog.min.js", HERE).href });
    script.addEventListener("error", () => {
      const failed = search;
      failed.querySelector("[role=status]").textContent = FAILED;
      failed.querySelector("dialog").addEventListener("close", () => {
        failed.remove();
        search = null; // the next time tries again
      });
    });
    document.head.append(style, script);
  };

  const open = (text) => {
    load();
    if (!search.isConnected) document.body.append(search); // a theme may have made the page anew
    const dialog = search.querySelector("dialog");
    const input = search.querySelector("input");
    if (text) input.value = text;
    if (!dialog.open) dialog.showModal();
    input.select();
    search.ask?.();
  };

  const button = (event) => event.target.closest?.("[data-guidekit-search]");
  for (const kind of ["focusin", "pointerover"]) document.addEventListener(kind, (event) => button(event) && load());
  document.addEventListener("click", (event) => button(event) && open());
  document.addEventListener("keydown", (event) => {
    const typing = event.target.closest?.("input, textarea, select, [contenteditable]:not([contenteditable=false])");
    const chord = (event.ctrlKey || event.metaKey) && !event.altKey && event.key.toLowerCase() === "k";
    const slash = event.key === "/" && !event.ctrlKey && !event.metaKey && !event.altKey && !typing;
    if (!chord && !slash) return;
    event.preventDefault();
    open();
  });
  // The question with which a page was left for a result, by its address: a theme may take what else the history keeps of it.
  const KEPT = "guidekit.questions";
  const questions = () => {
    try {
      return JSON.parse(sessionStorage.getItem(KEPT)) ?? {};
    } catch {
      return {};
    }
  };
  const keep = (question) => {
    const { [location.href]: _, ...others } = questions();
    try {
      sessionStorage.setItem(KEPT, JSON.stringify(question ? { ...others, [location.href]: question } : others));
    } catch { /* then the way back leads to the page alone */ }
  };
  const again = () => {
    const asked = questions()[location.href];
    if (asked) open(asked);
    return asked;
  };
  addEventListener("popstate", again);
  addEventListener("pageshow", ({ persisted }) => persisted && again());
  const asked = new URLSearchParams(location.search).get("q");
  if (!(performance.getEntriesByType("navigation")[0]?.type === "back_forward" && again()) && asked) open(asked);
})();
