// Wires the checklists that guidekit renders: keeps answers in this browser, counts, filters.
// Without this script, one can choose answers and print them, and the links lead to the guidance. All else that a checklist
// does is in scripts of their own, which are loaded as soon as there is something to save, and when a button is pressed:
// checklist-tools.js (workloads, the plan, comparisons) with its styles, and checklist-files.js (files and links).
(() => {
  if (customElements.get("guidekit-checklist")) return;

  const STATES = { "": "Not answered", i: "In place", g: "Gap", r: "Not required", n: "Not applicable" };
  const MOST = 10; // states that can be restored
  const SECONDS = 10; // for which a notice is shown
  const PAUSE = 400; // milliseconds after the last key until what was typed is saved
  const base = document.currentScript?.src ?? location.href;
  const live = new Set();

  const all = (selector, root = document) => [...root.querySelectorAll(selector)];
  const put = (node, text) => node.textContent === text || (node.textContent = text);
  const short = (text, most) => {
    const marks = [...text.slice(0, 2 * most + 2)]; // no mark is cut in two
    return marks.length > most ? `${marks.slice(0, most).join("")}…` : text;
  };

  // Words: a text in English is its own key to a translation. A text with "|" has a form for each kind of number that the
  // language tells apart, in the order of Intl.PluralRules, and {0} is the number

  let words = {};
  const say = (english, ...values) => {
    const forms = (words[english] ?? english).split("|");
    const rules = forms[1] && new Intl.PluralRules(words[english] ? document.documentElement.lang || "en" : "en");
    const kinds = rules && ["zero", "one", "two", "few", "many", "other"].filter((kind) => rules.resolvedOptions().pluralCategories.includes(kind));
    const form = rules ? forms[kinds.indexOf(rules.select(values[0]))] ?? forms.at(-1) : forms[0];
    return form.replace(/\{(\d)\}/g, (_, place) => values[place]);
  };

  // Storage: {v, current, workloads: {id: {name, items: {guid: answer}, past, scope}}, kept: [{id, name, did, at, items}], seen: {tab: number}}
  // An answer is {s: state, n: note, o: owner, d: due on, e: evidence, h: hash of the guidance, t: day}. `current` is the
  // workload that was used last, in whatever tab; `past` are its answers as the reader kept them for comparison, [{at, items}];
  // `scope` are the services that it is made of. `kept` are answers as they were before something was `did` to a workload, the
  // last first; `seen` counts how often each tab had saved when this was written.

  let key = "";
  let aliases = new Map();
  let memory = null; // what there is where the browser keeps nothing, or has no room
  let closed = false; // does it never keep anything?
  let stored = null; // what it kept when there was no room any more
  let mine; // the id of the workload that this tab shows
  let shown; // that workload as it was shown last, for the case that another tab deletes it
  let gone = false; // has it?
  let guest = null; // answers of somebody else's, {name, items}, that are only looked at
  const tab = `t${Math.random().toString(36).slice(2, 8)}`;
  let saved = []; // what this tab saved last: [{before, after}], as texts
  let times = 0; // that it saved

  const parsed = (text) => {
    try { return JSON.parse(text); } catch { return null; }
  };

  const pick = (items, guids) => Object.fromEntries(guids.map((guid) => [guid, items[guid] ?? null]));

  const both = (own, other) => { // two notes as one, with nothing twice
    if (!own || other?.includes(own)) return other;
    return !other || own.includes(other) ? own : `${own}\n${other}`;
  };

  const moveRetired = ({ items }) => {
    let moved = false;
    for (const [old, guid] of aliases) {
      if (!items[old]) continue;
      items[guid] = { ...items[old], ...items[guid], n: both(items[guid]?.n, items[old].n) };
      moved = delete items[old];
    }
    return moved;
  };

  const load = () => {
    let data = memory;
    try {
      data ??= parsed(localStorage.getItem(key));
      if (data?.v > 1) throw new Error("kept by a later version, which is not to be overwritten");
    } catch {
      closed = true;
      data = memory = {};
    }
    const workloads = Object.fromEntries(Object.entries(data?.workloads ?? {}).filter(([, it]) => it?.items));
    gone = !!shown && !workloads[mine] && !(equal(workloads, {}) && equal(shown.items, {})); // or it was never kept
    if (gone) workloads[mine] = shown;
    mine = [mine, data?.current, ...Object.keys(workloads)].find((id) => workloads[id]) ?? "1";
    workloads[mine] ??= { name: say("My workload"), items: {} };
    const whole = { ...data, v: 1, workloads, kept: [data?.kept ?? []].flat().filter((it) => it?.items) };
    if (Object.values(workloads).filter(moveRetired).length) save(whole);
    return whole;
  };

  // Gives up old states where there is no room, but never the last one. What is in memory is saved as soon as there is
  // room again, unless another tab has saved something meanwhile
  const save = (data) => {
    const { kept } = data;
    while (!closed && (!memory || localStorage.getItem(key) === stored)) {
      try {
        const others = Object.entries(data.seen ?? {}).filter(([id]) => id !== tab).slice(-9);
        data.seen = { ...Object.fromEntries(others), [tab]: times + 1 };
        const before = localStorage.getItem(key), after = JSON.stringify(data);
        localStorage.setItem(key, after);
        memory = null;
        saved = [...saved, { before, after, time: times += 1 }].slice(-30);
        return true;
      } catch ({ name }) {
        closed = !/quota/i.test(name);
        if (closed) memory = data;
        else if (data.kept.length > 1) data.kept = data.kept.slice(0, -1);
        else break;
      }
    }
    data.kept = kept;
    if (memory) memory = data;
    return !!memory;
  };

  // Browsers tell tabs late what others have saved: one that had not yet seen what this tab saved has written over it. Then
  // what this tab did is done again, where the other did nothing
  const repeat = (data, old, now) => {
    for (const [id, { items }] of Object.entries(now.workloads)) {
      const was = old?.workloads?.[id]?.items;
      if (!was) data.workloads[id] ??= now.workloads[id];
      const is = data.workloads[id]?.items;
      const past = now.workloads[id].past?.filter(({ at }) => !data.workloads[id].past?.some((it) => it.at === at));
      if (past?.length && was) data.workloads[id].past = [...data.workloads[id].past ?? [], ...past];
      for (const guid in is && { ...was, ...items }) {
        if (equal(was?.[guid], items[guid]) || !equal(was?.[guid], is[guid])) continue;
        if (items[guid]) is[guid] = items[guid];
        else delete is[guid];
      }
    }
    const known = new Set([...old?.kept ?? [], ...data.kept].map(({ at }) => at));
    data.kept = [...now.kept.filter(({ at }) => !known.has(at)), ...data.kept].slice(0, MOST);
  };

  const follow = () => {
    const data = memory ? null : parsed(localStorage.getItem(key));
    const missed = data?.v === 1 && data.kept ? saved.filter(({ time }) => time > (data.seen?.[tab] ?? 0)) : [];
    for (const { before, after } of missed) repeat(data, parsed(before), parsed(after));
    if (missed.length) save(data);
    refresh();
  };

  // Answers whether it was saved or, if something was `did` to the answers of `guids`, the state that this can be undone
  // with; where there is no room for that, nothing is done
  const change = (edit, did, guids = []) => {
    flush();
    const data = load();
    const before = mine;
    const { name, items, past, scope = [] } = data.workloads[mine];
    const state = { id: mine, name, did, at: new Date().toISOString(), items: pick(items, guids), scope };
    if (did === "Delete") state.past = past;
    edit(items, data);
    const after = data.workloads[state.id], now = pick(after?.items ?? {}, guids);
    for (const guid of guids) if (equal(state.items[guid], now[guid])) delete state.items[guid];
    const undoable = did && !(equal(state.items, {}) && equal(scope, after?.scope ?? []));
    if (undoable) data.kept = [state, ...data.kept].slice(0, MOST);
    data.current = mine;
    let done = save(data);
    if (!done && did === undefined) {
      done = memory = data;
      stored = localStorage.getItem(key);
    }
    if (!done) mine = before;
    refresh();
    if (!done) notify(say("There is no room left for this in your browser. Nothing was changed."));
    return done && (undoable ? state : true);
  };

  const equal = (a, b) => JSON.stringify(a) === JSON.stringify(b);

  const FIELDS = { n: "Note", o: "Owner", d: "Due", e: "Evidence" }; // what makes an answer worth keeping, beside its state

  const set = (items, li, answer) => {
    const { guid, hash } = li.dataset;
    const next = { ...items[guid], ...answer, h: hash, t: today() };
    if (["s", ...Object.keys(FIELDS)].some((field) => next[field])) items[guid] = next;
    else delete items[guid];
  };

  // What is typed is saved when the reader pauses, leaves the field or leaves the page: with many workloads, saving at each
  // key would make typing slow

  let typed = new Map(); // fields by item that are not yet saved
  let pause = 0;

  const flush = () => {
    clearTimeout(pause);
    if (!typed.size) return;
    const answers = [...typed];
    typed = new Map();
    change((items) => answers.forEach(([li, answer]) => set(items, li, answer)));
  };

  // What readers see

  const view = () => guest ?? shown;
  const answerOf = (li) => view().items[li.dataset.guid] ?? {};
  const itemsOf = (list) => all(".guidekit-item", list);
  const guidsOf = (list) => itemsOf(list).map((li) => li.dataset.guid);
  const scopeOf = (list) => all("[name=guidekit-service]:checked", list).map(({ value }) => value);
  const inScope = (list) => {
    const scope = scopeOf(list);
    return itemsOf(list).filter(({ dataset }) => !scope.length || !dataset.services || dataset.services.split(" ").some((it) => scope.includes(it)));
  };

  const filter = () => {
    for (const list of live) {
      const word = list.querySelector("[name=guidekit-show]")?.value ?? "all";
      const applies = new Set(inScope(list));
      for (const li of itemsOf(list)) {
        const other = !applies.has(li) || (word !== "all" && word !== li.dataset.state);
        li.hidden = other && !li.contains(document.activeElement); // nothing goes from under the hand
      }
    }
  };

  const today = () => new Date().toISOString().slice(0, 10);
  const dateOf = (day) => new Date(`${day}T12:00`).toLocaleDateString([], { dateStyle: "medium" });

  const told = ({ o, d, e, n }, most) => [ // all but the state, as one line
    o, d && say("due {0}", dateOf(d)), e && say("evidence: {0}", most ? short(e, most) : e), n && (most ? say("Note: {0}", short(n, most)) : n),
  ].filter(Boolean);

  const showItem = (li, answer) => {
    const { s = "", h } = answer;
    const part = (name) => li.querySelector(`.guidekit-item__${name}`);
    li.dataset.state = s;
    put(part("told"), told(answer, 60).join(" · "));
    put(part("changed"), h && h !== li.dataset.hash ? say("Guidance changed since you answered") : "");
    put(part("note"), told(answer).join("\n"));
    for (const field of all("[name=n], [name=o], [name=d], [name=e]", li)) {
      const text = typed.get(li)?.[field.name] ?? answer[field.name] ?? "";
      if (field.value !== text) field.value = text; // the cursor stays
    }
    for (const radio of all("[type=radio]", li)) radio.checked = radio.value === s;
  };

  const statusOf = (list) => list.querySelector(".guidekit-checklist__status");

  const countsOf = (list) => {
    const counts = { all: 0, "": 0, i: 0, g: 0, r: 0, n: 0 };
    for (const li of inScope(list)) {
      counts.all += 1;
      counts[answerOf(li).s ?? ""] += 1;
    }
    return counts;
  };

  const sentence = (list) => {
    const counts = countsOf(list), { i, g, all: total } = counts, answered = total - counts[""];
    const rest = [say("{0} in place", i), say("{0} gap|{0} gaps", g), say("{0} not needed", answered - i - g)];
    return [say("{0} of {1} answered", answered, total), answered ? `: ${rest.join(", ")}` : ""];
  };

  const showForm = (list) => {
    for (const li of itemsOf(list)) showItem(li, answerOf(li));
    const counts = countsOf(list), { i, g, r, n, all: total } = counts;
    all("span", statusOf(list)).forEach((part, at) => put(part, sentence(list)[at]));
    const widths = { i, g, o: r + n };
    for (const bar of all(".guidekit-bar > i", list)) bar.style.width = `${100 * widths[bar.dataset.part] / (total || 1)}%`;
    for (const option of list.querySelector("[name=guidekit-show]").options) {
      option.own ??= option.text;
      put(option, `${option.own} (${counts[option.value]})`);
    }
    put(list.querySelector(".guidekit-plan > summary > span"), `(${say("{0} gap|{0} gaps", g)})`);
    list.querySelector(".guidekit-checklist__form").disabled = !!guest;
    if (list.querySelector(".guidekit-plan").open) withTools(({ plan }) => plan(list));
  };

  const showGuide = (entry) => {
    const done = entry.dataset.guids.split(" ").filter((guid) => view().items[guid]?.s === "i").length;
    entry.querySelector("progress").value = done;
    put(entry.querySelector(".guidekit-guides__done"), `, ${say("{0} in place", done)}`);
  };

  const showWorkloads = (list, { workloads, kept }) => {
    const chooser = list.querySelector("select");
    const options = Object.entries(workloads).map(([id, { name }]) => new Option(name, id));
    const told = (option) => option.value + option.text;
    if (!equal(options.map(told), [...chooser.options].map(told))) chooser.replaceChildren(...options); // an open one stays
    chooser.value = mine;
    chooser.disabled = !!guest;
    for (const button of all("[data-do='Restore last state']", list)) button.disabled = !kept.length;
  };

  const UNKEPT = "Your answers are lost when you leave this page: this browser does not keep them. Export them before you go.";

  const refresh = () => {
    const known = gone;
    const data = load();
    shown = data.workloads[mine];
    try { sessionStorage.setItem(key, mine); } catch { /* then a reload shows the workload that was used last */ }
    for (const list of live) {
      showWorkloads(list, data);
      Checklist.services?.(list); // checklist-overview.js
      if (statusOf(list)) showForm(list);
      for (const entry of all("[data-guids]", list)) showGuide(entry);
      const privacy = list.querySelector(".guidekit-checklist__privacy");
      if (privacy) {
        privacy.own ??= privacy.textContent;
        put(privacy, memory ? say(UNKEPT) : privacy.own);
      }
      list.toggleAttribute("data-unkept", !!memory);
    }
    for (const box of all("[data-box]")) {
      box.value = view().items[box.dataset.box]?.s ?? "";
      box.disabled = !!guest;
    }
    filter();
    if (gone && !known) notify(say("“{0}” was deleted in another tab. It stays here, and is kept again when you change it.", shown.name));
    if (memory && !warned && Object.keys(shown.items).length) {
      warned = true;
      notify(say(UNKEPT));
    }
  };

  let warned = false; // that nothing is kept, beside the first answer

  // A notice goes after ten seconds, unless the reader is at it; with a state, it offers to undo what was done

  let clock = 0;
  let undo = { state: null, focus: null };

  const notify = (text, state) => {
    clearTimeout(clock);
    if (state) undo = { state, focus: document.activeElement };
    for (const list of live) {
      const box = list.querySelector(".guidekit-notice");
      put(box.querySelector("span"), text);
      box.querySelector("button").hidden = !state;
    }
    const end = () => {
      if (document.querySelector(".guidekit-notice:is(:hover, :focus-within)")) clock = setTimeout(end, 1000);
      else notify("");
    };
    if (text) clock = setTimeout(end, SECONDS * 1000);
  };

  // All else

  const fetched = (tag, name, attributes) => new Promise((end) => {
    const node = Object.assign(document.createElement(tag), attributes, { onload: end, onerror: end });
    node[tag === "link" ? "href" : "src"] = new URL(name, base);
    document.body.append(node); // instant navigation would take it out of the head
  });

  const parts = {};

  const bring = (name) => parts[name] ??= Promise.all([
    fetched("script", `checklist-${name}.min.js`), name === "tools" && fetched("link", "checklist-tools.css", { rel: "stylesheet" }),
  ]).then(() => {
    if (Checklist[name]) return Checklist[name];
    delete parts[name]; // it can be tried again
    throw new Error(say("This part of the page is not loaded. Your answers are as before; try again online."));
  });

  const withTools = (use) => bring("tools").then(use).catch(({ message }) => notify(message));

  let prepared = false;

  const prepare = () => { // so that all can be saved also when the network goes
    if (prepared || ![...live].flatMap(guidsOf).some((guid) => shown.items[guid])) return;
    prepared = true;
    for (const name of ["tools", "files"]) bring(name).catch(() => {}); // told when it is wanted
  };

  const offer = (list) => { // the answers that a link carries
    if (/^#ck=/.test(location.hash) && list.dataset.digits) withTools(({ visit }) => visit(list));
  };

  // One listener for all: the choices beside the guidance are outside the element

  const unfold = (li, isGap) => { // the fields of a gap, which close again where the reader goes past this answer
    const details = li.querySelector("details");
    if (isGap && !details.open) details.open = details.own = true;
    else if (!isGap && details.own) details.open = details.own = !!told(answerOf(li)).length;
  };

  const answered = (li, s) => {
    const before = answerOf(li).s;
    change((items) => set(items, li, { s }));
    unfold(li, s === "g");
    const list = li.closest("guidekit-checklist"), counts = countsOf(list);
    if (!before && s && !counts[""]) notify(say("All items are answered. Your plan is below the list: {0} gap.|All items are answered. Your plan is below the list: {0} gaps.", counts.g));
  };

  document.addEventListener("change", ({ target }) => {
    const list = target.closest("guidekit-checklist");
    const li = target.closest(".guidekit-item") ?? document.querySelector(`li[data-guid="${target.dataset.box}"]`);
    if (target.dataset.box) answered(li, target.value);
    else if (!list || target.matches("dialog *")) return;
    else if (target.matches("[type=radio]")) answered(li, target.value);
    else if (li) flush();
    else if (target.matches("[name=guidekit-show]")) filter();
    else if (target.matches("select")) {
      [mine, shown] = [target.value];
      change(() => {});
    } else if (target.files?.length) {
      const [file] = target.files;
      withTools(({ take }) => take(list, file));
      target.value = ""; // so that the same file can be chosen again
    }
    prepare();
  });

  document.addEventListener("input", ({ target }) => {
    const li = target.closest(".guidekit-item");
    if (!li || !target.matches("[name=n], [name=o], [name=d], [name=e]")) return;
    typed.set(li, { ...typed.get(li), [target.name]: target.value });
    clearTimeout(pause);
    pause = setTimeout(() => {
      flush();
      prepare();
    }, PAUSE);
  });

  const closeMenus = (except) => {
    if (except?.closest?.("dialog")) return; // the menu's button has asked
    for (const menu of all(".guidekit-menu[open]")) if (!menu.contains(except)) menu.open = false;
  };

  document.addEventListener("click", ({ target }) => {
    filter(); // the item that the reader has left follows as well
    closeMenus(target);
    const button = target.closest("guidekit-checklist [data-do]");
    const menu = button?.closest(".guidekit-menu");
    if (menu) { // a notice, or what is asked, would stand over it
      menu.open = false;
      menu.firstElementChild.focus();
    }
    if (button) withTools(({ actions }) => actions[button.dataset.do](button.closest("guidekit-checklist"), button));
  });

  // Within a page, a link only scrolls: where navigation is instant, the page would be drawn anew, and a second click on the
  // same link would not scroll

  document.addEventListener("click", (event) => {
    const link = event.target.closest("guidekit-checklist a, .guidekit-check a");
    const [page, id] = link?.href.split("#") ?? [];
    const goal = id && page === location.href.split("#")[0] && document.getElementById(id);
    if (!goal || event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    history.pushState(history.state, "", `#${id}`);
    goal.hidden = false;
    goal.scrollIntoView({ block: goal.matches("li") ? "center" : "start" });
    goal.querySelector("input")?.focus({ preventScroll: true });
  }, true);

  document.addEventListener("keyup", ({ target }) => {
    filter();
    closeMenus(target);
  });
  document.addEventListener("keydown", ({ key: name, target }) => {
    const menu = name === "Escape" && target.closest?.(".guidekit-menu[open]");
    if (!menu || target.closest("dialog")) return;
    menu.open = false;
    menu.firstElementChild.focus();
  });
  document.addEventListener("toggle", ({ target }) => {
    if (target.matches(".guidekit-plan[open]")) withTools(({ plan }) => plan(target.closest("guidekit-checklist")));
  }, true);
  document.addEventListener("visibilitychange", flush);
  addEventListener("pagehide", flush);
  addEventListener("beforeunload", (event) => {
    flush();
    if (memory && live.size && Object.keys(shown.items).length) event.preventDefault(); // or the answers are lost
  });
  addEventListener("storage", (event) => (event.key === key || event.key === null) && follow());
  addEventListener("pageshow", ({ persisted }) => persisted && live.size && refresh());
  addEventListener("hashchange", () => live.forEach(offer));

  class Checklist extends HTMLElement {
    static own = {
      FIELDS, STATES, aliases: () => aliases, all, answerOf, both, bring, change, countsOf, dateOf, equal, guidsOf, inScope, itemsOf,
      load, notify, pick, put, refresh, say, scopeOf, sentence, set, short, today, told, view,
      current: (guid) => aliases.get(guid) ?? guid,
      workload: () => shown,
      id: () => mine,
      choose: (id) => { [mine, shown] = [id]; },
      last: () => undo,
      host: (other) => { guest = other; refresh(); },
    };

    connectedCallback() {
      const [path, url] = [location.pathname, this.dataset.url].map((text) => text.replace(/index\.html$/, ""));
      key = `${path.endsWith(url) ? path.slice(0, path.length - url.length) : "/"}.guidekit.v1`;
      aliases = new Map(Object.entries(JSON.parse(this.dataset.aliases)));
      words = JSON.parse(this.dataset.words ?? "{}");
      try { mine ??= sessionStorage.getItem(key); } catch { /* then it is the workload that was used last */ }
      live.add(this);
      guest = null;
      refresh();
      prepare();
      offer(this);
    }

    disconnectedCallback() {
      flush();
      live.delete(this);
    }
  }

  customElements.define("guidekit-checklist", Checklist);
})();
