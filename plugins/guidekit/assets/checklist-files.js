// Reads and writes the files of a checklist, and takes answers in; checklist.js loads this as soon as there is something
// to save. What files and links hold is a stranger's: it is only ever taken as text, and in bounds.
(() => {
  const Checklist = customElements.get("guidekit-checklist");
  const { WORDS, act, addWorkload, ask, both, change, current, guidsOf, itemsOf, notify, plural, set, short, tell, workload } = Checklist.own;
  const AZURE = { "": "Not verified", i: "Fulfilled", g: "Open", r: "Not required", n: "N/A" };
  const COLUMNS = { Item: 60, Severity: 11, Status: 16, Note: 50, Guidance: 50, Answered: 12, GUID: 38 };
  const SCHEMA = "https://raw.githubusercontent.com/Azure/review-checklists/main/checklists/checklist.schema.json";
  const PILLARS = ["Reliability", "Security", "Cost", "Operations", "Performance"];
  const MOST = 5e6; // bytes that are read, of a file and of each part that it unfolds to
  const CELL = 32767; // characters, Excel's limit

  const same = (a, b) => a.trim().toLowerCase() === b.trim().toLowerCase();
  const stateOf = (word) => Object.keys(WORDS).find((s) => same(word, WORDS[s]) || same(word, AZURE[s])) ?? (word.trim() ? undefined : "");

  // Answers from elsewhere: [{guid, word of the status, s, n}]; where there is no n, the reader's own note is left alone

  const join = (own, { s, n }) => ({ s: s || own?.s, n: both(own?.n, n) });

  const gather = (list, answers, left) => { // by item; what cannot be used is left
    const known = guidsOf(list);
    const got = new Map();
    for (const { guid, word, s, n } of answers) {
      const lower = guid.trim().toLowerCase();
      const id = current(lower);
      const before = got.get(id);
      if (!known.includes(id)) {
        if (s !== "" || n) left.push(`no item “${short(guid, 40)}” here`);
        continue;
      }
      if (s === undefined) left.push(`no status “${short(word, 40)}”`);
      if (s && before?.s && s !== before.s) left.push("another answer for the same item, of which the last counts");
      if (s || n) got.set(id, join(before, { s, n }));
    }
    return got;
  };

  const become = (way, own, it, silent) => { // an answer of the reader's, and one from elsewhere where there is one
    if (way === "Merge") return it ? join(own, it) : own;
    return { s: it?.s, n: it ? it.n ?? own?.n : silent ? own?.n : "" };
  };

  const takeIn = async (list, source, { answers, left, name }) => {
    const got = gather(list, answers, left);
    const silent = answers.every(({ n }) => n === undefined); // about notes
    const next = (way, items) => Object.fromEntries(guidsOf(list).map((guid) => [guid, become(way, items[guid], got.get(guid), silent)]));
    const edit = (way) => (items) => {
      const answers = next(way, items);
      for (const li of itemsOf(list)) {
        const { s = "", n = "" } = answers[li.dataset.guid] ?? {}, own = items[li.dataset.guid];
        if (s !== (own?.s ?? "") || n !== (own?.n ?? "")) set(items, li, { s, n });
      }
    };
    const count = (part, noun) => plural([...got.values()].filter((it) => it[part]).length, noun);
    const carries = `${source} carries ${count("s", "answer")} and ${count("n", "note")} for this guide.`;
    const reasons = [...new Set(left)];
    const unused = left.length ? [`Not usable: ${left.length} (${reasons.slice(0, 5).join("; ")}${reasons[5] ? "; …" : ""}).`] : [];
    if (!got.size) return ask(list, carries, { no: "Close", lines: unused });
    const { items } = workload();
    const lines = [
      `New workload: yours stays as it is. ${tell({}, next("Replace", {}))}`,
      `Merge: yours stays where this has none, and no note goes. ${tell(items, next("Merge", items))}`,
      `Replace: yours goes where this has none. ${tell(items, next("Replace", items))}`,
      ...unused,
    ];
    const way = await ask(list, carries, { offers: ["New workload", "Merge", "Replace"], lines });
    if (way === "New workload") {
      const made = {};
      edit("Replace")(made);
      if (change((_, data) => addWorkload(data, short(name, 55), made), "")) notify(`“${workload().name}” was added, and is shown.`);
    } else if (way) act(list, edit(way), way);
  };

  // Reading: what answers are taken from, and what is left of it that is no answer

  const readLink = (text, guids) => {
    const known = guids.map((guid) => [guid.replaceAll("-", ""), guid]);
    const answers = [];
    const rest = text.replace(/(.)([0-9a-f]{6,32})/g, (_, word, digits) => {
      const found = known.filter(([plain]) => plain.startsWith(digits));
      answers.push({ guid: found.length === 1 ? found[0][1] : digits, word, s: WORDS[word] && word });
      return "";
    });
    return { answers, left: rest ? [`no answer “${short(rest, 40)}”`] : [], name: "Shared answers" };
  };

  const fromRows = (rows) => {
    const top = rows.findIndex((row) => row.some((cell) => same(cell, "GUID")));
    const place = (name) => rows[top].findIndex((cell) => same(cell, name));
    if (top < 0) return [];
    const [guid, status, note] = ["GUID", "Status", "Note"].map(place);
    return rows.slice(top + 1).filter((row) => row.some((cell) => cell.trim())).map((row) => (
      { guid: row[guid] ?? "", word: row[status] ?? "", n: note < 0 ? undefined : row[note] ?? "" }));
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
    n: item?.comments === undefined ? undefined : String(item.comments ?? ""),
  }));

  const fromMarkdown = (text) => {
    const task = /^[-*+] \[([ x])\] ([^\r\n]*)((?:\r?\n {2,}>[^\r\n]*)*)/gim;
    return Array.from(text.matchAll(task), ([, mark, line, note]) => {
      const [, guid = line, facts = "", rest] = line.match(/^.*#([\da-f-]{36})\) \(([^)]*)\)(.*)/is) ?? [];
      const parts = facts.split(", ");
      const own = parts.find((part) => stateOf(part)) ?? (parts.length === 2 && !rest && !PILLARS.includes(parts[1]) ? parts[1] : "");
      const word = mark !== " " ? WORDS.i : same(own, WORDS.i) ? "" : own; // the box decides
      return { guid, word, n: note.replace(/\r?\n {2,}> ?/g, "\n").trim() };
    });
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
      if (size > MOST) throw new Error("it unfolds to more than it may");
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
    if (file.size > MOST) return { answers: [], why: `is larger than ${MOST / 1e6} MB` };
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
        if (!answers.length) answers = fromMarkdown(text);
      }
    } catch { answers = []; }
    return {
      answers: answers.map(({ guid, word, n }) => ({ guid, word, s: stateOf(word), n: n?.replace(/\r\n?/g, "\n") })),
      left,
      name: name || file.name.replace(/\.\w+$/, "").replace(`${title} - `, ""),
      why: "is no export of a checklist",
    };
  };

  // Writing: what a file's name ends with, its type and its content

  const table = (rows) => [Object.keys(COLUMNS), ...rows.map((row) => (
    [row.statement, row.severity, WORDS[row.s], row.n, row.url, row.t, row.guid]))];

  const toMarkdown = (rows, title, workload, told) => {
    const plain = (text) => text.replace(/[\\`*_[\]<>]/g, "\\$&");
    const lines = rows.map(({ s, n, severity, statement, url }) =>
      `- [${s === "i" ? "x" : " "}] [${plain(statement)}](${url}) (${severity}, ${WORDS[s]})`
      + n.replace(/^/, n && "\n").replace(/\n/g, "\n  > "));
    return [".md", "text/markdown", `# ${plain(`${title}: ${workload}`)}\n\n${told}.\n\n${lines.join("\n")}\n`];
  };

  const toCSV = (rows) => {
    const quoted = (text) => `"${text.replace(/^'*[=+\-@\t\r\n]/, "'$&").replaceAll('"', '""')}"`;
    return [".csv", "text/csv", "\uFEFF" + table(rows).map((row) => row.map(quoted).join(",") + "\r\n").join("")];
  };

  const toJSON = (rows, title, workload) => {
    const named = (...names) => names.map((name) => ({ name }));
    const items = rows.map(({ s, n, guid, severity, waf, service, statement, url }) => ({
      category: title, subcategory: title, text: statement, guid, severity, link: url,
      ...(waf && { waf }), ...(service && { service }), status: { name: AZURE[s] }, comments: n,
    }));
    const timestamp = new Date().toLocaleDateString("en-US", { dateStyle: "long" });
    return [".json", "application/json", JSON.stringify({
      $schema: SCHEMA, items, categories: named(title), status: named(...Object.values(AZURE)), workload,
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

  const toWorkbook = (items) => {
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
    const rows = table(items);
    const cell = (style) => (text) =>
      `<c s="${style}" t="inlineStr"><is><t xml:space="preserve">${xml(text)}</t></is></c>`;
    const last = `G${rows.length}`;
    return [".xlsx", "", zip({
      "[Content_Types].xml": `${head}<Types xmlns="${packed}content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>${part("workbook", "sheet.main")}${part("sheet", "worksheet")}${part("styles", "styles")}</Types>`,
      "_rels/.rels": rels(["officeDocument", "xl/workbook.xml"]),
      "xl/_rels/workbook.xml.rels": rels(["worksheet", "sheet.xml"], ["styles", "styles.xml"]),
      "xl/workbook.xml": `${head}<workbook xmlns="${main}" xmlns:r="${office}"><sheets><sheet name="Checklist" sheetId="1" r:id="r0"/></sheets><definedNames><definedName name="_xlnm._FilterDatabase" localSheetId="0" hidden="1">Checklist!$A$1:$G$${rows.length}</definedName><definedName name="_xlnm.Print_Titles" localSheetId="0">Checklist!$1:$1</definedName></definedNames></workbook>`,
      "xl/styles.xml": `${head}<styleSheet xmlns="${main}"><fonts count="2"><font/><font><b/></font></fonts><fills count="1"><fill><patternFill patternType="none"/></fill></fills><borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="3"><xf/><xf numFmtId="49" applyNumberFormat="1" applyAlignment="1"><alignment vertical="top" wrapText="1"/></xf><xf fontId="1" applyFont="1"/></cellXfs><cellStyles count="1"><cellStyle name="Normal" xfId="0"/></cellStyles></styleSheet>`,
      "xl/sheet.xml": `${head}<worksheet xmlns="${main}"><sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" state="frozen"/></sheetView></sheetViews><cols>${Object.values(COLUMNS).map((width, at) =>
        `<col min="${at + 1}" max="${at + 1}" width="${width}" customWidth="1"/>`).join("")}</cols><sheetData>${rows.map((row, at) =>
        `<row>${row.map(cell(at ? 1 : 2)).join("")}</row>`).join("")}</sheetData><autoFilter ref="A1:${last}"/><dataValidations count="1"><dataValidation type="list" allowBlank="1" sqref="C2:C${rows.length}"><formula1>"${Object.values(WORDS)}"</formula1></dataValidation></dataValidations><pageSetup orientation="landscape"/></worksheet>`,
    })];
  };

  Checklist.files = { read, readLink, takeIn, write: { Markdown: toMarkdown, CSV: toCSV, JSON: toJSON, Excel: toWorkbook } };
})();
