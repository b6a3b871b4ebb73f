// Wires the checklists that guidekit renders: keeps answers in this browser, counts, filters, shares, exports, imports.
// Without this script, the boxes tick and print, and the links lead to the guidance.
(() => {
  if (customElements.get("guidekit-checklist")) return;

  const WORDS = { "": "Not answered", i: "In place", g: "Gap", r: "Not required", n: "Not applicable" };
  const AZURE = { "": "Not verified", i: "Fulfilled", g: "Open", r: "Not required", n: "N/A" };
  const COLUMNS = { Item: 60, Severity: 11, Status: 16, Note: 50, Guidance: 50, Answered: 12, GUID: 38 };
  const SCHEMA = "https://raw.githubusercontent.com/Azure/review-checklists/main/checklists/checklist.schema.json";
  const live = new Set();

  const all = (selector, root = document) => [...root.querySelectorAll(selector)];
  const put = (node, text) => node.textContent === text || (node.textContent = text);
  const same = (a, b) => a.toLowerCase() === b.toLowerCase();
  const stateOf = (word) => Object.keys(WORDS).find((state) => same(word, WORDS[state]) || same(word, AZURE[state]));

  // Storage: {v, current, workloads: {id: {name, items: {guid: {s: state, n: note, h: hash of the guidance, t: day}}}}}

  let key = "";
  let aliases = {};
  let memory = null; // what there is where the browser keeps nothing

  const fresh = () => ({ v: 1, current: "1", workloads: { 1: { name: "My workload", items: {} } } });

  const parsed = (text) => {
    try { return JSON.parse(text); } catch { return null; }
  };

  const load = () => {
    if (memory) return memory;
    let data;
    try {
      data = parsed(localStorage.getItem(key));
      if (data?.v > 1) throw new Error("kept by a later version, which is not to be overwritten");
    } catch {
      return (memory = fresh());
    }
    if (!data?.workloads?.[data.current]?.items) return fresh();
    let moved = false;
    for (const { items } of Object.values(data.workloads)) {
      for (const old in aliases) {
        if (!items[old]) continue;
        items[aliases[old]] ??= items[old];
        moved = delete items[old];
      }
    }
    if (moved) save(data);
    return data;
  };

  const save = (data) => {
    try {
      if (!memory) localStorage.setItem(key, JSON.stringify(data));
    } catch {
      memory = data;
    }
  };

  const change = (edit) => {
    const data = load();
    edit(data.workloads[data.current].items, data);
    save(data);
    refresh();
  };

  const set = (items, li, answer) => {
    const { guid, hash } = li.dataset;
    const next = { ...items[guid], ...answer, h: hash, t: new Date().toISOString().slice(0, 10) };
    if (next.s || next.n) items[guid] = next;
    else delete items[guid];
  };

  // What readers see

  const itemsOf = (list) => all(".guidekit-item", list);

  const filter = (list) => {
    const shown = list.querySelector("[name=guidekit-show]:checked")?.value;
    for (const li of itemsOf(list)) {
      const { state } = li.dataset;
      li.hidden = shown === "Gaps" ? state !== "" && state !== "g" : shown === "In place" && state !== "i";
    }
  };

  const showItem = (list, li, { s = "", n = "", h }) => {
    const part = (name) => li.querySelector(`.guidekit-item__${name}`);
    const area = li.querySelector("textarea");
    li.dataset.state = s;
    const word = s && s !== "i" ? WORDS[s] : ""; // a tick says enough
    put(part("state"), word);
    put(part("changed"), h && h !== li.dataset.hash ? "Guidance changed since you answered" : "");
    put(part("note"), [word, n].filter(Boolean).join(": "));
    if (area.value !== n) area.value = n; // the cursor stays
    for (const radio of all("[type=radio]", li)) radio.checked = radio.value === s;
    list.querySelector(`[data-gap="${li.dataset.guid}"]`).hidden = s !== "" && s !== "g";
    return s;
  };

  const showForm = (list, items) => {
    const states = itemsOf(list).map((li) => showItem(list, li, items[li.dataset.guid] ?? {}));
    const count = (letters) => states.filter((state) => letters.includes(state)).length;
    const total = states.length, done = count(["i"]), gaps = count(["", "g"]);
    list.querySelector("progress").value = done;
    const told = `${done} of ${total} in place, ${gaps} gap${gaps === 1 ? "" : "s"}`;
    put(list.querySelector("[role=status]"), `${told}, ${total - done - gaps} not applicable or not required`);
    put(list.querySelector(".guidekit-gaps > summary"), `Your gaps (${gaps})`);
    list.querySelector(".guidekit-gaps > p").hidden = gaps > 0;
  };

  const showGuide = (entry, items) => {
    const done = entry.dataset.guids.split(" ").filter((guid) => items[guid]?.s === "i").length;
    entry.querySelector("progress").value = done;
    put(entry.querySelector(".guidekit-guides__done"), `, ${done} in place`);
  };

  const refresh = () => {
    const data = load();
    const { items } = data.workloads[data.current];
    const options = () => Object.entries(data.workloads).map(([id, { name }]) => new Option(name, id));
    for (const list of live) {
      list.querySelector("select").replaceChildren(...options());
      list.querySelector("select").value = data.current;
      if (list.querySelector("[role=status]")) showForm(list, items);
      for (const entry of all("[data-guids]", list)) showGuide(entry, items);
      if (memory) put(list.querySelector(".guidekit-checklist__privacy"),
        "Your answers are lost when you leave this page: this browser does not keep them. Export them before you go.");
      list.toggleAttribute("data-unkept", !!memory);
    }
    for (const box of all("[data-box]")) box.checked = items[box.dataset.box]?.s === "i";
  };

  const ask = (list, question, yes, no, name) => new Promise((resolve) => {
    const dialog = list.querySelector("dialog");
    const [accept, refuse] = all("button", dialog);
    const [label, input] = all("label, input", dialog);
    dialog.querySelector("p").textContent = question;
    accept.textContent = yes;
    accept.hidden = !yes;
    refuse.textContent = no;
    label.hidden = name === undefined;
    input.value = name ?? "";
    dialog.returnValue = "";
    dialog.onclose = () => resolve(dialog.returnValue && (name === undefined || input.value.trim()));
    dialog.showModal();
  });

  // Answers from elsewhere: [{guid, word of the status, note}]; an answer without a note leaves the reader's own

  const replace = async (list, answers, source) => {
    const known = new Map(itemsOf(list).map((li) => [li.dataset.guid, li]));
    const taken = new Map();
    const left = [];
    for (const { guid = "", word = "", note } of answers) {
      const id = aliases[guid.toLowerCase()] ?? guid.toLowerCase();
      const s = stateOf(word);
      if (!known.has(id)) left.push(`no item “${guid}” here`);
      else if (s === undefined) left.push(`no status “${word}”`);
      else if (s || note) taken.set(id, note === undefined ? { s } : { s, n: note });
    }
    const used = `${source} carries ${taken.size} answer${taken.size === 1 ? "" : "s"}`;
    const unused = left.length ? ` Not usable: ${left.length} (${[...new Set(left)].slice(0, 3).join("; ")}).` : "";
    if (!taken.size) return ask(list, `${used} for this guide.${unused}`, "", "Close");
    const replaces = `${used}. They replace yours for this guide.${unused}`;
    if (!await ask(list, replaces, "Use them", "Keep mine")) return;
    const keeps = answers.every(({ note }) => note === undefined);
    change((items) => {
      for (const [guid, li] of known) set(items, li, taken.get(guid) ?? (keeps ? { s: "" } : { s: "", n: "" }));
    });
    filter(list);
  };

  const offer = (list) => {
    const link = location.hash.match(/^#ck=(.*)/);
    if (!link || !list.dataset.digits) return;
    const guids = [...itemsOf(list).map((li) => li.dataset.guid), ...Object.keys(aliases)];
    const answers = Array.from(link[1].matchAll(/(.)([0-9a-f]{6,32})/g), ([, state, digits]) => {
      const found = guids.filter((guid) => guid.replaceAll("-", "").startsWith(digits));
      return { guid: found.length === 1 ? found[0] : digits, word: WORDS[state] ?? state };
    });
    history.replaceState(history.state, "", location.pathname + location.search);
    replace(list, answers, "This link");
  };

  const fromJSON = (text) => JSON.parse(text).items.map(({ guid, status, comments }) => (
    { guid: String(guid), word: String(status?.name ?? status ?? ""), note: String(comments ?? "") }));

  const fromCSV = (text) => {
    const separator = text.match(/^"?Item"?(.)/)[1];
    const cell = new RegExp(`(?:"((?:[^"]|"")*)"|([^\\r\\n${separator}]*))(${separator}|\\r?\\n|$)`, "g");
    const rows = [[]];
    for (const [, quoted, plain, end] of text.matchAll(cell)) {
      rows.at(-1).push((quoted?.replaceAll('""', '"') ?? plain).replace(/^'(?=[=+\-@\t\r])/, ""));
      if (end !== separator) rows.push([]);
    }
    const [header, ...lines] = rows.filter((row) => row.length > 1);
    const at = (row, name) => row[header.indexOf(name)];
    return lines.map((row) => ({ guid: at(row, "GUID"), word: at(row, "Status"), note: at(row, "Note") }));
  };

  const fromMarkdown = (text) => {
    const entry = /^[-*] \[([ x])\] .*#([0-9a-f-]{36})\) \(\w+, ([^)]*)\)((?:\r?\n {2}> .*)*)/gim;
    return Array.from(text.matchAll(entry), ([, mark, guid, word, note]) => {
      const own = same(word, WORDS.i) ? "" : word;
      return { guid, word: mark === " " ? own : WORDS.i, note: note.replace(/\r?\n {2}> /g, "\n").trim() };
    });
  };

  const take = async (list, file) => {
    let answers = [];
    try {
      const text = (await file.text()).replace(/^\uFEFF/, "").trim();
      answers = (text.startsWith("{") ? fromJSON : /^"?Item"?[,;\t]/.test(text) ? fromCSV : fromMarkdown)(text);
    } catch { /* told as a file without answers */ }
    if (answers.length) return replace(list, answers, file.name);
    ask(list, `${file.name} is no export of a checklist: nothing in it can be used.`, "", "Close");
  };

  // Exports

  const rowsOf = (list) => {
    const data = load();
    const { items } = data.workloads[data.current];
    return itemsOf(list).map((li) => {
      const { guid, severity, waf, service } = li.dataset;
      const { s = "", n = "", t = "" } = items[guid] ?? {};
      const statement = li.querySelector(".guidekit-item__statement").textContent;
      const url = location.href.split("#")[0] + "#" + guid;
      return { s, n, guid, severity, waf, service, statement, url, cells: [statement, severity, WORDS[s], n, url, t, guid] };
    });
  };

  const workload = () => load().workloads[load().current].name;

  const download = (list, extension, type, content) => {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([content], { type }));
    link.download = `${list.dataset.title} - ${workload()}`.replace(/[^\p{L}\p{N} .-]/gu, "_") + extension;
    link.click();
    setTimeout(URL.revokeObjectURL, 60000, link.href);
  };

  const toMarkdown = (list) => {
    const plain = (text) => text.replace(/[\\`*_[\]<>]/g, "\\$&");
    const lines = rowsOf(list).map(({ s, n, severity, statement, url }) =>
      `- [${s === "i" ? "x" : " "}] [${plain(statement)}](${url}) (${severity}, ${WORDS[s]})`
      + n.replace(/^/, n && "\n").replace(/\n/g, "\n  > "));
    const status = list.querySelector("[role=status]").textContent;
    return `# ${plain(`${list.dataset.title}: ${workload()}`)}\n\n${status}.\n\n${lines.join("\n")}\n`;
  };

  const toCSV = (list) => {
    const quoted = (text) => `"${text.replace(/^[=+\-@\t\r]/, "'$&").replaceAll('"', '""')}"`;
    const rows = [Object.keys(COLUMNS), ...rowsOf(list).map(({ cells }) => cells)];
    return "\uFEFF" + rows.map((row) => row.map(quoted).join(",") + "\r\n").join("");
  };

  const named = (...names) => names.map((name) => ({ name }));

  const toJSON = (list) => {
    const { title } = list.dataset;
    const items = rowsOf(list).map(({ s, n, guid, severity, waf, service, statement, url }) => ({
      category: title, subcategory: title, text: statement, guid, severity, link: url,
      ...(waf && { waf }), ...(service && { service }), status: { name: AZURE[s] }, comments: n,
    }));
    const timestamp = new Date().toLocaleDateString("en-US", { dateStyle: "long" });
    return JSON.stringify({
      $schema: SCHEMA, items, categories: named(title), status: named(...Object.values(AZURE)), workload: workload(),
      waf: named("Reliability", "Security", "Cost", "Operations", "Performance"),
      severities: named("High", "Medium", "Low"), yesno: named("Yes", "No"),
      metadata: { name: title, state: "GA", waf: "all", timestamp },
    }, null, 2);
  };

  // A workbook is a ZIP file of XML parts; stored, not compressed

  const CRC = Uint32Array.from({ length: 256 }, (_, n) => {
    for (let bit = 8; bit--;) n = n & 1 ? 0xedb88320 ^ (n >>> 1) : n >>> 1;
    return n;
  });
  const crc = (bytes) => ~bytes.reduce((sum, byte) => CRC[(sum ^ byte) & 255] ^ (sum >>> 8), -1) >>> 0;
  const little = (widths, ...numbers) => Uint8Array.from(
    numbers.flatMap((number, at) => Array.from({ length: widths[at] }, (_, byte) => (number >>> (8 * byte)) & 255)));

  const zip = async (files) => {
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

  const toWorkbook = (list) => {
    const xml = (text) => text.replace(/[^\t\n\r -\uFFFD]/gu, "").replace(/[&<>"]/g, (mark) => `&#${mark.charCodeAt()};`);
    const main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    const office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    const packed = "http://schemas.openxmlformats.org/package/2006/";
    const kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.";
    const head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>';
    const rels = (...parts) => `${head}<Relationships xmlns="${packed}relationships">${parts.map(([type, target], at) =>
      `<Relationship Id="r${at}" Type="${office}/${type}" Target="${target}"/>`).join("")}</Relationships>`;
    const part = (path, type) => `<Override PartName="/xl/${path}.xml" ContentType="${kind}${type}+xml"/>`;
    const rows = [Object.keys(COLUMNS), ...rowsOf(list).map(({ cells }) => cells)];
    const cell = (style) => (text) =>
      `<c s="${style}" t="inlineStr"><is><t xml:space="preserve">${xml(text)}</t></is></c>`;
    const last = `G${rows.length}`;
    return zip({
      "[Content_Types].xml": `${head}<Types xmlns="${packed}content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>${part("workbook", "sheet.main")}${part("sheet", "worksheet")}${part("styles", "styles")}</Types>`,
      "_rels/.rels": rels(["officeDocument", "xl/workbook.xml"]),
      "xl/_rels/workbook.xml.rels": rels(["worksheet", "sheet.xml"], ["styles", "styles.xml"]),
      "xl/workbook.xml": `${head}<workbook xmlns="${main}" xmlns:r="${office}"><sheets><sheet name="Checklist" sheetId="1" r:id="r0"/></sheets><definedNames><definedName name="_xlnm._FilterDatabase" localSheetId="0" hidden="1">Checklist!$A$1:$G$${rows.length}</definedName><definedName name="_xlnm.Print_Titles" localSheetId="0">Checklist!$1:$1</definedName></definedNames></workbook>`,
      "xl/styles.xml": `${head}<styleSheet xmlns="${main}"><fonts count="2"><font/><font><b/></font></fonts><fills count="1"><fill><patternFill patternType="none"/></fill></fills><borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="3"><xf/><xf applyAlignment="1"><alignment vertical="top" wrapText="1"/></xf><xf fontId="1" applyFont="1"/></cellXfs><cellStyles count="1"><cellStyle name="Normal" xfId="0"/></cellStyles></styleSheet>`,
      "xl/sheet.xml": `${head}<worksheet xmlns="${main}"><sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" state="frozen"/></sheetView></sheetViews><cols>${Object.values(COLUMNS).map((width, at) =>
        `<col min="${at + 1}" max="${at + 1}" width="${width}" customWidth="1"/>`).join("")}</cols><sheetData>${rows.map((row, at) =>
        `<row>${row.map(cell(at ? 1 : 2)).join("")}</row>`).join("")}</sheetData><autoFilter ref="A1:${last}"/><dataValidations count="1"><dataValidation type="list" allowBlank="1" sqref="C2:C${rows.length}"><formula1>"${Object.values(WORDS)}"</formula1></dataValidation></dataValidations><pageSetup orientation="landscape"/></worksheet>`,
    });
  };

  const actions = {
    Add: async (list) => {
      const name = await ask(list, "What is the new workload called?", "Add", "Cancel", "");
      if (name) change((_, data) => {
        data.current = Date.now().toString(36);
        data.workloads[data.current] = { name, items: {} };
      });
    },
    Rename: async (list) => {
      const name = await ask(list, "What is this workload called?", "Rename", "Cancel", workload());
      if (name) change((_, data) => { data.workloads[data.current].name = name; });
    },
    Delete: async (list) => {
      const question = `Delete “${workload()}” with all its answers, also those for other guides?`;
      if (await ask(list, question, "Delete", "Cancel")) change((_, data) => {
        delete data.workloads[data.current];
        const [left] = Object.keys(data.workloads);
        Object.assign(data, left ? { current: left } : fresh());
      });
    },
    Markdown: (list) => download(list, ".md", "text/markdown", toMarkdown(list)),
    CSV: (list) => download(list, ".csv", "text/csv", toCSV(list)),
    Excel: async (list) => download(list, ".xlsx", "", await toWorkbook(list)),
    JSON: (list) => download(list, ".json", "application/json", toJSON(list)),
    Print: () => print(),
    "Copy link": async (list, button) => {
      const digits = (guid) => guid.replaceAll("-", "").slice(0, list.dataset.digits);
      const answers = rowsOf(list).map(({ s, guid }) => s && s + digits(guid)).join("");
      const link = `${location.href.split("#")[0]}#ck=${answers}`;
      try {
        await navigator.clipboard.writeText(link);
        button.textContent = "Link copied";
        const status = list.querySelector("[role=status]");
        if (!status.textContent.startsWith("Link")) status.prepend("Link copied. ");
      } catch {
        ask(list, link, "", "Close");
      }
    },
    Import: (list) => list.querySelector("[type=file]").click(),
    Clear: async (list) => {
      const question = `Clear the answers and notes of “${workload()}” for this guide?`;
      if (await ask(list, question, "Clear", "Cancel")) change((items) => {
        for (const li of itemsOf(list)) delete items[li.dataset.guid];
      });
    },
  };

  // One listener for all: the boxes beside the guidance are outside the element

  document.addEventListener("change", ({ target }) => {
    const list = target.closest("guidekit-checklist");
    const li = target.closest(".guidekit-item") ?? document.querySelector(`li[data-guid="${target.dataset.box}"]`);
    if (target.dataset.box) change((items) => set(items, li, { s: target.checked ? "i" : "" }));
    else if (!list || target.matches("textarea, dialog *")) return;
    else if (li) change((items) => set(items, li, { s: target.value }));
    else if (target.matches("select")) change((_, data) => { data.current = target.value; });
    else if (target.files?.length) {
      take(list, target.files[0]);
      target.value = ""; // so that the same file can be chosen again
      return;
    }
    if (list && !li) filter(list);
  });

  document.addEventListener("input", ({ target }) => {
    if (!target.matches(".guidekit-item textarea")) return;
    change((items) => set(items, target.closest(".guidekit-item"), { n: target.value }));
  });

  document.addEventListener("click", ({ target }) => {
    const button = target.closest("guidekit-checklist [data-do]");
    if (button) actions[button.dataset.do](button.closest("guidekit-checklist"), button);
  });

  addEventListener("storage", (event) => (event.key === key || event.key === null) && refresh());
  addEventListener("hashchange", () => live.forEach(offer));

  customElements.define("guidekit-checklist", class extends HTMLElement {
    connectedCallback() {
      const [path, url] = [location.pathname, this.dataset.url].map((text) => text.replace(/index\.html$/, ""));
      key = `${path.endsWith(url) ? path.slice(0, path.length - url.length) : "/"}.guidekit.v1`;
      aliases = JSON.parse(this.dataset.aliases);
      live.add(this);
      refresh();
      offer(this);
    }

    disconnectedCallback() {
      live.delete(this);
    }
  });
})();
