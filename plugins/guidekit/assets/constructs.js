// Tabs and pivots of one name are chosen together, remembered, and opened by an address; a larger picture opens over the
// page. Without this script, tabs and pivots can be chosen, too, and a larger picture is a link.
(() => {
  if (window.guidekitConstructs) return window.guidekitConstructs();

  const KEY = "guidekit.choices", MOST = 50;
  const TABS = ".tabbed-set > input[data-tab]", PIVOTS = ".guidekit-pivots input", ZONE = ".guidekit-zone[data-pivot]";
  const all = (query, within = document) => [...within.querySelectorAll(query)];

  const remembered = () => {
    try {
      const known = JSON.parse(localStorage.getItem(KEY));
      return Array.isArray(known) ? known.filter((name) => typeof name === "string") : [];
    } catch {
      return [];
    }
  };
  const remember = (names) => {
    try {
      localStorage.setItem(KEY, JSON.stringify([...new Set([...names, ...remembered()])].slice(0, MOST)));
    } catch { /* storage is blocked or full: the choice holds for this page */ }
  };

  const names = (input) => (input.dataset.tab ?? input.value).split(" ");
  const label = (input) => input.labels[0];
  const sets = () => all(".tabbed-set").map((set) => all(":scope > input[data-tab]", set)).filter((set) => set.length);

  const check = (input) => {
    if (!input || input.checked) return;
    input.checked = true;
    input.dispatchEvent(new CustomEvent("change", { detail: "linked" })); // for the theme, not bubbling to ours
  };
  // A tab that needs another one is there where that one is chosen in a set above.
  const showNeeded = () => {
    const chosen = new Set();
    for (const set of sets()) {
      const there = set.filter((input) => !input.dataset.tabNeeds || chosen.has(input.dataset.tabNeeds));
      for (const input of set) {
        input.hidden = input.disabled = there.length > 0 && !there.includes(input);
        if (label(input)) label(input).hidden = input.hidden;
      }
      const current = set.find((input) => input.checked);
      const alike = there.find((input) => current && names(input).some((name) => names(current).includes(name)));
      if (there.length && !there.includes(current)) check(alike ?? there[0]);
      for (const input of set) if (input.checked) names(input).forEach((name) => chosen.add(name));
    }
  };
  // The contents list what is shown.
  const showContents = () => {
    for (const link of all('nav a[href*="#"]')) {
      if (link.pathname !== location.pathname || !link.hash) continue;
      const heading = document.getElementById(decodeURIComponent(link.hash.slice(1)));
      const within = heading?.closest(`${ZONE}, .tabbed-block`);
      const item = link.closest("li");
      if (within && item) item.hidden = !heading.getClientRects().length;
    }
  };
  const settle = () => {
    showNeeded();
    showContents();
  };

  const choose = (wanted) => {
    for (const name of [...wanted].reverse()) {
      for (const set of sets()) {
        const named = set.filter((input) => names(input).includes(name));
        if (!named.some((input) => input.checked)) check(named.find((input) => !input.hidden) ?? named[0]);
      }
      check(all(PIVOTS).find((input) => input.value === name));
    }
    settle();
  };
  const openTo = (hash) => {
    let id = hash.slice(1);
    try { id = decodeURIComponent(id); } catch { /* it is no address of ours */ }
    const target = id && document.getElementById(id);
    if (!target || target.getClientRects().length) return;
    for (let block = target.closest(".tabbed-block"); block; block = block.parentElement.closest(".tabbed-block")) {
      const inputs = all(":scope > input", block.closest(".tabbed-set"));
      check(inputs[[...block.parentElement.children].indexOf(block)]);
    }
    const pivots = target.closest(ZONE)?.dataset.pivot.split(" ") ?? [];
    check(all(PIVOTS).find((input) => pivots.includes(input.value)));
    settle();
    target.scrollIntoView();
  };

  const enlarge = (link) => {
    const picture = link.querySelector("img");
    const dialog = document.createElement("dialog");
    const close = document.createElement("button");
    const image = new Image();
    image.src = link.href;
    image.alt = picture?.alt ?? "";
    close.type = "button";
    close.textContent = "Close";
    dialog.className = "guidekit-picture";
    dialog.setAttribute("aria-label", image.alt || "Picture");
    dialog.append(image, close);
    dialog.addEventListener("click", () => dialog.close());
    dialog.addEventListener("close", () => dialog.remove());
    document.body.append(dialog);
    dialog.showModal();
  };

  document.addEventListener("change", (event) => {
    const input = event.target;
    if (!(input instanceof HTMLInputElement) || !input.matches(`${TABS}, ${PIVOTS}`)) return;
    const before = input.getBoundingClientRect().top;
    const shown = label(input)?.getBoundingClientRect().top ?? before;
    remember(names(input));
    choose(names(input));
    scrollBy({ top: (label(input)?.getBoundingClientRect().top ?? before) - shown, behavior: "instant" });
  });
  document.addEventListener("click", (event) => {
    const link = event.target instanceof Element && event.target.closest(".guidekit-lightbox");
    if (!link || event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    event.stopPropagation(); // a theme that loads pages by itself would go there
    enlarge(link);
  }, true);
  addEventListener("hashchange", () => openTo(location.hash));

  window.guidekitConstructs = () => {
    const asked = new URLSearchParams(location.search);
    const wanted = ["tabs", "pivots", "view"].flatMap((name) => (asked.get(name) ?? "").toLowerCase().split(/[,+ ]/)).filter(Boolean);
    choose([...wanted, ...remembered()]);
    openTo(location.hash);
  };
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", window.guidekitConstructs);
  else window.guidekitConstructs();
})();
