// The files and links of a checklist: reads answers from them, and writes them. checklist.js loads this as soon as there is
// something to save. What files and links hold is a stranger's: it is only ever taken as text, and in bounds.
(() => {
  const Checklist = customElements.get("guidekit-checklist");
  const { FIELDS, STATES, say, short } = Checklist.own;
  const AZURE = { "": "Not verified", i: "Fulfilled", g: "Open", r: "Not required", n: "N/A" };
  const COLUMNS = { Item: 60, Severity: 11, Status: 16, Owner: 20, Due: 12, Evidence: 40, Note: 50, Guidance: 50, Answered: 12, GUID: 38 };
  const PLAN = { Item: 60, Severity: 11, "First step": 60, Owner: 20, Due: 12, Evidence: 40, Note: 50, Guidance: 50 };
  const PRIORITY = { High: 1, Medium: 2, Low: 3 };
  const REVIEW = 182; // days until a checklist is answered again
  const SCHEMA = "https://raw.githubusercontent.com/Azure/review-checklists/main/checklists/checklist.schema.json";
  const PILLARS = ["Reliability", "Security", "Cost", "Operations", "Performance"];
  const BYTES = 5e6; // that are read, of a file and of each part that it unfolds to
  const CELL = 32767; // characters, Excel's limit

  const same = (a, b) => a.trim().toLowerCase() === b.trim().toLowerCase();
  const stateOf = (word) => Object.keys(STATES).find((s) => [STATES[s], say(STATES[s]), AZURE[s]].some((name) => same(word, name))) ?? (word.trim() ? undefined : "");

  // Reading: what answers are taken from, and what is left of it that is no answer

  // A link has a letter and the first digits of the GUID for each answer and, behind a dot, all else: packed JSON of
  // {w: name of the workload, a: its services, f: fields that it carries, i: {digits: {o, d, n, e}}}

  const MOST = { o: 80, d: 10, n: 2000, e: 500 }; // characters of a field

  const linkOf = async (entries, { name, services, fields }) => {
    const items = entries.map((it) => [it.digits, Object.fromEntries([...fields].filter((field) => it[field]).map((field) => [field, it[field]]))]);
    const more = { w: name, a: services, f: fields, i: Object.fromEntries(items.filter(([, it]) => Object.keys(it).length)) };
    const stream = new Blob([JSON.stringify(more)]).stream().pipeThrough(new CompressionStream("deflate-raw"));
    const bytes = new Uint8Array(await new Response(stream).arrayBuffer());
    const text = btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join("")).replace(/[+/=]/g, (mark) => ({ "+": "-", "/": "_" })[mark] ?? "");
    return `${entries.map(({ s, digits }) => s && s + digits).filter(Boolean).join("")}.${text}`;
  };

  const unpacked = async (text, left) => {
    try {
      const bytes = Uint8Array.from(atob(text.replace(/[-_]/g, (mark) => ({ "-": "+", _: "/" })[mark])), (mark) => mark.charCodeAt());
      return JSON.parse(text && await unfold(bytes, true));
    } catch {
      if (text) left.push(say("its end is cut off"));
      return null;
    }
  };

  const servicesIn = (found) => (Array.isArray(found) ? found.slice(0, 100).filter((it) => /^[\w.-]{1,80}$/.test(it)) : undefined);

  const readLink = async (text, guids) => {
    const known = guids.map((guid) => [guid.replaceAll("-", ""), guid]);
    const guidOf = (digits) => {
      const found = known.filter(([plain]) => plain.startsWith(digits));
      return found.length === 1 ? found[0][1] : digits;
    };
    const [, letters, packed] = text.match(/^([^.]*)\.?(.*)$/s);
    const left = [], answers = [];
    const rest = letters.replace(/(.)([0-9a-f]{6,32})/g, (_, word, digits) => {
      answers.push({ digits, guid: guidOf(digits), word, s: STATES[word] && word });
      return "";
    });
    if (rest) left.push(say("no answer “{0}”", short(rest, 40)));
    const more = await unpacked(packed, left), items = Object.entries(more?.i ?? {});
    for (const [digits] of items) {
      if (!answers.some((it) => it.digits === digits)) answers.push({ digits, guid: guidOf(digits), word: "", s: "" });
    }
    const fields = Object.keys(FIELDS).filter((field) => String(more?.f ?? "").includes(field));
    for (const answer of answers) {
      for (const field of fields) answer[field] = String(more.i?.[answer.digits]?.[field] ?? "").slice(0, MOST[field]);
    }
    const name = String(more?.w ?? "").trim();
    return { answers: answers.map((it) => dated(it, left)), left, name: short(name, 55) || say("Shared answers"), named: !!name, services: servicesIn(more?.a) };
  };

  class Plan extends Error {} // no export, but one of the files that are made of the gaps

  const isOfPlan = (rows) => rows.some((row) => (
    ["First step", "Work Item Type"].some((name) => row.some((cell) => same(cell, name) || same(cell, say(name)))) || same(row.join(), "title,body,labels")));

  const fromRows = (rows) => {
    const top = rows.findIndex((row) => row.some((cell) => same(cell, "GUID")));
    const place = (name) => rows[top].findIndex((cell) => same(cell, name) || same(cell, say(name)));
    if (top < 0 && isOfPlan(rows)) throw new Plan();
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
    if ([say("Your plan"), "Your plan"].some((title) => text.startsWith(`# ${title}: `))) throw new Plan();
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

  const dated = (answer, left) => {
    const day = answer.d?.trim(), known = day && dayOf(day);
    if (day && !known) left.push(say("no date “{0}”", short(day, 40)));
    return answer.d === undefined ? answer : { ...answer, d: known || (day ? undefined : "") };
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
    const left = [], own = file.name.match(/(.*?)(?:\.\w+)?$/)[1].split(`${title} - `);
    let answers = [], name = own.length > 1 ? own[1] : "", services, isPlan = false;
    try {
      const bytes = new Uint8Array(await file.arrayBuffer());
      const text = textIn(bytes).trim();
      if (bytes[0] === 80 && bytes[1] === 75) answers = await fromWorkbook(bytes);
      else if (text.startsWith("{")) {
        answers = fromJSON(text);
        const { workload, services: chosen } = JSON.parse(text);
        name = String(workload ?? name).trim();
        services = servicesIn(chosen);
      } else if (text.startsWith("BEGIN:VCALENDAR")) throw new Plan();
      else {
        answers = fromCSV(text, left);
        if (!answers.length) {
          answers = fromMarkdown(text);
          const head = text.match(/^# (.*)/)?.[1].replace(/\\([\\`*_[\]<>])/g, "$1") ?? "";
          if (head.startsWith(`${title}: `)) name = head.slice(title.length + 2).trim();
        }
      }
    } catch (error) {
      answers = [];
      isPlan = error instanceof Plan;
    }
    return {
      answers: answers.map(({ word, n, ...rest }) => dated({ ...rest, word, s: stateOf(word), n: n?.replace(/\r\n?/g, "\n") }, left)),
      left,
      name: name || own[0],
      named: !!name,
      services,
      isPlan,
      why: say("is no export of a checklist"),
    };
  };

  // Writing: what a file's name ends with, its type and its content

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

  const toMarkdown = (rows, { title, name, status }) => markdown(title, name, status,
    [rows.map((row) => task(row, ` (${say(row.severity)}, ${say(STATES[row.s])})`)).join("\n")]);

  const toPlan = (rows, { title, name }) => markdown(`${say("Your plan")}: ${title}`, name, gapCount(rows), Object.keys(PRIORITY).flatMap((severity) => {
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
    row.step && `${say("First step")}: ${row.step}`, `${say("Severity")}: ${say(row.severity)}`, row.o && `${say("Owner")}: ${row.o}`, row.d && `${say("Due")}: ${row.d}`, row.e && `${say("Evidence")}: ${row.e}`, row.n, row.url,
  ].filter(Boolean);

  const html = (text) => text.replace(/[&<>"]/g, (mark) => `&#${mark.charCodeAt()};`).replaceAll("\n", "<br>");

  // Azure Boards knows an owner by the e-mail address, refuses a name that it does not know, and has no date on the tasks of
  // every process: the fields of its tasks are in https://github.com/microsoft/process-customization-scripts

  const toDevOps = (rows, { title, name }) => {
    const people = rows.map(({ o }) => o.match(/^(?:[^<>@]*<)?[^\s<>@,;]+@[^\s<>@,;]+\.[^\s<>@,;]+>?$/)?.[0] ?? "");
    const columns = ["Work Item Type", "Title", ...people.some(Boolean) ? ["Assigned To"] : [], "Description", "Priority", "Tags"];
    return csv([columns, ...rows.map((row, at) => {
      const tags = [
        title, name, say(`${row.severity} severity`), row.o && !people[at] && `${say("Owner")}: ${row.o}`, row.d && `${say("Due")}: ${row.d}`,
      ];
      const cells = {
        "Work Item Type": "Task", Title: row.statement.slice(0, 255), "Assigned To": people[at], Priority: PRIORITY[row.severity],
        Description: lines(row).map(html).join("<br>"), Tags: tags.filter(Boolean).map((tag) => tag.replace(/[;,]/g, " ")).join("; "),
      };
      return columns.map((column) => cells[column]);
    })]);
  };

  const ADDRESS = 7000; // characters, which GitHub still takes

  const issueOf = (row) => { // what fills its form in, as the query of an address
    const [person] = row.o.match(/(?<=^@)[\w-]+$/) ?? [];
    const query = (n) => `${new URLSearchParams({
      title: row.statement.slice(0, 255), body: lines({ ...row, n }).map(plain).join("\n\n"), labels: row.severity, ...(person && { assignees: person }),
    })}`;
    const whole = query(row.n);
    return whole.length > ADDRESS ? query(short(row.n, 300)) : whole;
  };

  const toCalendar = (rows, { title, name }) => {
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

  const toJSON = (rows, { title, name, services }) => {
    const named = (...names) => names.map((name) => ({ name }));
    const items = rows.map(({ s, n, o, d, e, guid, severity, waf, service, statement, url }) => ({
      category: title, subcategory: title, text: statement, guid, severity, link: url,
      ...(waf && { waf }), ...(service && { service }), status: { name: AZURE[s] }, comments: n,
      ...(o && { owner: o }), ...(d && { due: d }), ...(e && { evidence: e }),
    }));
    const timestamp = new Date().toLocaleDateString("en-US", { dateStyle: "long" });
    return [".json", "application/json", JSON.stringify({
      $schema: SCHEMA, items, categories: named(title), status: named(...Object.values(AZURE)), workload: name, services,
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

  Checklist.files = {
    issueOf, linkOf, read, readLink, write: {
      CSV: toCSV, JSON: toJSON, Excel: toWorkbook, Markdown: toMarkdown,
      "Plan as Markdown": toPlan, "Plan as Excel": (rows) => workbook(rows, PLAN),
      "Azure DevOps": toDevOps, Calendar: toCalendar,
    },
  };
})();
