// Keeps what readers write on a sheet in this browser, works out the time between two moments, and writes the sheet as a file.
// Without this script, one writes and prints. Nothing is sent anywhere.
(() => {
  if (customElements.get("guidekit-sheet")) return;

  const fieldsOf = (sheet) => [...sheet.querySelectorAll("input[aria-label]")];
  const valueOf = (field) => (field.type === "checkbox" ? field.checked : field.value);
  const parsed = (text) => {
    try { return JSON.parse(text); } catch { return null; }
  };

  // The time between two moments of a day; one that is earlier is of the next day
  const between = (from, to) => {
    const [a, b] = [from, to].map((time) => time.split(":").reduce((hours, minutes) => 60 * hours + +minutes, 0));
    const minutes = (b - a + 1440) % 1440;
    return minutes < 60 ? `${minutes} min` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
  };

  const cellsOf = (sheet) => [...sheet.querySelectorAll("table")].map((table) => [...table.rows].map((row) => [...row.cells].map((cell) => {
    const field = cell.querySelector("input");
    return !field ? cell.textContent.trim() : field.type === "checkbox" ? (field.checked ? "☑" : "☐") : field.value;
  })));

  const quoted = (text) => `"${text.replace(/^'*[=+\-@\t\r\n]/, "'$&").replaceAll('"', '""')}"`;
  const plain = (text) => text.replace(/[\\`*_[\]<>|]/g, "\\$&");

  const FILES = {
    CSV: [".csv", "text/csv", (tables) => "\uFEFF" + tables.map((rows) => rows.map((row) => `${row.map(quoted).join(",")}\r\n`).join("")).join("\r\n")],
    Markdown: [".md", "text/markdown", (tables, title) => `# ${plain(title)}\n\n` + tables.map(([head, ...rows]) =>
      [head, head.map(() => "---"), ...rows].map((row, at) => `| ${row.map((cell) => (at === 1 ? cell : plain(cell))).join(" | ")} |\n`).join("")).join("\n")],
  };

  class Sheet extends HTMLElement {
    connectedCallback() {
      this.sheet = this.closest(".guidekit-sheet");
      const number = [...document.querySelectorAll("guidekit-sheet")].indexOf(this);
      this.key = `${location.pathname.replace(/index\.html$/, "")}.guidekit.sheet${number || ""}`;
      this.told = this.querySelector("[role=status]");
      this.own ??= this.told.textContent;
      this.clear = this.querySelector("[data-do=Clear]");
      this.clear.own ??= this.clear.textContent;
      this.sheet.addEventListener("input", this);
      this.addEventListener("click", this);
      addEventListener("storage", this);
      this.show(this.read());
      this.tell();
    }

    disconnectedCallback() {
      removeEventListener("storage", this);
    }

    // {v, fields: {label: text or tick}, before: the same, as it was before it was cleared}
    read() {
      let data = this.memory;
      try { data ??= parsed(localStorage.getItem(this.key)); } catch { this.memory = {}; }
      if (data?.v > 1) this.memory = data = {}; // kept by a later version, which is not to be overwritten
      return { v: 1, ...data, fields: { ...data?.fields } };
    }

    save(data) {
      try {
        if (this.memory) throw new Error("nothing is kept");
        localStorage.setItem(this.key, JSON.stringify(data));
      } catch { this.memory = data; }
      this.tell();
    }

    tell() {
      const { before } = this.read();
      this.clear.textContent = before ? this.dataset.undo : this.clear.own;
      this.told.textContent = this.memory ? this.dataset.unkept : this.own;
    }

    show({ fields }) {
      for (const field of fieldsOf(this.sheet)) {
        const value = fields[field.ariaLabel] ?? "";
        if (field.type === "checkbox") field.checked = !!value;
        else if (field.value !== value) field.value = value; // the cursor stays
        field.toggleAttribute("data-empty", !value);
      }
      for (const field of this.spans()) if (field.value === this.span(field)) field.made = field.value;
    }

    spans() {
      return fieldsOf(this.sheet).filter((field) => field.dataset.from);
    }

    span({ dataset }) {
      const [from, to] = [dataset.from, dataset.to].map((label) => fieldsOf(this.sheet).find((field) => field.ariaLabel === label)?.value);
      return from && to ? between(from, to) : "";
    }

    write() {
      const data = this.read();
      for (const field of this.spans()) {
        const span = this.span(field);
        if (span && (!field.value || field.value === field.made)) field.value = field.made = span; // what was typed stays
      }
      for (const field of fieldsOf(this.sheet)) {
        const value = valueOf(field);
        if (value) data.fields[field.ariaLabel] = value;
        else delete data.fields[field.ariaLabel];
        field.toggleAttribute("data-empty", !value);
      }
      delete data.before;
      this.save(data);
    }

    clearAll() { // or, right afterwards, bring it back
      const { fields, before } = this.read();
      const data = before ? { v: 1, fields: before } : { v: 1, fields: {}, before: fields };
      this.save(data);
      this.show(data);
    }

    download(kind) {
      const [end, type, write] = FILES[kind];
      const title = (document.querySelector("h1")?.firstChild?.textContent ?? document.title).trim();
      const link = document.createElement("a");
      link.href = URL.createObjectURL(new Blob([write(cellsOf(this.sheet), title)], { type }));
      link.download = title.replace(/[^\p{L}\p{N} .-]/gu, "_") + end;
      link.click();
      setTimeout(URL.revokeObjectURL, 60000, link.href);
    }

    handleEvent({ type, target, key }) {
      if (type === "input") return this.write();
      if (type === "storage") {
        if (key !== this.key && key !== null) return undefined;
        this.show(this.read());
        return this.tell();
      }
      const kind = target.closest("[data-do]")?.dataset.do;
      if (kind === "Print") return print();
      if (kind === "Clear") return this.clearAll();
      return kind && this.download(kind);
    }
  }

  customElements.define("guidekit-sheet", Sheet);
})();
