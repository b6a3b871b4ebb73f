// What a checklist does beside keeping answers: workloads, answers from elsewhere, the plan, comparisons. checklist.js loads this
// as soon as there is something to save, and when a button is pressed. What files hold is read and written by checklist-files.js.
(() => {
  const Checklist = customElements.get("guidekit-checklist");
  const {
    FIELDS, STATES, aliases, all, answerOf, both, bring, change, choose, countsOf, current, dateOf, equal, guidsOf, host, id, inScope,
    itemsOf, last, load, notify, pick, put, say, scopeOf, sentence, set, short, today, told, view, workload,
  } = Checklist.own;

  const same = (a, b) => a.trim().toLowerCase() === b.trim().toLowerCase();

  // Ask in the list's dialog; answers the button's value or, where there is something to fill in, what was filled in

  const ask = (list, question, { yes = "", no = "Cancel", offers = yes && ["yes"], lines = [], name, label = "Name", most = 60, states, more, look }) => new Promise((resolve) => {
    const dialog = list.querySelector(".guidekit-dialog");
    const buttons = all("button", dialog);
    const fields = all("input, select", dialog);
    const [box, input, chooser] = fields;
    const describe = (told) => dialog.querySelector("ul").replaceChildren(...told.map((line) => {
      const [lead, rest] = [line].flat().length > 1 ? line : ["", line]; // what a button is called, and what it does; or a link
      const li = document.createElement("li"), strong = document.createElement("strong");
      strong.textContent = lead;
      li.append(strong, rest);
      return li;
    }));
    put(dialog.querySelector("p"), question);
    for (const button of buttons) {
      button.hidden = button.value && !offers.includes(button.value);
      if (!button.value || button.value === "yes") put(button, say(button.value ? yes : no));
    }
    fields.forEach((field, at) => {
      field.disabled = [more, name, states][at] === undefined;
      field.parentElement.hidden = field.disabled;
    });
    put(input.previousElementSibling, say(label));
    put(box.nextElementSibling, more ?? "");
    box.checked = false;
    box.onchange = async () => {
      const seen = await look(box.checked);
      input.value = seen.name;
      describe(seen.lines);
    };
    input.readOnly = !!look;
    input.maxLength = look ? 1e6 : most;
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
    if (look) buttons[0].focus();
    else if (name === undefined) buttons.at(-1).focus(); // Enter alone changes nothing
  });

  const tell = (items, next) => { // what it means that answers become others
    const counts = { s: [0, 0, 0], n: [0, 0, 0], o: [0, 0, 0] };
    for (const guid in next) {
      for (const part of ["s", ...Object.keys(FIELDS)]) {
        const old = items[guid]?.[part] || "", now = next[guid]?.[part] || "";
        if (old !== now) counts[part in counts ? part : "o"][old ? now ? 1 : 2 : 0] += 1;
      }
    }
    const [answers, notes, others] = Object.values(counts).map((them) => say("{0} new, {1} changed, {2} removed", ...them));
    const more = counts.o.some(Boolean) ? ` ${say("Owners, dates, links: {0}.", others)}` : "";
    return `${say("Answers: {0}.", answers)} ${say("Notes: {0}.", notes)}${more}`;
  };

  // Workloads

  const nameFor = (data, name, own) => { // one that no other workload has
    const taken = Object.entries(data.workloads).filter(([other]) => other !== own).map(([, it]) => it.name);
    let free = name;
    for (let number = 2; taken.some((it) => same(it, free)); number += 1) free = `${name} (${number})`;
    return free;
  };

  const addWorkload = (data, name, items = {}, scope = []) => {
    const made = Date.now().toString(36) + Math.random().toString(36).slice(2, 6);
    choose(made);
    data.workloads[made] = { name: nameFor(data, name), items, scope };
  };

  const tellName = (wanted) => { // where another workload had it
    const { name } = workload();
    if (name !== wanted) notify(say("There is a workload “{0}” already. This one is called “{1}”.", wanted, name));
  };

  const act = (list, edit, did, tellDone) => { // and offer to undo it
    const guids = guidsOf(list);
    const before = pick(workload().items, guids);
    const state = change(edit, did, guids);
    if (state) notify(tellDone(tell(before, pick(workload().items, guids))), state.id && state);
  };

  const restore = (state) => {
    const { id: own, name, at, items, scope } = state;
    const edit = (_, data) => {
      data.kept = data.kept.filter((it) => it.id !== own || it.at !== at);
      for (const [other, it] of Object.entries(data.workloads)) { // one that took the place of the last has nothing in it
        if (other !== own && it.name === name && equal(it.items, {})) delete data.workloads[other];
      }
      data.workloads[own] ??= { name: nameFor(data, name), items: {} };
      if (state.past) data.workloads[own].past ??= state.past;
      if (scope) data.workloads[own].scope = scope;
      for (const guid in items) {
        if (items[guid]) data.workloads[own].items[guid] = items[guid];
        else delete data.workloads[own].items[guid];
      }
      choose(own);
    };
    if (own !== id() && load().workloads[own]) choose(own);
    if (change(edit, "Restore", Object.keys(items))) notify(say("“{0}” is as it was before.", name));
  };

  const timeOf = (at) => new Date(at).toLocaleString([], { dateStyle: "medium", timeStyle: "short" });

  // Answers from elsewhere: [{guid, word of the status, s, n, o, d, e}]; where one of these is undefined, the reader's own stays

  const join = (own, it) => ({
    s: it.s || own?.s, n: both(own?.n, it.n), o: it.o || own?.o, d: it.d || own?.d, e: it.e || own?.e,
  });

  const gather = (list, answers, left) => { // by item; what cannot be used is left
    const known = guidsOf(list);
    const got = new Map();
    for (const { guid, word, ...it } of answers) {
      const lower = guid.trim().toLowerCase();
      const own = current(lower);
      const before = got.get(own);
      const holds = it.s || Object.keys(FIELDS).some((field) => it[field]);
      if (!known.includes(own)) {
        if (it.s !== "" || holds) left.push(say("no item “{0}” here", short(guid, 40)));
        continue;
      }
      if (it.s === undefined) left.push(say("no status “{0}”", short(word, 40)));
      if (it.s && before?.s && it.s !== before.s) left.push(say("another answer for the same item, of which the last counts"));
      if (holds) got.set(own, join(before, it));
    }
    return got;
  };

  const become = (way, own, it, silent) => { // an answer of the reader's, and one from elsewhere where there is one
    if (way === "Merge") return it ? join(own, it) : own;
    const next = { s: it?.s };
    for (const field in FIELDS) next[field] = it ? it[field] ?? own?.[field] : silent[field] ? own?.[field] : "";
    return next;
  };

  const unusable = (left) => {
    const reasons = [...new Set(left)];
    const line = say("Not usable: {0} ({1}).", left.length, reasons.slice(0, 5).join("; ") + (reasons[5] ? "; …" : ""));
    return left.length ? [line] : [];
  };

  const COUNTS = {
    s: (count) => say("{0} answer|{0} answers", count),
    o: (count) => say("{0} owner|{0} owners", count),
    d: (count) => say("{0} due date|{0} due dates", count),
    n: (count) => say("{0} note|{0} notes", count),
    e: (count) => say("{0} link to evidence|{0} links to evidence", count),
  };

  const count = (answers, field) => answers.filter((it) => it[field]).length;

  const counted = (answers, fields) => [...fields].filter((field) => count(answers, field)).map((field) => COUNTS[field](count(answers, field)));

  const countedServices = (services) => (services?.length ? [say("{0} service|{0} services", services.length)] : []);

  const mergedScope = (own, other) => (own.length && other.length ? [...new Set([...own, ...other])] : own); // none is all

  const takeIn = async (list, source, { answers, left, name, named, services }) => {
    const got = gather(list, answers, left);
    const silent = Object.fromEntries(Object.keys(FIELDS).map((field) => [field, answers.every((it) => it[field] === undefined)]));
    const next = (way, items) => Object.fromEntries(guidsOf(list).map((guid) => [guid, become(way, items[guid], got.get(guid), silent)]));
    const fill = (way, items) => {
      const answers = next(way, items);
      for (const li of itemsOf(list)) {
        const answer = answers[li.dataset.guid] ?? {}, own = items[li.dataset.guid];
        const changed = Object.fromEntries(["s", ...Object.keys(FIELDS)].filter((part) => (answer[part] ?? "") !== (own?.[part] ?? "")).map((part) => [part, answer[part] ?? ""]));
        if (!equal(changed, {})) set(items, li, changed);
      }
    };
    const found = [...got.values()], unused = unusable(left);
    const carries = say("{0} carries {1} and {2} for this guide.", source, COUNTS.s(count(found, "s")), COUNTS.n(count(found, "n")));
    if (!got.size) return ask(list, carries, { no: "Close", lines: unused });
    const { items, scope = [], name: own } = workload();
    const isFresh = !guidsOf(list).some((guid) => items[guid]); // then nothing can go
    const isUnused = equal(items, {}) && own === say("My workload");
    const others = [...counted(found, "ode"), ...countedServices(services)].join(", ");
    const also = others ? [say("Also in it: {0}.", others)] : [];
    const ways = [
      [`${say("New workload")}: `, `${say("yours stays as it is.")} ${tell({}, next("Replace", {}))}`],
      [`${say("Merge")}: `, `${say("yours stays where this has none, and no note goes.")} ${tell(items, next("Merge", items))}`],
      [`${say("Replace")}: `, `${say("yours goes where this has none.")} ${tell(items, next("Replace", items))}`],
    ];
    const asked = isFresh
      ? await ask(list, carries, { yes: "Take over", offers: equal(items, {}) ? ["yes"] : ["yes", "New workload"], lines: [...also, ...unused] })
      : await ask(list, carries, { offers: ["New workload", "Merge", "Replace"], lines: [...also, ...ways, ...unused] });
    const way = asked === "yes" ? "Take over" : asked;
    if (way) leave(list);
    if (way === "New workload") {
      const made = {};
      fill("Replace", made);
      if (change((_, data) => addWorkload(data, short(name, 55), made, services), "")) notify(say("“{0}” was added, and is shown.", workload().name));
    } else if (way) act(list, (items, data) => {
      fill(way, items);
      const its = data.workloads[id()];
      if (services) its.scope = way === "Merge" ? mergedScope(scope, services) : services;
      if (isUnused && named) its.name = nameFor(data, short(name, 55), id());
    }, way, (changes) => (isFresh ? say("Taken over: {0}.", counted(found, "sodne").join(", ")) : `${way === "Merge" ? say("Merged.") : say("Replaced.")} ${changes}`));
    return way;
  };

  const take = async (list, file) => {
    const name = short(file.name, 60);
    const { read } = await bring("files");
    const found = await read(file, list.dataset.title);
    if (found.answers.length) return takeIn(list, name, found);
    const why = found.isPlan
      ? say("{0} holds the gaps alone, for others to read, and answers cannot be brought back from it. Import a file that Download has written: Excel, CSV, Markdown or JSON.", name)
      : say("{0} {1}: nothing in it can be used.", name, found.why);
    return ask(list, why, { no: "Close" });
  };

  // A link's answers are only looked at, until the reader takes them over

  let visited = null;

  const visit = async (list) => {
    const link = location.hash.match(/^#ck=(.*)/);
    if (!link || (visited === link[1] && view().found)) return;
    const { readLink } = await bring("files");
    const found = await readLink(link[1], [...guidsOf(list), ...aliases().keys()]);
    const left = [...found.left], got = gather(list, found.answers, left);
    if (!got.size) {
      clean();
      return ask(list, say("This link carries no answer for this guide."), { no: "Close", lines: unusable(left) });
    }
    visited = link[1];
    host({ name: found.name, items: Object.fromEntries(got), scope: found.services, found });
    const bar = list.querySelector(".guidekit-shared");
    bar.hidden = false;
    const parts = [...counted([...got.values()], "sodne"), ...countedServices(found.services)].join(", ");
    put(bar.querySelector("span"), [say("You look at “{0}”, which was shared: {1}. Yours are as they were.", found.name, parts), ...unusable(left)].join(" "));
  };

  const clean = () => history.replaceState(history.state, "", location.pathname + location.search);

  const leave = (list) => {
    if (!view().found) return;
    visited = null;
    clean();
    list.querySelector(".guidekit-shared").hidden = true;
    host(null);
  };

  // What is written of an item, on paper and in files

  const firstStep = (guid) => { // the first sentence of the first numbered list in an item's guidance on this page
    let node = document.getElementById(guid)?.nextElementSibling;
    for (let heading = false; node && !node.matches(".guidekit-anchor"); node = node.nextElementSibling) {
      if (node.matches("h1, h2")) {
        if (heading) return "";
        heading = true;
      }
      const li = (node.matches("ol") ? node : node.querySelector("ol"))?.querySelector("li");
      if (li) return firstSentence(li.firstElementChild?.matches("p") ? li.firstElementChild : li);
    }
    return "";
  };

  const firstSentence = (box) => { // but no list and no code below it
    let text = "";
    for (const part of box.childNodes) {
      if (part.matches?.("ol, ul, pre, div, table, blockquote")) break;
      text += part.textContent;
    }
    text = text.trim().replace(/\s+/g, " ");
    return text.match(/^.+?[.!?](?=\s|$)/)?.[0] ?? text;
  };

  const rowOf = (li) => {
    const { guid, severity, waf, service, step } = li.dataset;
    const { s = "", n = "", o = "", d = "", e = "", t = "" } = answerOf(li);
    const statement = li.querySelector(".guidekit-item__statement").textContent;
    const url = li.querySelector(".guidekit-item__answers a").href;
    return { s, n, o, d, e, t, guid, severity, waf, service, statement, url, step: step ?? firstStep(guid) };
  };

  const rowsOf = (list) => inScope(list).map(rowOf);
  const gapsOf = (list) => rowsOf(list).filter(({ s }) => s === "g");

  const allOf = (list) => { // what applies, and what is answered though it does not
    const applies = new Set(inScope(list));
    return itemsOf(list).filter((li) => applies.has(li) || view().items[li.dataset.guid]).map(rowOf);
  };

  // The plan: the reader's gaps, the most severe first, each with its owner, its day and its first step

  const servicesOf = (list) => all("[name=guidekit-service]:checked + span", list).map(({ textContent }) => textContent);

  const factsOf = (list) => [ // what one has to know of a plan on paper
    `${say("Workload")}: ${view().name}`,
    list.querySelector("[name=guidekit-service]") && `${say("Services")}: ${servicesOf(list).join(", ") || say("all")}`,
    `${say("Date")}: ${dateOf(today())}`,
    sentence(list).join(""),
  ].filter(Boolean);

  const severitiesOf = (gaps) => ["High", "Medium", "Low"].map((severity) => (
    `${say(severity)} ${gaps.filter((gap) => gap.severity === severity).length}`)).join(", ");

  const entryOf = (gap, template) => {
    const row = template.content.firstElementChild.cloneNode(true);
    const [first, ...others] = row.cells, link = first.firstElementChild;
    link.href = gap.url;
    link.textContent = gap.statement;
    const texts = [
      say(gap.severity), gap.o || say("no owner"), gap.d ? dateOf(gap.d) : say("no date"), gap.step || say("see the guidance"),
      told({ e: gap.e, n: gap.n }).join("\n"),
    ];
    texts.forEach((text, at) => put(others[at], text));
    return row;
  };

  const plan = (list) => {
    const box = list.querySelector(".guidekit-plan");
    if (!box) return;
    const part = (name) => box.querySelector(`.guidekit-plan__${name}`);
    const gaps = gapsOf(list), open = countsOf(list)[""];
    put(part("title"), `${say("Your plan")}: ${list.dataset.title}`);
    put(part("facts"), factsOf(list).join("\n"));
    put(part("about"), [
      gaps.length ? `${say("{0} gap|{0} gaps", gaps.length)}: ${severitiesOf(gaps)}.` : say("There is no gap."),
      open ? say("{0} item is not answered yet.|{0} items are not answered yet.", open) : "",
    ].filter(Boolean).join(" "));
    const rows = gaps.map((gap) => entryOf(gap, box.querySelector("template")));
    const texts = (them) => them.map((it) => [...it.cells].map((cell) => cell.textContent).join("\n") + it.querySelector("a").href);
    const [shown] = part("gaps").tBodies;
    if (!equal(texts(rows), texts([...shown.rows]))) shown.replaceChildren(...rows);
    part("gaps").hidden = !gaps.length;
  };

  let heading = ""; // of the page, while the plan is printed under its own: a browser names the file by it

  addEventListener("beforeprint", () => all("guidekit-checklist").forEach(plan));
  addEventListener("afterprint", () => {
    delete document.documentElement.dataset.guidekitPrint;
    document.title = heading || document.title;
    heading = "";
  });

  // Two sets of answers side by side: workloads as they are, and as the reader kept them for comparison

  const compare = (list) => {
    const dialog = list.querySelector(".guidekit-compare");
    const [left, right] = all("select", dialog);
    const sets = Object.entries(load().workloads).flatMap(([own, { name, items, past = [] }]) => [
      { own, label: say("{0}, now", name), items }, ...past.toReversed().map(({ at, items }) => ({ own, label: `${name}, ${timeOf(at)}`, items })),
    ]);
    const mine = sets.findIndex(({ own }) => own === id());
    const other = sets.findIndex(({ own }, at) => at !== mine && own === id());
    for (const [chooser, at] of [[left, other < 0 ? sets.findIndex((_, at) => at !== mine) : other], [right, mine]]) {
      chooser.replaceChildren(...sets.map(({ label }, place) => new Option(label, place)));
      chooser.value = Math.max(at, 0);
      chooser.onchange = () => show();
    }
    const rank = { "": 0, g: 0, i: 2, r: 1, n: 1 };
    const show = () => {
      const [before, after] = [left, right].map(({ value }) => sets[value]);
      all("th", dialog).slice(1).forEach((cell, at) => put(cell, [before, after][at].label));
      let better = 0, worse = 0;
      const rows = inScope(list).flatMap((li) => {
        const [a, b] = [before, after].map(({ items }) => items[li.dataset.guid] ?? {});
        const [from, to] = [a, b].map(({ s = "", ...rest }) => [say(STATES[s]), ...told(rest)].join(", "));
        if (from === to) return [];
        better += rank[b.s ?? ""] > rank[a.s ?? ""];
        worse += rank[b.s ?? ""] < rank[a.s ?? ""];
        const row = document.createElement("tr");
        row.append(...[li.querySelector(".guidekit-item__statement").textContent, from, to].map((text) => {
          const cell = document.createElement("td");
          cell.textContent = text;
          return cell;
        }));
        return [row];
      });
      dialog.querySelector("tbody").replaceChildren(...rows);
      put(dialog.querySelector("[role=status]"), rows.length
        ? `${say("{0} difference|{0} differences", rows.length)}: ${say("{0} better", better)}, ${say("{0} worse", worse)}`
        : say("There is no difference."));
    };
    if (sets.length < 2) return notify(say("There is nothing to compare yet. Keep today's answers, and compare them with later ones, or add a workload."));
    show();
    dialog.showModal();
  };

  // Files

  const back = () => say("Import brings it back, here and in another browser.");
  const plain = () => "";
  const DOWNLOADS = { // rows, what the name of the file ends with, and what is to be done with it
    Excel: [rowsOf, plain, back],
    CSV: [rowsOf, plain, back],
    Markdown: [rowsOf, plain, back],
    JSON: [allOf, plain, back],
    "Plan as Markdown": [gapsOf, () => say("gap plan"), () => say("Paste it into a page, an issue or a message.")],
    "Plan as Excel": [gapsOf, () => say("gap plan"), () => say("It is for others: Import does not take it.")],
    "Azure DevOps": [gapsOf, () => say("Azure DevOps"), () => say("In Azure DevOps, open Boards > Queries > Import work items, and choose this file.")],
    Calendar: [gapsOf, () => say("next review"), () => say("Open it, and your calendar takes the review in.")],
  };

  const download = (format, [rows, end, next]) => async (list) => {
    const { title } = list.dataset, { name, scope } = view(), { write } = await bring("files");
    const found = rows(list), services = list.querySelector("[name=guidekit-service]") ? scopeOf(list) : scope ?? [];
    if (rows === gapsOf && !found.length && format !== "Calendar") return notify(say("There is no gap."));
    const [extension, type, content] = write[format](found, { title, name, services, status: sentence(list).join("") });
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([content], { type }));
    link.download = [title, name, end()].filter(Boolean).join(" - ").replace(/[^\p{L}\p{N} .-]/gu, "_") + extension;
    link.click();
    setTimeout(URL.revokeObjectURL, 60000, link.href);
    return notify(`${say("Saved as “{0}”.", link.download)} ${next()}`);
  };

  // A link with the answers in it: the reader sees what goes along, and decides about notes and evidence

  const MUCH = 2000; // characters, which mail programs still take

  const share = async (list) => {
    const { linkOf } = await bring("files"), { name, scope = [] } = view();
    const entries = itemsOf(list).map((li) => ({ digits: li.dataset.guid.replaceAll("-", "").slice(0, list.dataset.digits), ...answerOf(li) }));
    const look = async (isWhole) => {
      const link = `${location.href.split("#")[0]}#ck=${await linkOf(entries, { name, services: scope, fields: isWhole ? "odne" : "od" })}`;
      const goes = [...counted(entries, isWhole ? "sodne" : "sod"), say("the workload's name, “{0}”", name), ...countedServices(scope)];
      const stays = isWhole ? [] : counted(entries, "ne");
      return { name: link, lines: [
        [`${say("It carries:")} `, `${goes.join(", ")}.`],
        ...stays.length ? [[`${say("It leaves out:")} `, `${stays.join(", ")}.`]] : [],
        say("Whoever has the link can read what it carries. That is in the link alone, and on no server."),
        ...link.length > MUCH ? [say("It has {0} characters, and some programs cut a link of that length. A JSON file carries as much.", link.length)] : [],
      ] };
    };
    const more = counted(entries, "ne").length ? say("Notes and evidence, too") : undefined;
    const link = await ask(list, say("Share these answers by a link?"), { yes: "Copy link", label: "Link", more, look, ...await look(false) });
    if (!link) return;
    try {
      await navigator.clipboard.writeText(link);
      notify(say("Link copied."));
    } catch {
      ask(list, say("The browser did not copy the link. Take it from here."), { no: "Close", label: "Link", look, name: link });
    }
  };

  // Issues on GitHub, which takes no file: a link for each, by which its form is filled in

  let repository = "";

  const askForRepository = async (list, lines = []) => {
    const name = await ask(list, say("Which repository on GitHub takes the issues?"), { yes: "Next", name: repository, label: "Owner/name, or its address", most: 300, lines });
    const [, host = "github.com", path] = name?.match(/^(?:https:\/\/)?(?:([\w-]+(?:\.[\w-]+)+)\/)?([\w-]+\/[\w.-]+?)(?:\.git)?\/?$/) ?? [];
    if (name && !path) return askForRepository(list, [say("“{0}” is no repository.", short(name, 60))]);
    repository = name || repository;
    return path && `https://${host}/${path}`;
  };

  const offerIssues = async (list) => {
    const gaps = gapsOf(list), { issueOf } = await bring("files");
    if (!gaps.length) return notify(say("There is no gap."));
    const address = await askForRepository(list);
    return address && ask(list, say("Each link opens a new issue, filled in. Look through it there, and submit it."), { no: "Close", lines: gaps.map((gap) => {
      const link = document.createElement("a");
      link.href = `${address}/issues/new?${issueOf(gap)}`;
      link.target = "_blank";
      link.rel = "noreferrer";
      link.textContent = gap.statement;
      return link;
    }) });
  };

  const actions = {
    Add: async (list) => {
      const name = await ask(list, say("What is the new workload called?"), { yes: "Add", name: "" });
      if (name && change((_, data) => addWorkload(data, name))) tellName(name);
    },
    Rename: async (list) => {
      const name = await ask(list, say("What is this workload called?"), { yes: "Rename", name: workload().name });
      if (name && change((_, data) => { data.workloads[id()].name = nameFor(data, name, id()); })) tellName(name);
    },
    Delete: async (list) => {
      const { name, items } = workload();
      const lines = [tell(items, pick({}, Object.keys(items)))];
      const question = say("Delete “{0}” with all its answers, also those for other guides?", name);
      if (!await ask(list, question, { yes: "Delete", lines })) return;
      const own = id();
      const state = change((_, data) => {
        delete data.workloads[own];
        choose(Object.keys(data.workloads)[0]);
        if (!id()) addWorkload(data, say("My workload"));
      }, "Delete", Object.keys(load().workloads[own].items));
      if (state) notify(say("“{0}” was deleted.", name), state.id && state);
    },
    "Save these answers": () => {
      const at = new Date().toISOString();
      const done = change((items, data) => {
        const { past = [] } = data.workloads[id()];
        data.workloads[id()].past = [...past, { at, items: structuredClone(items) }];
      }, "");
      if (done) notify(say("The answers of today are kept for comparison."));
    },
    Compare: compare,
    "Restore last state": async (list) => {
      const { kept, workloads } = load();
      const states = kept.map((state) => ({
        state,
        label: say("Before “{0}” in “{1}”, {2}", say(state.did), state.name, timeOf(state.at)),
        lines: [tell(workloads[state.id]?.items ?? {}, state.items)],
      }));
      const chosen = await ask(list, say("Bring answers and notes back as they were?"), { yes: "Restore", states });
      if (chosen) restore(chosen.state);
    },
    Undo: (list) => {
      const { state, focus } = last();
      restore(state);
      const back = focus?.matches("guidekit-checklist *") ? focus : list.querySelector("select");
      back.focus({ preventScroll: true });
    },
    Remove: (list, button) => {
      const li = button.closest(".guidekit-item");
      change((items) => set(items, li, { s: "" }));
      li.querySelector("[type=radio]").focus();
    },
    "Take over": (list) => {
      const { found } = view();
      takeIn(list, say("This link"), { ...found, left: [...found.left] });
    },
    Leave: leave,
    ...Object.fromEntries(Object.entries(DOWNLOADS).map(([format, how]) => [format, download(format, how)])),
    "GitHub issues": offerIssues,
    Print: () => print(),
    "Print plan": (list) => {
      plan(list);
      document.documentElement.dataset.guidekitPrint = "plan";
      heading = document.title;
      document.title = `${say("Your plan")} - ${list.dataset.title} - ${view().name} - ${today()}`;
      print();
    },
    Share: share,
    Import: (list) => list.querySelector("[type=file]").click(),
    Clear: async (list) => {
      const lines = [tell(workload().items, pick({}, guidsOf(list)))];
      const question = say("Clear the answers and notes of “{0}” for this guide?", workload().name);
      if (await ask(list, question, { yes: "Clear", lines })) act(list, (items) => {
        for (const guid of guidsOf(list)) delete items[guid];
      }, "Clear", (changes) => `${say("Cleared.")} ${changes}`);
    },
  };

  for (const name of ["Add", "Rename", "Delete", "Save these answers", "Restore last state", "Import", "Clear"]) {
    const own = actions[name]; // of shared answers, nothing can be changed
    actions[name] = (list) => (view().found ? notify(say("These answers are only shown. Take them over to change them.")) : own(list));
  }

  Checklist.tools = { actions, plan, take, visit };
})();
