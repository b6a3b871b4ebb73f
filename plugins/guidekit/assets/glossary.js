// Shows what a glossary term means beside it: under the mouse, in the focus, at the first tap. Without this script, the
// term is a link with a title.
(() => {
  if (!("popover" in HTMLElement.prototype)) return;

  const GAP = 4, MARGIN = 8, PATIENCE = 200;
  const meanings = new WeakMap();
  const tip = document.createElement("div");
  let shown = null; // the term
  let timer = 0;
  let touch = null; // the last touch: what was shown before it

  const hide = () => {
    clearTimeout(timer);
    if (!shown) return;
    shown.removeAttribute("aria-describedby");
    shown = null;
    tip.hidePopover();
  };

  const place = () => {
    if (!shown) return;
    const lines = shown.getClientRects(); // more than one where the term is broken
    const { width, height } = tip.getBoundingClientRect();
    const { clientWidth, clientHeight } = document.documentElement;
    const below = lines[lines.length - 1].bottom + GAP;
    const fits = below + height + MARGIN <= clientHeight;
    const top = fits ? below : Math.max(MARGIN, lines[0].top - GAP - height);
    const left = Math.max(MARGIN, Math.min(lines[0].left, clientWidth - MARGIN - width));
    tip.style.left = `${left + scrollX}px`;
    tip.style.top = `${top + scrollY}px`;
  };

  const show = (term) => {
    clearTimeout(timer);
    if (shown === term) return;
    hide();
    shown = term;
    tip.textContent = meanings.get(term);
    term.setAttribute("aria-describedby", tip.id);
    tip.showPopover();
    place();
  };

  const later = (action) => (event) => {
    if (event.pointerType !== "mouse") return;
    clearTimeout(timer);
    timer = setTimeout(action, PATIENCE, event.target);
  };
  const leave = later(() => shown?.matches(":focus-visible") || hide());

  Object.assign(tip, { id: "guidekit-tooltip", className: "guidekit-tooltip", role: "tooltip", popover: "manual" });
  tip.addEventListener("pointerenter", () => clearTimeout(timer));
  tip.addEventListener("pointerleave", leave);

  const prepare = (term) => {
    meanings.set(term, term.title);
    term.removeAttribute("title");
    term.addEventListener("pointerenter", later(show));
    term.addEventListener("pointerleave", leave);
    term.addEventListener("focus", () => term.matches(":focus-visible") && show(term));
    term.addEventListener("blur", () => tip.matches(":hover") || term.matches(":hover") || hide());
    term.addEventListener("click", (event) => {
      if (!touch || !event.detail || touch.before === term) return; // a key has no detail
      event.preventDefault();
      show(term);
    });
  };
  const prepareAll = () => {
    hide();
    const terms = document.querySelectorAll(".guidekit-term[title]");
    if (terms.length && !tip.isConnected) (document.querySelector("main, [role=main]") ?? document.body).append(tip); // within a landmark
    terms.forEach(prepare);
  };
  prepareAll();
  globalThis.document$?.subscribe(prepareAll); // Material's, which brings pages without a reload

  document.addEventListener("pointerdown", (event) => {
    touch = event.pointerType === "mouse" ? null : { before: shown };
    if (touch && shown && !shown.contains(event.target) && !tip.contains(event.target)) hide();
  }, true);
  document.addEventListener("keydown", (event) => event.key === "Escape" && hide());
  addEventListener("resize", place);
  addEventListener("pagehide", hide); // a page that comes back from the browser's cache
})();
