// What Material's controls lack for readers without a mouse, and for those who listen to a page.
(() => {
  const NARROW = matchMedia("(max-width: 76.2344em)"); // Material has its navigation in a drawer
  const box = (label) => document.getElementById(label.getAttribute("for"));

  // Calls the function with whether the box is ticked, now and at every change.
  const follow = (checkbox, show) => {
    checkbox.addEventListener("change", () => show(checkbox.checked));
    show(checkbox.checked);
  };

  // Material opens the drawer by the label of a hidden box. A keyboard reaches buttons only.
  const makeButton = (label, name, target, enter) => {
    if (!label || !target) return;
    const checkbox = box(label);
    const button = document.createElement("button");
    target.id ||= `site-${name.toLowerCase()}`;
    button.append(...label.childNodes);
    button.type = "button";
    button.className = `${label.className} site-button site-button--${name.toLowerCase()}`;
    button.ariaLabel = name;
    button.setAttribute("aria-controls", target.id);
    button.addEventListener("click", () => {
      checkbox.click();
      requestAnimationFrame(() => checkbox.checked && enter());
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

  const label = (target) => document.querySelector(`label.md-header__button[for="${target}"]`);
  const drawer = document.querySelector(".md-sidebar--primary");
  const controls = () => [...drawer.querySelectorAll("a[href], [tabindex='0']")]
    .filter((control) => control.checkVisibility({ visibilityProperty: true })); // those of the pane in sight
  const focusFirst = () => controls()[0]?.focus({ preventScroll: true }); // it still slides in
  const menu = makeButton(label("__drawer"), "Menu", drawer, focusFirst);

  drawer?.addEventListener("focusout", ({ relatedTarget }) => { // or the focus would go on behind the drawer
    if (!relatedTarget || drawer.contains(relatedTarget) || relatedTarget === menu.button) return;
    if (menu.checkbox.checked) menu.checkbox.click();
  });

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
    NARROW.addEventListener("change", show);
  };
  for (const label of drawer?.querySelectorAll("label[for^='__nav'], label[for='__toc']") ?? []) turnIntoButton(label);

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
    for (const nav of document.querySelectorAll("nav.md-code__nav:not([role])")) nav.setAttribute("role", "presentation");
    for (const part of document.querySelectorAll(".md-typeset__scrollwrap, .md-typeset__scrollwrap table")) widths.observe(part);
  };
  new MutationObserver(mend).observe(document.body, { childList: true, subtree: true });
  mend();
})();
