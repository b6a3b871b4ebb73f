// Wires the checklists that guidekit renders: keeps answers in this browser, counts, filters, undoes, shares.
// Without this script, the boxes tick and print, and the links lead to the guidance. What reads and writes files and takes
// answers in is a script of its own, checklist-files.js, which is loaded as soon as there is something to save.
(() => {
  if (customElements.get("guidekit-checklist")) return;

  const WORDS = { "": "Not answered", i: "In place", g: "Gap", r: "Not required", n: "Not applicable" };
  const MOST = 10; // states that can be restored
  const SECONDS = 10; // for which a notice is shown
  const base = document.currentScript?.src ?? location.href;
  const live = new Set();

  const all = (selector, root = document) => [...root.querySelectorAll(selector)];
  const put = (node, text) => node.textContent === text || (node.textContent = text);
  const plural = (number, noun) => `${number} ${noun}${number === 1 ? "" : "s"}`;
  const short = (text, most) => {
    const marks = [...text.slice(0, 2 * most + 2)]; // no mark is cut in two
    return marks.length > most ? `${marks.slice(0, most).join("")}…` : text;
  };

  // Storage: {v, current, workloads: {id: {name, items: {guid: answer}}}, kept: [{id, name, did, at, items}], seen: {tab: number}}
  // An answer is {s: state, n: note, h: hash of the guidance, t: day}. `current` is the workload that was used last, in
  // whatever tab; `kept` are answers as they were before something was `did` to a workload, the last first; `seen` counts
  // how often each tab had saved when this was written.

  let key = "";
  let aliases = new Map();
  let memory = null; // what there is where the browser keeps nothing, or has no room
  let closed = false; // does it never keep anything?
  let stored = null; // what it kept when there was no room any more
  let mine; // the id of the workload that this tab shows
  let shown; // that workload as it was shown last, for the case that another tab deletes it
  let gone = false; // has it?
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
    gone = !!shown && !workloads[mine];
    if (gone) workloads[mine] = shown;
    mine = [mine, data?.current, ...Object.keys(workloads)].find((id) => workloads[id]) ?? "1";
    workloads[mine] ??= { name: "My workload", items: {} };
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
    const data = load();
    const before = mine;
    const { name, items } = data.workloads[mine];
    const state = { id: mine, name, did, at: new Date().toISOString(), items: pick(items, guids) };
    edit(items, data);
    const now = pick(data.workloads[state.id]?.items ?? {}, guids);
    for (const guid of guids) if (equal(state.items[guid], now[guid])) delete state.items[guid];
    const undoable = did && !equal(state.items, {});
    if (undoable) data.kept = [state, ...data.kept].slice(0, MOST);
    data.current = mine;
    let done = save(data);
    if (!done && did === undefined) {
      done = memory = data;
      stored = localStorage.getItem(key);
    }
    if (!done) mine = before;
    refresh();
    if (!done) notify("There is no room left for this in your browser. Nothing was changed.");
    return done && (undoable ? state : true);
  };

  const equal = (a, b) => JSON.stringify(a) === JSON.stringify(b);

  const set = (items, li, answer) => {
    const { guid, hash } = li.dataset;
    const next = { ...items[guid], ...answer, h: hash, t: new Date().toISOString().slice(0, 10) };
    if (next.s || next.n) items[guid] = next;
    else delete items[guid];
  };

  // What readers see

  const itemsOf = (list) => all(".guidekit-item", list);
  const guidsOf = (list) => itemsOf(list).map((li) => li.dataset.guid);

  const filter = () => {
    for (const list of live) {
      const word = list.querySelector("[name=guidekit-show]:checked")?.value;
      for (const li of itemsOf(list)) {
        const { state } = li.dataset;
        const other = word === "Gaps" ? state !== "" && state !== "g" : word === "In place" && state !== "i";
        li.hidden = other && !li.contains(document.activeElement); // nothing goes from under the hand
      }
    }
  };

  const showItem = (list, li, { s = "", n = "", h }) => {
    const part = (name) => li.querySelector(`.guidekit-item__${name}`);
    const area = li.querySelector("textarea");
    li.dataset.state = s;
    const word = s && s !== "i" ? WORDS[s] : ""; // a tick says enough
    put(part("state"), word);
    put(part("noted"), n && `Note: ${short(n, 60)}`);
    put(part("changed"), h && h !== li.dataset.hash ? "Guidance changed since you answered" : "");
    put(part("note"), [word, n].filter(Boolean).join(": "));
    if (area.value !== n) area.value = n; // the cursor stays
    for (const radio of all("[type=radio]", li)) radio.checked = radio.value === s;
    list.querySelector(`[data-gap="${li.dataset.guid}"]`).hidden = s !== "" && s !== "g";
    return s;
  };

  const statusOf = (list) => list.querySelector(".guidekit-checklist__status");

  const showForm = (list, items) => {
    const states = itemsOf(list).map((li) => showItem(list, li, items[li.dataset.guid] ?? {}));
    const count = (letters) => states.filter((state) => letters.includes(state)).length;
    const total = states.length, done = count(["i"]), gaps = count(["", "g"]);
    list.querySelector("progress").value = done;
    const told = `${done} of ${total} in place, ${plural(gaps, "gap")}`;
    put(statusOf(list), `${told}, ${total - done - gaps} not applicable or not required`);
    put(list.querySelector(".guidekit-gaps > summary"), `Your gaps (${gaps})`);
    list.querySelector(".guidekit-gaps > p").hidden = gaps > 0;
  };

  const showGuide = (entry, items) => {
    const done = entry.dataset.guids.split(" ").filter((guid) => items[guid]?.s === "i").length;
    entry.querySelector("progress").value = done;
    put(entry.querySelector(".guidekit-guides__done"), `, ${done} in place`);
  };

  const showWorkloads = (list, { workloads, kept }) => {
    const chooser = list.querySelector("select");
    const options = Object.entries(workloads).map(([id, { name }]) => new Option(name, id));
    const told = (option) => option.value + option.text;
    if (!equal(options.map(told), [...chooser.options].map(told))) chooser.replaceChildren(...options); // an open one stays
    chooser.value = mine;
    list.querySelector("[data-do=Restore]").disabled = !kept.length;
  };

  const refresh = () => {
    const known = gone;
    const data = load();
    shown = data.workloads[mine];
    try { sessionStorage.setItem(key, mine); } catch { /* then a reload shows the workload that was used last */ }
    for (const list of live) {
      showWorkloads(list, data);
      if (statusOf(list)) showForm(list, shown.items);
      for (const entry of all("[data-guids]", list)) showGuide(entry, shown.items);
      const privacy = list.querySelector(".guidekit-checklist__privacy");
      privacy.own ??= privacy.textContent;
      put(privacy, !memory ? privacy.own
        : "Your answers are lost when you leave this page: this browser does not keep them. Export them before you go.");
      list.toggleAttribute("data-unkept", !!memory);
    }
    for (const box of all("[data-box]")) box.checked = shown.items[box.dataset.box]?.s === "i";
    filter();
    if (gone && !known) notify(`“${shown.name}” was deleted in another tab. It stays here, and is kept again when you change it.`);
  };

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

  const restore = (state) => {
    const { id, name, at, items } = state;
    const edit = (_, data) => {
      data.kept = data.kept.filter((it) => it.id !== id || it.at !== at);
      for (const [other, it] of Object.entries(data.workloads)) { // one that took the place of the last has nothing in it
        if (other !== id && it.name === name && equal(it.items, {})) delete data.workloads[other];
      }
      data.workloads[id] ??= { name: nameFor(data, name), items: {} };
      for (const guid in items) {
        if (items[guid]) data.workloads[id].items[guid] = items[guid];
        else delete data.workloads[id].items[guid];
      }
      [mine, shown] = [id];
    };
    if (id !== mine && load().workloads[id]) [mine, shown] = [id];
    if (change(edit, "Restore", Object.keys(items))) notify(`“${name}” is as it was before.`);
  };

  // Ask in the list's dialog; answers the button's value or, where there is something to fill in, what was filled in

  const ask = (list, question, { yes = "", no = "Cancel", offers = yes && ["yes"], lines = [], name, states }) => new Promise((resolve) => {
    const dialog = list.querySelector("dialog");
    const buttons = all("button", dialog);
    const fields = all("input, select", dialog);
    const [input, chooser] = fields;
    const describe = (told) => dialog.querySelector("ul").replaceChildren(...told.map((line) => {
      const [, lead = "", rest] = line.match(/^((?!Answers)[\w ]+:)?(.*)/s); // what a button is called, and what it does
      const li = document.createElement("li"), strong = document.createElement("strong");
      strong.textContent = lead;
      li.append(strong, rest);
      return li;
    }));
    put(dialog.querySelector("p"), question);
    for (const button of buttons) {
      button.hidden = button.value && !offers.includes(button.value);
      if (!button.value || button.value === "yes") put(button, button.value ? yes : no);
    }
    for (const field of fields) {
      field.disabled = (field === input ? name : states) === undefined;
      field.parentElement.hidden = field.disabled;
    }
    input.value = name ?? "";
    chooser.replaceChildren(...(states ?? []).map(({ label }, at) => new Option(label, at)));
    chooser.onchange = () => describe(states[chooser.value].lines);
    describe(states?.[0].lines ?? lines);
    if (dialog.open) dialog.close();
    dialog.returnValue = "";
    dialog.onclose = () => {
      if (dialog.open) return; // an earlier question was closed for this one
      const filled = states ? states[chooser.value] : name === undefined ? dialog.returnValue : input.value.trim();
      resolve(dialog.returnValue && filled);
    };
    dialog.showModal();
    if (name === undefined) buttons.at(-1).focus(); // Enter alone changes nothing
  });

  const tell = (items, next) => { // what it means that answers become others
    const counts = { s: [0, 0, 0], n: [0, 0, 0] };
    for (const guid in next) {
      for (const part in counts) {
        const old = items[guid]?.[part] || "", now = next[guid]?.[part] || "";
        if (old !== now) counts[part][old ? now ? 1 : 2 : 0] += 1;
      }
    }
    const [answers, notes] = Object.values(counts).map(([made, changed, removed]) => `${made} new, ${changed} changed, ${removed} removed`);
    return `Answers: ${answers}. Notes: ${notes}.`;
  };

  const nameFor = (data, name, id) => { // one that no other workload has
    const taken = Object.entries(data.workloads).filter(([other]) => other !== id).map(([, it]) => it.name);
    let free = name;
    for (let number = 2; taken.includes(free); number += 1) free = `${name} (${number})`;
    return free;
  };

  const addWorkload = (data, name, items = {}) => {
    mine = Date.now().toString(36) + Math.random().toString(36).slice(2, 6);
    data.workloads[mine] = { name: nameFor(data, name), items };
  };

  const act = (list, edit, did) => { // and offer to undo it
    const guids = guidsOf(list);
    const before = pick(load().workloads[mine].items, guids);
    const state = change(edit, did, guids);
    if (state) notify(`${did.replace(/e?$/, "ed")}. ${tell(before, pick(shown.items, guids))}`, state.id && state);
  };

  // Files

  let loading;

  const files = () => loading ??= new Promise((resolve, reject) => {
    const script = document.createElement("script");
    const end = () => {
      if (Checklist.files) return resolve(Checklist.files);
      loading = undefined; // it can be tried again
      reject(new Error("The part of this page that reads and writes files is not loaded. Your answers are as before; try again online."));
    };
    script.src = new URL("checklist-files.min.js", base);
    script.onload = script.onerror = end;
    document.head.append(script);
  });

  const withFiles = (use) => files().then(use).catch(({ message }) => notify(message));

  let prepared = false;

  const prepare = () => { // so that all can be saved also when the network goes
    if (prepared || ![...live].flatMap(guidsOf).some((guid) => shown.items[guid])) return;
    prepared = true;
    files().catch(() => {}); // told when a file is wanted
  };

  const offer = (list) => { // the answers that a link carries
    const link = location.hash.match(/^#ck=(.*)/);
    if (!link || !list.dataset.digits) return;
    withFiles(({ readLink, takeIn }) => {
      if (location.hash !== link[0]) return;
      history.replaceState(history.state, "", location.pathname + location.search);
      takeIn(list, "This link", readLink(link[1], [...guidsOf(list), ...aliases.keys()]));
    });
  };

  const take = (list, file) => withFiles(async ({ read, takeIn }) => {
    const name = short(file.name, 60);
    const found = await read(file, list.dataset.title);
    if (found.answers.length) return takeIn(list, name, found);
    return ask(list, `${name} ${found.why}: nothing in it can be used.`, { no: "Close" });
  });

  const rowsOf = (list) => itemsOf(list).map((li) => {
    const { guid, severity, waf, service } = li.dataset;
    const { s = "", n = "", t = "" } = shown.items[guid] ?? {};
    const statement = li.querySelector(".guidekit-item__statement").textContent;
    return { s, n, t, guid, severity, waf, service, statement, url: `${location.href.split("#")[0]}#${guid}` };
  });

  const download = (tool) => (list) => withFiles(async ({ write }) => {
    const { title } = list.dataset, { name } = shown;
    const [extension, type, content] = await write[tool](rowsOf(list), title, name, statusOf(list).textContent);
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([content], { type }));
    link.download = `${title} - ${name}`.replace(/[^\p{L}\p{N} .-]/gu, "_") + extension;
    link.click();
    setTimeout(URL.revokeObjectURL, 60000, link.href);
  });

  const actions = {
    Add: async (list) => {
      const name = await ask(list, "What is the new workload called?", { yes: "Add", name: "" });
      if (name) change((_, data) => addWorkload(data, name));
    },
    Rename: async (list) => {
      const name = await ask(list, "What is this workload called?", { yes: "Rename", name: shown.name });
      if (name) change((_, data) => { data.workloads[mine].name = nameFor(data, name, mine); });
    },
    Delete: async (list) => {
      const { name, items } = shown;
      const lines = [tell(items, pick({}, Object.keys(items)))];
      const question = `Delete “${name}” with all its answers, also those for other guides?`;
      if (!await ask(list, question, { yes: "Delete", lines })) return;
      const state = change((_, data) => {
        delete data.workloads[mine];
        [mine] = Object.keys(data.workloads);
        shown = undefined;
        if (!mine) addWorkload(data, "My workload");
      }, "Delete", Object.keys(load().workloads[mine].items));
      if (state) notify(`“${name}” was deleted.`, state.id && state);
    },
    Restore: async (list) => {
      const { kept, workloads } = load();
      const states = kept.map((state) => ({
        state,
        label: `Before “${state.did}” in “${state.name}”, ${new Date(state.at).toLocaleString([], { dateStyle: "medium", timeStyle: "short" })}`,
        lines: [tell(workloads[state.id]?.items ?? {}, state.items)],
      }));
      const chosen = await ask(list, "Bring answers and notes back as they were?", { yes: "Restore", states });
      if (chosen) restore(chosen.state);
    },
    Undo: (list) => {
      restore(undo.state);
      const back = undo.focus?.matches("guidekit-checklist *") ? undo.focus : list.querySelector("select");
      back.focus({ preventScroll: true });
    },
    Markdown: download("Markdown"),
    CSV: download("CSV"),
    Excel: download("Excel"),
    JSON: download("JSON"),
    Print: () => print(),
    "Copy link": async (list, button) => {
      const digits = (guid) => guid.replaceAll("-", "").slice(0, list.dataset.digits);
      const answers = rowsOf(list).map(({ s, guid }) => s && s + digits(guid)).join("");
      const link = `${location.href.split("#")[0]}#ck=${answers}`;
      try {
        await navigator.clipboard.writeText(link);
        button.textContent = "Link copied";
        notify("Link copied.");
      } catch {
        ask(list, link, { no: "Close" });
      }
    },
    Import: (list) => {
      files().catch(() => {}); // told when there is a file
      list.querySelector("[type=file]").click();
    },
    Clear: async (list) => {
      const lines = [tell(shown.items, pick({}, guidsOf(list)))];
      const question = `Clear the answers and notes of “${shown.name}” for this guide?`;
      if (await ask(list, question, { yes: "Clear", lines })) act(list, (items) => {
        for (const guid of guidsOf(list)) delete items[guid];
      }, "Clear");
    },
  };

  // One listener for all: the boxes beside the guidance are outside the element

  document.addEventListener("change", ({ target }) => {
    const list = target.closest("guidekit-checklist");
    const li = target.closest(".guidekit-item") ?? document.querySelector(`li[data-guid="${target.dataset.box}"]`);
    if (target.dataset.box) change((items) => set(items, li, { s: target.checked ? "i" : "" }));
    else if (!list || target.matches("textarea, dialog *")) return;
    else if (li) change((items) => set(items, li, { s: target.value }));
    else if (target.matches("select")) {
      [mine, shown] = [target.value];
      change(() => {});
    } else if (target.files?.length) {
      take(list, target.files[0]);
      target.value = ""; // so that the same file can be chosen again
    } else filter();
    prepare();
  });

  document.addEventListener("input", ({ target }) => {
    if (!target.matches(".guidekit-item textarea")) return;
    change((items) => set(items, target.closest(".guidekit-item"), { n: target.value }));
    prepare();
  });

  document.addEventListener("click", ({ target }) => {
    filter(); // the item that the reader has left follows as well
    const button = target.closest("guidekit-checklist [data-do]");
    if (button) actions[button.dataset.do](button.closest("guidekit-checklist"), button);
  });

  document.addEventListener("keyup", filter);
  addEventListener("storage", (event) => (event.key === key || event.key === null) && follow());
  addEventListener("pageshow", ({ persisted }) => persisted && live.size && refresh());
  addEventListener("hashchange", () => live.forEach(offer));

  class Checklist extends HTMLElement {
    static own = { WORDS, act, addWorkload, ask, both, change, guidsOf, itemsOf, notify, plural, set, short, tell,
      current: (guid) => aliases.get(guid) ?? guid, workload: () => shown };

    connectedCallback() {
      const [path, url] = [location.pathname, this.dataset.url].map((text) => text.replace(/index\.html$/, ""));
      key = `${path.endsWith(url) ? path.slice(0, path.length - url.length) : "/"}.guidekit.v1`;
      aliases = new Map(Object.entries(JSON.parse(this.dataset.aliases)));
      try { mine ??= sessionStorage.getItem(key); } catch { /* then it is the workload that was used last */ }
      live.add(this);
      refresh();
      prepare();
      offer(this);
    }

    disconnectedCallback() {
      live.delete(this);
    }
  }

  customElements.define("guidekit-checklist", Checklist);
})();
