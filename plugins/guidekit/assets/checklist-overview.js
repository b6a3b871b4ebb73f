// What the checklists of all guides have beyond those of one: the services of the workload, which choose the items. It comes
// with the page that lists all guides, behind checklist.js, and hands that what it needs to show the choice.
(() => {
  const Checklist = customElements.get("guidekit-checklist");
  if (!Checklist || Checklist.services) return; // a theme that brings pages without a reload runs this with each visit
  const { all, change, id, inScope, itemsOf, put, refresh, say, view, workload } = Checklist.own;

  const boxesOf = (list) => all("[name=guidekit-service]", list);
  const labelOf = (box) => box.parentElement.querySelector("span").textContent;
  const namesOf = (box) => box.parentElement.querySelector("small")?.textContent.split(", ") ?? [];
  const lower = (text) => text.trim().toLowerCase();

  // The services that the address names, by any of their names; no list where it names none
  const asked = (boxes) => {
    const named = new URLSearchParams(location.search).get("service")?.split(",").map(lower);
    return named && boxes.filter((box) => [box.value, labelOf(box), ...namesOf(box)].some((name) => named.includes(lower(name))));
  };

  // Says of each item to which services it applies: of those that it names, only the chosen ones
  const showItem = (li, chosen) => {
    const line = li.querySelector(".guidekit-item__applies");
    line.own ??= line.textContent;
    const { services, named = "" } = li.dataset;
    const labels = chosen.filter(({ value }) => named.split(" ").includes(value)).map(labelOf).join(", ");
    const every = services ? labels : say("every service, and names {0}", labels);
    put(line, labels ? say("Applies to {0}", every) : line.own);
    return !!labels;
  };

  const show = (list) => {
    const boxes = boxesOf(list);
    if (!boxes.length) return;
    const kept = view().scope ?? [];
    const chosen = asked(boxes) ?? boxes.filter(({ value }) => kept.includes(value));
    for (const box of boxes) [box.checked, box.disabled] = [chosen.includes(box), view() !== workload()];
    const scope = list.querySelector(".guidekit-scope"), [told, button] = list.querySelector(".guidekit-scope__listed").children;
    const labels = chosen.map(labelOf).join(", ");
    if (!("ready" in list.dataset)) scope.open = !chosen.length || location.hash === `#${scope.id}`;
    list.dataset.ready = "";
    const chosenOnes = labels && `${say("Services")}: ${labels}`;
    put(scope.querySelector("summary > span"), chosenOnes || say("Choose your services"));
    list.querySelector(".guidekit-checklist__progress").dataset.services = chosenOnes;
    const items = itemsOf(list), applying = new Set(inScope(list));
    const named = items.filter((li) => showItem(li, chosen) && applying.has(li)).length;
    const some = say("{0} of {1} items apply. Those that name your services: {2}. Those for every service: {3}.", applying.size, items.length, named, applying.size - named);
    put(told, chosen.length ? some : say("All {0} items are listed.", items.length));
    button.hidden = !chosen.length || view() !== workload();
  };

  const listOf = (target, selector) => target.closest?.(selector) && target.closest("guidekit-checklist");
  const address = (search) => history.replaceState(history.state, "", location.pathname + search + location.hash);

  document.addEventListener("change", ({ target }) => {
    const list = listOf(target, "[name=guidekit-service]");
    if (!list) return;
    const scope = boxesOf(list).filter(({ checked }) => checked).map(({ value }) => value);
    if (location.search) address("");
    change((_, { workloads }) => { workloads[id()].scope = scope; });
  });

  document.addEventListener("click", ({ target }) => {
    const list = listOf(target, ".guidekit-scope__listed button");
    if (!list) return;
    if (new URLSearchParams(location.search).has("service")) address("?service="); // the reader's own choice is kept for the next time
    else change((_, { workloads }) => { workloads[id()].scope = []; });
    refresh();
    list.querySelector(".guidekit-scope > summary").focus(); // the button is gone
  });

  // A service is found by the beginnings of the words of its names

  const words = (text) => lower(text).split(/[^\p{L}\p{N}]+/u).filter(Boolean);

  const find = (list, text) => {
    const wanted = words(text);
    const matches = boxesOf(list).filter(({ parentElement: label }) => {
      const named = words(label.textContent);
      label.hidden = !wanted.every((word) => named.some((name) => name.startsWith(word)));
      return !label.hidden;
    });
    put(list.querySelector(".guidekit-scope__find [role=status]"), matches.length ? "" : say("No service is called this."));
    return matches;
  };

  document.addEventListener("input", ({ target }) => {
    const list = listOf(target, ".guidekit-scope__find input");
    if (list) find(list, target.value);
  });

  document.addEventListener("keydown", ({ key, target }) => {
    const list = key === "Enter" && listOf(target, ".guidekit-scope__find input");
    if (!list) return;
    const [first, ...others] = find(list, target.value);
    if (first && !others.length) first.click();
    target.select();
  });

  Checklist.services = show;
  refresh();
})();
