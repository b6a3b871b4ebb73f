// All that a checklist does beside keeping answers: workloads, files, links, the plan, comparisons. checklist.js loads this as
// soon as there is something to save, and when a button is pressed. What files and links hold is a stranger's: it is only ever
// taken as text, and in bounds.
(() => {
  const Checklist = customElements.get("guidekit-checklist");
  const {
    STATES, aliases, all, answerOf, both, change, choose, countsOf, current, dateOf, equal, guidsOf, host, id, inScope,
    itemsOf, last, load, notify, pick, put, say, sentence, set, short, told, view, workload,
  } = Checklist.own;
  const AZURE = { "": "Not verified", i: "Fulfilled", g: "Open", r: "Not required", n: "N/A" };
  const COLUMNS = { Item: 60, Severity: 11, Status: 16, Owner: 20, Due: 12, Evidence: 40, Note: 50, Guidance: 50, Answered: 12, GUID: 38 };
  const PLAN = { Item: 60, Severity: 11, "First step": 60, Owner: 20, Due: 12, Evidence: 40, Note: 50, Guidance: 50 };
  const FIELDS = { n: "Note", o: "Owner", d: "Due", e: "Evidence" };
  const PRIORITY = { High: 1, Medium: 2, Low: 3 };
  const REVIEW = 182; // days until a checklist is answered again
  const SCHEMA = "https://raw.githubusercontent.com/Azure/review-checklists/main/checklists/checklist.schema.json";
  const PILLARS = ["Reliability", "Security", "Cost", "Operations", "Performance"];
  const BYTES = 5e6; // that are read, of a file and of each part that it unfolds to
  const CELL = 32767; // characters, Excel's limit

  const same = (a, b) => a.trim().toLowerCase() === b.trim().toLowerCase();
  const stateOf = (word) => Object.keys(STATES).find((s) => [STATES[s], say(STATES[s]), AZURE[s]].some((name) => same(word, name))) ?? (word.trim() ? undefined : "");

  // Ask in the list's dialog; answers the button's value or, where there is something to fill in, what was filled in

  const ask = (list, question, { yes = "", no = "Cancel", offers = yes && ["yes"], lines = [], name, states }) => new Promise((resolve) => {
    const dialog = list.querySelector(".guidekit-dialog");
    const buttons = all("button", dialog);
    const fields = all("input, select", dialog);
    const [input, chooser] = fields;
    const describe = (told) => dialog.querySelector("ul").replaceChildren(...told.map((line) => {
      const [lead, rest] = [line].flat().length > 1 ? line : ["", line]; // what a button is called, and what it does
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
    const counts = { s: [0, 0, 0], n: [0, 0, 0], o: [0, 0, 0] };
    for (const guid in next) {
      for (const part of "snode") {
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

  const addWorkload = (data, name, items = {}) => {
    const made = Date.now().toString(36) + Math.random().toString(36).slice(2, 6);
    choose(made);
    data.workloads[made] = { name: nameFor(data, name), items };
  };

  const tellName = (wanted) => { // where another workload had it
    const { name } = workload();
    if (name !== wanted) notify(say("There is a workload “{0}” already. This one is called “{1}”.", wanted, name));
  };

  const act = (list, edit, did) => { // and offer to undo it
    const guids = guidsOf(list);
    const before = pick(workload().items, guids);
    const state = change(edit, did, guids);
    if (state) notify(`${say(did === "Merge" ? "Merged." : did === "Replace" ? "Replaced." : "Cleared.")} ${tell(before, pick(workload().items, guids))}`, state.id && state);
  };

  const restore = (state) => {
    const { id: own, name, at, items } = state;
    const edit = (_, data) => {
      data.kept = data.kept.filter((it) => it.id !== own || it.at !== at);
      for (const [other, it] of Object.entries(data.workloads)) { // one that took the place of the last has nothing in it
        if (other !== own && it.name === name && equal(it.items, {})) delete data.workloads[other];
      }
      data.workloads[own] ??= { name: nameFor(data, name), items: {} };
      if (state.past) data.workloads[own].past ??= state.past;
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

  const takeIn = async (list, source, { answers, left, name }) => {
    const got = gather(list, answers, left);
    const silent = Object.fromEntries(Object.keys(FIELDS).map((field) => [field, answers.every((it) => it[field] === undefined)]));
    const next = (way, items) => Object.fromEntries(guidsOf(list).map((guid) => [guid, become(way, items[guid], got.get(guid), silent)]));
    const edit = (way) => (items) => {
      const answers = next(way, items);
      for (const li of itemsOf(list)) {
        const answer = answers[li.dataset.guid] ?? {}, own = items[li.dataset.guid];
        const changed = Object.fromEntries([..."snode"].filter((part) => (answer[part] ?? "") !== (own?.[part] ?? "")).map((part) => [part, answer[part] ?? ""]));
        if (!equal(changed, {})) set(items, li, changed);
      }
    };
    const count = (part) => [...got.values()].filter((it) => it[part]).length;
    const carries = say("{0} carries {1} and {2} for this guide.", source, say("{0} answer|{0} answers", count("s")), say("{0} note|{0} notes", count("n")));
    const unused = unusable(left);
    if (!got.size) return ask(list, carries, { no: "Close", lines: unused });
    const { items } = workload();
    const lines = [
      [`${say("New workload")}: `, `${say("yours stays as it is.")} ${tell({}, next("Replace", {}))}`],
      [`${say("Merge")}: `, `${say("yours stays where this has none, and no note goes.")} ${tell(items, next("Merge", items))}`],
      [`${say("Replace")}: `, `${say("yours goes where this has none.")} ${tell(items, next("Replace", items))}`],
      ...unused,
    ];
    const way = await ask(list, carries, { offers: ["New workload", "Merge", "Replace"], lines });
    if (way) leave(list);
    if (way === "New workload") {
      const made = {};
      edit("Replace")(made);
      if (change((_, data) => addWorkload(data, short(name, 55), made), "")) notify(say("“{0}” was added, and is shown.", workload().name));
    } else if (way) act(list, edit(way), way);
    return way;
  };

  const take = async (list, file) => {
    const name = short(file.name, 60);
    const found = await read(file, list.dataset.title);
    if (found.answers.length) return takeIn(list, name, found);
    return ask(list, say("{0} {1}: nothing in it can be used.", name, found.why), { no: "Close" });
  };

  // A link's answers are only looked at, until the reader takes them over

  let visited = null;

  const visit = async (list) => {
    const link = location.hash.match(/^#ck=(.*)/);
    if (!link || (visited === link[1] && view().found)) return;
    const found = readLink(link[1], [...guidsOf(list), ...aliases().keys()]);
    const left = [...found.left], got = gather(list, found.answers, left);
    if (!got.size) {
      clean();
      return ask(list, say("This link carries no answer for this guide."), { no: "Close", lines: unusable(left) });
    }
    visited = link[1];
    host({ name: found.name, items: Object.fromEntries(got), found });
    const bar = list.querySelector(".guidekit-shared");
    bar.hidden = false;
    const count = say("{0} answer|{0} answers", got.size);
    put(bar.querySelector("span"), [say("You look at shared answers: {0}. Yours are as they were.", count), ...unusable(left)].join(" "));
  };

  const clean = () => history.replaceState(history.state, "", location.pathname + location.search);

  const leave = (list) => {
    if (!view().found) return;
    visited = null;
    clean();
    list.querySelector(".guidekit-shared").hidden = true;
    host(null);
  };

  // Reading: what answers are taken from, and what is left of it that is no answer

  const readLink = (text, guids) => {
    const known = guids.map((guid) => [guid.replaceAll("-", ""), guid]);
    const answers = [];
    const rest = text.replace(/(.)([0-9a-f]{6,32})/g, (_, word, digits) => {
      const found = known.filter(([plain]) => plain.startsWith(digits));
      answers.push({ guid: found.length === 1 ? found[0][1] : digits, word, s: STATES[word] && word });
      return "";
    });
    return { answers, left: rest ? [say("no answer “{0}”", short(rest, 40))] : [], name: say("Shared answers") };
  };

  const fromRows = (rows) => {
    const top = rows.findIndex((row) => row.some((cell) => same(cell, "GUID")));
    const place = (name) => rows[top].findIndex((cell) => same(cell, name) || same(cell, say(name)));
    if (top < 0) return [];
    const [guid, status] = ["GUID", "Status"].map(place);
    const fields = Object.entries(FIELDS).map(([field, name]) => [field, place(name)]).filter(([, at]) => at >= 0);
    return rows.slice(top + 1).filter((row) => row.some((cell) => cell.trim())).map((row) => (
      { guid: row[guid] ?? "", word: row[status] ?? "", ...Object.fromEntries(fields.map(([field, at]) => [field, row[at] ?? ""])) }));
  };

  const cellsOf = (text, separator, left) => {
    const rows = [[]];
    let cell = "", quoted = false;
    for (let at = 0; at <= text.length; at += 1) {
      const mark = text[at];
      if (quoted && mark !== undefined) {
        if (mark !== '"') cell += mark;
        else if (text[at + 1] === '"') cell += text[at += 1];
        else quoted = false;
      } else if (mark === '"' && !cell) quoted = true;
      else if (mark === separator || mark === "\n" || mark === "\r" || mark === undefined) {
        rows.at(-1).push(cell.replace(/^'(?='*[=+\-@\t\r\n])/, ""));
        cell = "";
        if (mark !== separator) rows.push([]);
      } else cell += mark;
    }
    if (quoted) left.push("the file ends within a cell");
    return rows;
  };

  const fromCSV = (text, left) => {
    for (const separator of ",;\t") {
      const lost = [];
      const answers = fromRows(cellsOf(text, separator, lost));
      if (!answers.length) continue;
      left.push(...lost);
      return answers;
    }
    return [];
  };

  const fromJSON = (text) => JSON.parse(text).items.map((item) => ({
    guid: String(item?.guid ?? ""),
    word: String(item?.status?.name ?? item?.status ?? ""),
    ...Object.fromEntries([["n", "comments"], ["o", "owner"], ["d", "due"], ["e", "evidence"]]
      .filter(([, name]) => item?.[name] !== undefined).map(([field, name]) => [field, String(item[name] ?? "")])),
  }));

  const fromMarkdown = (text) => {
    const task = /^[-*+] \[([ x])\] ([^\r\n]*)((?:\r?\n {2,}[->][^\r\n]*)*)/gim;
    return Array.from(text.matchAll(task), ([, mark, line, more]) => {
      const [, guid = line, facts = "", rest] = line.match(/^.*#([\da-f-]{36})\) \(([^)]*)\)(.*)/is) ?? [];
      const parts = facts.split(", ");
      const own = parts.find((part) => stateOf(part)) ?? (parts.length === 2 && !rest && !PILLARS.includes(parts[1]) ? parts[1] : "");
      const word = mark !== " " ? STATES.i : stateOf(own) === "i" ? "" : own; // the box decides
      const answer = { guid, word, n: "" };
      for (const it of more.split(/\r?\n/)) {
        const [, name, value] = it.match(/^ {2,}- ([^:]*): ([^]*)/) ?? [];
        const field = Object.keys(FIELDS).find((key) => name && (same(name, FIELDS[key]) || same(name, say(FIELDS[key]))));
        if (field) answer[field] = value.replace(/^<([^]*)>$/, "$1").replace(/\\([\\`*_[\]<>])/g, "$1");
        else if (it) answer.n += `\n${it.replace(/^ {2,}> ?/, "")}`;
      }
      return { ...answer, n: answer.n.trim() };
    });
  };

  // Dates: a spreadsheet writes them in its own way; which of day and month comes first, the reader's language says

  const dayOf = (text) => {
    const [, year, month, day] = text.match(/^(\d{4})-(\d\d?)-(\d\d?)(?:T.*)?$/) ?? [];
    const [, a, mark, b, long] = text.match(/^(\d{1,2})([./-])(\d{1,2})[./-](\d{4})$/) ?? [];
    const [, serial] = text.match(/^(\d{5})(?:\.0*)?$/) ?? [];
    let parts = [year, month, day];
    if (serial) return new Date((serial - 25569) * 864e5).toISOString().slice(0, 10);
    if (a) {
      const first = new Intl.DateTimeFormat().formatToParts().find(({ type }) => /day|month/.test(type)).type;
      parts = b > 12 || (mark === "/" && a <= 12 && first === "month") ? [long, a, b] : [long, b, a];
    }
    const made = parts.map((part, at) => String(part).padStart(at ? 2 : 4, "0")).join("-");
    return new Date(`${made}T00:00Z`).toJSON()?.startsWith(made) ? made : undefined;
  };

  // A workbook is a ZIP file of XML parts; another program has perhaps written it anew

  const unfold = async (body, method) => {
    const stream = new Blob([body]).stream();
    const reader = (method ? stream.pipeThrough(new DecompressionStream("deflate-raw")) : stream).getReader();
    const chunks = [];
    for (let size = 0; ;) {
      const { done, value } = await reader.read();
      if (done) return new Blob(chunks).text();
      size += value.length;
      if (size > BYTES) throw new Error("it unfolds to more than it may");
      chunks.push(value);
    }
  };

  const unzip = (bytes) => {
    const view = new DataView(bytes.buffer);
    const two = (at) => view.getUint16(at, true), four = (at) => view.getUint32(at, true);
    let end = bytes.length - 22;
    while (four(end) !== 0x06054b50) end -= 1; // before the beginning this throws
    const parts = new Map();
    let at = four(end + 16);
    for (let count = two(end + 10); count; count -= 1) {
      const length = two(at + 28), start = four(at + 42), method = two(at + 10), size = four(at + 20);
      const name = new TextDecoder().decode(bytes.subarray(at + 46, at + 46 + length));
      const from = start + 30 + two(start + 26) + two(start + 28);
      parts.set(name, () => unfold(bytes.subarray(from, from + size), method));
      at += 46 + length + two(at + 30) + two(at + 32);
    }
    return parts;
  };

  const tags = (node, name) => [...node.getElementsByTagNameNS("*", name)];
  const unescaped = (text) => text.replace(/_x([\da-f]{4})_/gi, (_, digits) => String.fromCharCode(parseInt(digits, 16)));
  const textOf = (node) => unescaped(tags(node, "t").filter((t) => !t.closest("rPh")).map((t) => t.textContent).join(""));

  const xmlOf = async (parts, name) => {
    const text = await parts.get(name)?.() ?? "<none/>";
    if (text.includes("<!DOCTYPE")) throw new Error("entities could unfold to more than they may");
    return new DOMParser().parseFromString(text, "application/xml");
  };

  const rowsOfSheet = (sheet, strings) => tags(sheet, "row").map((row) => {
    const cells = [];
    for (const cell of tags(row, "c")) {
      const column = cell.getAttribute("r")?.match(/^[A-Z]{1,3}(?=\d)/)?.[0];
      const at = column ? [...column].reduce((sum, letter) => sum * 26 + letter.charCodeAt() - 64, 0) - 1 : cells.length;
      const type = cell.getAttribute("t"), value = tags(cell, "v")[0]?.textContent ?? "";
      cells[at] = type === "s" ? strings[value] : type === "inlineStr" ? textOf(cell) : unescaped(value);
    }
    return Array.from(cells, (cell) => cell ?? "");
  });

  const fromWorkbook = async (bytes) => {
    const parts = unzip(bytes);
    const [book, relations, table] = await Promise.all(
      ["workbook.xml", "_rels/workbook.xml.rels", "sharedStrings.xml"].map((name) => xmlOf(parts, `xl/${name}`)));
    const strings = tags(table, "si").map(textOf);
    for (const { attributes } of tags(book, "sheet")) {
      const id = [...attributes].find(({ localName }) => localName === "id")?.value;
      const target = tags(relations, "Relationship").find((it) => it.getAttribute("Id") === id)?.getAttribute("Target") ?? "";
      const sheet = await xmlOf(parts, target.startsWith("/") ? target.slice(1) : `xl/${target}`);
      const answers = fromRows(rowsOfSheet(sheet, strings));
      if (answers.length) return answers;
    }
    return [];
  };

  const textIn = (bytes) => {
    if (bytes[0] === 255 && bytes[1] === 254) return new TextDecoder("utf-16le").decode(bytes);
    try { return new TextDecoder("utf-8", { fatal: true }).decode(bytes); } catch { /* as Excel writes CSV in the West */ }
    return new TextDecoder("windows-1252").decode(bytes);
  };

  const read = async (file, title) => {
    if (file.size > BYTES) return { answers: [], why: say("is larger than {0} MB", BYTES / 1e6) };
    const left = [];
    let answers = [], name = "";
    try {
      const bytes = new Uint8Array(await file.arrayBuffer());
      const text = textIn(bytes).trim();
      if (bytes[0] === 80 && bytes[1] === 75) answers = await fromWorkbook(bytes);
      else if (text.startsWith("{")) {
        answers = fromJSON(text);
        name = String(JSON.parse(text).workload ?? "").trim();
      } else {
        answers = fromCSV(text, left);
        if (!answers.length) {
          answers = fromMarkdown(text);
          const head = text.match(/^# (.*)/)?.[1].replace(/\\([\\`*_[\]<>])/g, "$1") ?? "";
          if (head.startsWith(`${title}: `)) name = head.slice(title.length + 2).trim();
        }
      }
    } catch { answers = []; }
    for (const answer of answers) {
      const day = answer.d?.trim(), known = day && dayOf(day);
      if (day && !known) left.push(say("no date “{0}”", short(day, 40)));
      if (answer.d !== undefined) answer.d = known || (day ? undefined : "");
    }
    return {
      answers: answers.map(({ word, n, ...rest }) => ({ ...rest, word, s: stateOf(word), n: n?.replace(/\r\n?/g, "\n") })),
      left,
      name: name || file.name.replace(/\.\w+$/, "").replace(`${title} - `, ""),
      why: say("is no export of a checklist"),
    };
  };

  // Writing: what a file's name ends with, its type and its content

  const firstStep = (guid) => { // the first sentence of an item's guidance on this page
    let node = document.getElementById(guid)?.nextElementSibling;
    for (let heading = false; node; node = node.nextElementSibling) {
      if (/^H[1-6]$/.test(node.tagName)) {
        if (heading) return "";
        heading = true;
      } else if (node.matches("p:not([class])")) return node.textContent.trim().match(/^.+?[.!?](?=\s|$)/s)?.[0] ?? node.textContent.trim();
    }
    return "";
  };

  const rowsOf = (list) => inScope(list).map((li) => {
    const { guid, severity, waf, service, step } = li.dataset;
    const { s = "", n = "", o = "", d = "", e = "", t = "" } = answerOf(li);
    const statement = li.querySelector(".guidekit-item__statement").textContent;
    const url = li.querySelector(".guidekit-item__answers a").href;
    return { s, n, o, d, e, t, guid, severity, waf, service, statement, url, step: step ?? firstStep(guid) };
  });

  const gapsOf = (list) => rowsOf(list).filter(({ s }) => s === "g");

  const CELLS = {
    Item: "statement", Severity: "severity", Owner: "o", Due: "d", Evidence: "e", Note: "n", Guidance: "url", Answered: "t", GUID: "guid", "First step": "step",
  };
  const table = (rows, columns) => [Object.keys(columns).map((name) => say(name)), ...rows.map((row) => (
    Object.keys(columns).map((name) => (name === "Status" ? say(STATES[row.s]) : name === "Severity" ? say(row.severity) : row[CELLS[name]]))))];

  const plain = (text) => text.replace(/[\\`*_[\]<>]/g, "\\$&");

  const task = (row, about, withStep) => `- [${row.s === "i" ? "x" : " "}] [${plain(row.statement)}](${row.url})${about}` + [
    withStep && row.step && `- ${say("First step")}: ${plain(row.step)}`,
    row.o && `- ${say("Owner")}: ${plain(row.o)}`,
    row.d && `- ${say("Due")}: ${row.d}`,
    row.e && `- ${say("Evidence")}: ${/^https?:\S+$/.test(row.e) ? `<${row.e}>` : plain(row.e)}`,
    ...(row.n ? row.n.split("\n").map((line) => `> ${line}`) : []),
  ].filter(Boolean).map((line) => `\n  ${line}`).join("");

  const markdown = (title, name, status, parts) => [".md", "text/markdown", [`# ${plain(`${title}: ${name}`)}`, `${status}.`, ...parts].join("\n\n") + "\n"];

  const toMarkdown = (rows, title, name, status) => markdown(title, name, status,
    [rows.map((row) => task(row, ` (${say(row.severity)}, ${say(STATES[row.s])})`)).join("\n")]);

  const toPlan = (rows, title, name) => markdown(title, name, gapCount(rows), Object.keys(PRIORITY).flatMap((severity) => {
    const some = rows.filter((row) => row.severity === severity);
    return some.length ? [`## ${say(`${severity} severity`)}`, some.map((row) => task(row, "", true)).join("\n")] : [];
  }));

  const gapCount = (rows) => say("Plan: {0} gap|Plan: {0} gaps", rows.length);

  const csv = (rows) => {
    const quoted = (text) => `"${String(text).replace(/^'*[=+\-@\t\r\n]/, "'$&").replaceAll('"', '""')}"`;
    return [".csv", "text/csv", "\uFEFF" + rows.map((row) => row.map(quoted).join(",") + "\r\n").join("")];
  };

  const toCSV = (rows) => csv(table(rows, COLUMNS));

  const lines = (row) => [
    row.step, row.o && `${say("Owner")}: ${row.o}`, row.d && `${say("Due")}: ${row.d}`, row.e && `${say("Evidence")}: ${row.e}`, row.n, row.url,
  ].filter(Boolean);

  const html = (text) => text.replace(/[&<>"]/g, (mark) => `&#${mark.charCodeAt()};`).replaceAll("\n", "<br>");

  const toDevOps = (rows, title, name) => csv([
    ["Work Item Type", "Title", "Description", "Priority", "Tags"],
    ...rows.map((row) => ["Task", row.statement.slice(0, 255), lines(row).map(html).join("<br>"), PRIORITY[row.severity], [title, name].map((it) => it.replaceAll(";", ",")).join("; ")]),
  ]);

  const toIssues = (rows, title) => csv([
    ["title", "body", "labels"],
    ...rows.map((row) => [row.statement.slice(0, 255), lines(row).join("\n\n"), `${title.replaceAll(",", " ")},${row.severity}`]),
  ]);

  const toCalendar = (rows, title, name) => {
    const stamp = (days) => new Date(Date.now() + days * 864e5).toISOString().replace(/[-:]|\.\d+/g, "");
    const escaped = (text) => text.replace(/[\\;,]/g, "\\$&").replaceAll("\n", "\\n");
    const fold = (line) => { // at 75 bytes, and in no character
      let room = 75, made = "";
      for (const mark of line) {
        const size = new TextEncoder().encode(mark).length;
        if (size > room) {
          made += "\r\n ";
          room = 74;
        }
        made += mark;
        room -= size;
      }
      return `${made}\r\n`;
    };
    const content = [
      "BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//guidekit//checklist//EN", "BEGIN:VEVENT",
      `UID:${Date.now().toString(36)}${Math.random().toString(36).slice(2)}@guidekit`,
      `DTSTAMP:${stamp(0)}`, `DTSTART;VALUE=DATE:${stamp(REVIEW).slice(0, 8)}`,
      `SUMMARY:${escaped(say("Answer the checklist “{0}” again for “{1}”", title, name))}`,
      `DESCRIPTION:${escaped([gapCount(rows), ...rows.map(({ statement, o, d }) => [statement, o, d].filter(Boolean).join(", "))].join("\n"))}`,
      `URL:${location.href.split(/[?#]/)[0]}`, "END:VEVENT", "END:VCALENDAR",
    ];
    return [".ics", "text/calendar", content.map(fold).join("")];
  };

  const toJSON = (rows, title, name) => {
    const named = (...names) => names.map((name) => ({ name }));
    const items = rows.map(({ s, n, o, d, e, guid, severity, waf, service, statement, url }) => ({
      category: title, subcategory: title, text: statement, guid, severity, link: url,
      ...(waf && { waf }), ...(service && { service }), status: { name: AZURE[s] }, comments: n,
      ...(o && { owner: o }), ...(d && { due: d }), ...(e && { evidence: e }),
    }));
    const timestamp = new Date().toLocaleDateString("en-US", { dateStyle: "long" });
    return [".json", "application/json", JSON.stringify({
      $schema: SCHEMA, items, categories: named(title), status: named(...Object.values(AZURE)), workload: name,
      waf: named(...PILLARS),
      severities: named("High", "Medium", "Low"), yesno: named("Yes", "No"),
      metadata: { name: title, state: "GA", waf: "all", timestamp },
    }, null, 2)];
  };

  // The parts of a workbook are stored, not compressed

  const CRC = Uint32Array.from({ length: 256 }, (_, n) => {
    for (let bit = 8; bit--;) n = n & 1 ? 0xedb88320 ^ (n >>> 1) : n >>> 1;
    return n;
  });
  const crc = (bytes) => ~bytes.reduce((sum, byte) => CRC[(sum ^ byte) & 255] ^ (sum >>> 8), -1) >>> 0;
  const little = (widths, ...numbers) => Uint8Array.from(
    numbers.flatMap((number, at) => Array.from({ length: widths[at] }, (_, byte) => (number >>> (8 * byte)) & 255)));

  const zip = (files) => {
    const encoder = new TextEncoder();
    const bodies = [], index = [];
    let offset = 0;
    for (const [name, text] of Object.entries(files)) {
      const path = encoder.encode(name), body = encoder.encode(text), size = body.length;
      const about = little("2222244422", 20, 2048, 0, 0, 33, crc(body), size, size, path.length, 0);
      bodies.push(little("4", 0x04034b50), about, path, body);
      index.push(little("42", 0x02014b50, 20), about, little("22244", 0, 0, 0, 0, offset), path);
      offset += 30 + path.length + size;
    }
    const count = index.length / 4, size = index.reduce((sum, part) => sum + part.length, 0);
    return new Blob([...bodies, ...index, little("42222442", 0x06054b50, 0, 0, count, count, size, offset, 0)]);
  };

  const workbook = (items, columns) => {
    const hex = (mark) => `_x${mark.charCodeAt().toString(16).toUpperCase().padStart(4, "0")}_`; // as Excel writes what XML cannot
    const xml = (text) => text.slice(0, CELL).replace(/_(?=x[\da-f]{4}_)/gi, hex)
      .replace(/[^\t\n -\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu, hex).replace(/[&<>"]/g, (mark) => `&#${mark.charCodeAt()};`);
    const main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    const office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    const packed = "http://schemas.openxmlformats.org/package/2006/";
    const kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.";
    const head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>';
    const rels = (...parts) => `${head}<Relationships xmlns="${packed}relationships">${parts.map(([type, target], at) =>
      `<Relationship Id="r${at}" Type="${office}/${type}" Target="${target}"/>`).join("")}</Relationships>`;
    const part = (path, type) => `<Override PartName="/xl/${path}.xml" ContentType="${kind}${type}+xml"/>`;
    const rows = table(items, columns);
    const cell = (style) => (text) =>
      `<c s="${style}" t="inlineStr"><is><t xml:space="preserve">${xml(text)}</t></is></c>`;
    const letter = String.fromCharCode(64 + rows[0].length), last = `${letter}${rows.length}`;
    const status = Object.keys(columns).indexOf("Status");
    const choice = status < 0 ? "" : `<dataValidations count="1"><dataValidation type="list" allowBlank="1" sqref="C2:C${Math.max(rows.length, 2)}"><formula1>"${xml(Object.values(STATES).map((word) => say(word)).join(","))}"</formula1></dataValidation></dataValidations>`;
    return [".xlsx", "", zip({
      "[Content_Types].xml": `${head}<Types xmlns="${packed}content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>${part("workbook", "sheet.main")}${part("sheet", "worksheet")}${part("styles", "styles")}</Types>`,
      "_rels/.rels": rels(["officeDocument", "xl/workbook.xml"]),
      "xl/_rels/workbook.xml.rels": rels(["worksheet", "sheet.xml"], ["styles", "styles.xml"]),
      "xl/workbook.xml": `${head}<workbook xmlns="${main}" xmlns:r="${office}"><sheets><sheet name="Checklist" sheetId="1" r:id="r0"/></sheets><definedNames><definedName name="_xlnm._FilterDatabase" localSheetId="0" hidden="1">Checklist!$A$1:$${letter}$${rows.length}</definedName><definedName name="_xlnm.Print_Titles" localSheetId="0">Checklist!$1:$1</definedName></definedNames></workbook>`,
      "xl/styles.xml": `${head}<styleSheet xmlns="${main}"><fonts count="2"><font/><font><b/></font></fonts><fills count="1"><fill><patternFill patternType="none"/></fill></fills><borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="3"><xf/><xf numFmtId="49" applyNumberFormat="1" applyAlignment="1"><alignment vertical="top" wrapText="1"/></xf><xf fontId="1" applyFont="1"/></cellXfs><cellStyles count="1"><cellStyle name="Normal" xfId="0"/></cellStyles></styleSheet>`,
      "xl/sheet.xml": `${head}<worksheet xmlns="${main}"><sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" state="frozen"/></sheetView></sheetViews><cols>${Object.values(columns).map((width, at) =>
        `<col min="${at + 1}" max="${at + 1}" width="${width}" customWidth="1"/>`).join("")}</cols><sheetData>${rows.map((row, at) =>
        `<row>${row.map(cell(at ? 1 : 2)).join("")}</row>`).join("")}</sheetData><autoFilter ref="A1:${last}"/>${choice}<pageSetup orientation="landscape"/></worksheet>`,
    })];
  };

  const toWorkbook = (rows) => workbook(rows, COLUMNS);

  // The plan: the reader's gaps, the most severe first, each with its first step, its owner and its day

  const plan = (list) => {
    const box = list.querySelector(".guidekit-plan");
    if (!box) return;
    const gaps = gapsOf(list), open = countsOf(list)[""];
    const entries = gaps.map((row) => {
      const entry = box.querySelector("template").content.firstElementChild.cloneNode(true);
      const link = entry.querySelector("a");
      link.href = row.url;
      link.textContent = row.statement;
      entry.querySelector("small").textContent = say(`${row.severity} severity`);
      entry.querySelector("[data-part=step]").textContent = row.step;
      entry.querySelector("[data-part=who]").textContent = [row.o || say("no owner"), row.d ? say("due {0}", dateOf(row.d)) : say("no date"), ...told({ e: row.e, n: row.n })].join(" · ");
      return entry;
    });
    const texts = (them) => them.map((it) => it.textContent + it.querySelector("a").href);
    const shown = box.querySelector("ol");
    if (!equal(texts(entries), texts([...shown.children]))) shown.replaceChildren(...entries);
    put(box.querySelector(".guidekit-plan__about"), [
      gaps.length ? "" : say("There is no gap."), open ? say("{0} item is not answered yet.|{0} items are not answered yet.", open) : "",
    ].filter(Boolean).join(" "));
  };

  addEventListener("beforeprint", () => all("guidekit-checklist").forEach(plan));
  addEventListener("afterprint", () => delete document.documentElement.dataset.guidekitPrint);

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

  const download = (write, rows = rowsOf) => async (list) => {
    const { title } = list.dataset, { name } = view();
    const [extension, type, content] = await write(rows(list), title, name, sentence(list).join(""));
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([content], { type }));
    link.download = `${title} - ${name}`.replace(/[^\p{L}\p{N} .-]/gu, "_") + extension;
    link.click();
    setTimeout(URL.revokeObjectURL, 60000, link.href);
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
      const menu = back.closest(".guidekit-menu");
      if (menu) menu.open = true;
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
    Markdown: download(toMarkdown),
    CSV: download(toCSV),
    Excel: download(toWorkbook),
    JSON: download(toJSON),
    "Plan as Markdown": download(toPlan, gapsOf),
    "Plan as Excel": download((rows) => workbook(rows, PLAN), gapsOf),
    "Azure DevOps": download(toDevOps, gapsOf),
    "GitHub issues": download(toIssues, gapsOf),
    Calendar: download(toCalendar, gapsOf),
    Print: () => print(),
    "Print plan": (list) => {
      plan(list);
      document.documentElement.dataset.guidekitPrint = "plan";
      print();
    },
    Share: async (list, button) => {
      const digits = (guid) => guid.replaceAll("-", "").slice(0, list.dataset.digits);
      const answers = itemsOf(list).map((li) => (answerOf(li).s ?? "") && answerOf(li).s + digits(li.dataset.guid)).join("");
      const link = `${location.href.split("#")[0]}#ck=${answers}`;
      try {
        await navigator.clipboard.writeText(link);
        notify(say("Link copied. It carries the answers, without notes."));
      } catch {
        ask(list, link, { no: "Close" });
      }
    },
    Import: (list) => list.querySelector("[type=file]").click(),
    Clear: async (list) => {
      const lines = [tell(workload().items, pick({}, guidsOf(list)))];
      const question = say("Clear the answers and notes of “{0}” for this guide?", workload().name);
      if (await ask(list, question, { yes: "Clear", lines })) act(list, (items) => {
        for (const guid of guidsOf(list)) delete items[guid];
      }, "Clear");
    },
  };

  for (const name of ["Add", "Rename", "Delete", "Save these answers", "Restore last state", "Import", "Clear"]) {
    const own = actions[name]; // of shared answers, nothing can be changed
    actions[name] = (list) => (view().found ? notify(say("These answers are only shown. Take them over to change them.")) : own(list));
  }

  const write = { CSV: toCSV, JSON: toJSON, Excel: toWorkbook, Markdown: toMarkdown };
  Checklist.files = { actions, plan, read, take, visit, write };
})();
