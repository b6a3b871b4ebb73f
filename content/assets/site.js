// What Material's controls lack for readers without a mouse, and for those who listen to a page.
(() => {
  const NARROW = matchMedia("(max-width: 76.2344em)"); // Material has its navigation in a drawer
  const box = (label) => document.getElementById(label.getAttribute("for"));

  // On paper, an address stands behind each link to another site. Material's instant navigation writes all addresses in full.
  const paper = new CSSStyleSheet();
  paper.replaceSync(`@media print { a[href^="${new URL("..", document.currentScript.src)}"]::after { content: none !important; } }`);
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, paper];

  // Calls the function with whether the box is ticked, now and at every change.
  const follow = (checkbox, show) => {
    checkbox.addEventListener("change", () => show(checkbox.checked));
    show(checkbox.checked);
  };

  const DRAWER = "site-menu";
  const drawer = () => document.querySelector(".md-sidebar--primary");
  const controls = () => [...drawer().querySelectorAll("a[href], [tabindex='0']")]
    .filter((control) => control.checkVisibility({ visibilityProperty: true })); // those of the pane in sight
  const focusFirst = () => controls()[0]?.focus({ preventScroll: true }); // it still slides in

  // Material opens the drawer by the label of a hidden box. A keyboard reaches buttons only.
  const makeMenu = () => {
    const label = document.querySelector("label.md-header__button[for='__drawer']");
    const checkbox = box(label);
    const button = document.createElement("button");
    button.append(...label.childNodes);
    button.type = "button";
    button.className = `${label.className} site-button--menu`;
    button.ariaLabel = "Menu";
    button.setAttribute("aria-controls", DRAWER);
    button.addEventListener("click", () => {
      checkbox.click();
      requestAnimationFrame(() => checkbox.checked && focusFirst());
    });
    follow(checkbox, (open) => button.ariaExpanded = open);
    label.replaceWith(button);
    addEventListener("keydown", ({ key }) => {
      if (key !== "Escape" || !checkbox.checked || !button.offsetParent) return;
      checkbox.click();
      button.focus();
    }, true);
    return { button, checkbox };
  };

  // In the drawer, a label leads to the pane of a section, and that pane's title leads back.
  // A label may have no other role; what takes its place keeps the attributes by which Material's style sheet knows it.
  const turnIntoButton = (label) => {
    const checkbox = box(label);
    const button = document.createElement("div");
    const back = label.matches(".md-nav__title");
    const name = label.textContent.trim();
    for (const { name, value } of label.attributes) button.setAttribute(name, value);
    button.append(...label.childNodes);
    label.replaceWith(button);
    button.addEventListener("click", () => checkbox.click());
    button.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" && event.key !== " ") return;
      event.preventDefault();
      button.click();
      requestAnimationFrame(focusFirst);
    });
    const show = () => {
      for (const [key, value] of Object.entries({ role: "button", tabindex: "0", "aria-expanded": checkbox.checked })) {
        if (NARROW.matches) button.setAttribute(key, value);
        else button.removeAttribute(key);
      }
      if (back && NARROW.matches) button.setAttribute("aria-label", `Back from ${name}`);
    };
    follow(checkbox, show);
    return show;
  };

  // Each page that comes without a reload, as with Material's instant navigation, brings a drawer of its own.
  let shows = [];
  const prepare = (menu) => {
    const here = drawer();
    if (!here || here.id === DRAWER) return;
    here.id = DRAWER;
    here.addEventListener("focusout", ({ relatedTarget }) => { // or the focus would go on behind the drawer
      if (!relatedTarget || here.contains(relatedTarget) || relatedTarget === menu.button) return;
      if (menu.checkbox.checked) menu.checkbox.click();
    });
    shows = [...here.querySelectorAll("label[for^='__nav'], label[for='__toc']")].map(turnIntoButton);
  };
  NARROW.addEventListener("change", () => shows.forEach((show) => show()));
  if (drawer()) {
    const menu = makeMenu();
    prepare(menu);
    globalThis.document$?.subscribe(() => prepare(menu));
  }

  // Material's instant navigation forgets the place for which a link asks where the page was still scrolling as it was
  // followed: it takes that for a way back. Who comes by a link gets there.
  let goesBack = false;
  addEventListener("popstate", () => { goesBack = true; });
  addEventListener("click", () => { goesBack = false; }, true);
  globalThis.document$?.subscribe(() => requestAnimationFrame(() => {
    const place = !goesBack && document.getElementById(location.hash.slice(1));
    if (place && place.getBoundingClientRect().top > innerHeight) place.scrollIntoView();
  }));

  // A row of a table of three and more columns is a card on a phone. Its cells get the names of their columns, and all
  // parts their roles, which browsers forget where a table is laid out otherwise.
  const ROLES = { thead: "rowgroup", tbody: "rowgroup", tr: "row", td: "cell" }; // Material takes a heading with a role for one that sorts
  const makeCards = (table) => {
    const columns = [...table.querySelectorAll("thead th")].map((cell) => cell.textContent.trim());
    if (columns.length < 3 || table.closest(".run-sheet") || table.querySelector("[rowspan], [colspan]")) return;
    table.setAttribute("role", "table");
    for (const [name, role] of Object.entries(ROLES)) for (const part of table.querySelectorAll(name)) part.setAttribute("role", role);
    for (const row of table.querySelectorAll("tbody tr")) [...row.cells].forEach((cell, at) => { cell.dataset.column = columns[at] ?? ""; });
    table.dataset.cards = "";
  };

  // The copy button of every code block is a landmark of its own; a list of landmarks is better without. And a table
  // that is wider than the page scrolls, but not by keyboard.
  const widths = new ResizeObserver((entries) => {
    for (const entry of entries) {
      const target = entry.target.closest(".md-typeset__scrollwrap");
      const wide = target.scrollWidth > target.clientWidth;
      const columns = [...target.querySelectorAll("thead th")].map((cell) => cell.textContent.trim()).filter(Boolean);
      const given = { tabindex: "0", role: "region", "aria-label": `Table: ${columns.join(", ")}` };
      for (const [key, value] of Object.entries(given)) {
        if (wide) target.setAttribute(key, value);
        else target.removeAttribute(key);
      }
    }
  });
  const mend = () => {
    for (const table of document.querySelectorAll("article table:not([class])")) {
      if (table.dataset.seen) continue;
      table.dataset.seen = "yes";
      makeCards(table);
    }
    for (const nav of document.querySelectorAll("nav.md-code__nav:not([role])")) nav.setAttribute("role", "presentation");
    for (const part of document.querySelectorAll(".md-typeset__scrollwrap, .md-typeset__scrollwrap table")) widths.observe(part);
  };
  new MutationObserver(mend).observe(document.body, { childList: true, subtree: true });
  mend();
})();
