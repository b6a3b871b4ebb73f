// The search itself. A question is read as a list of wishes: words that count, each with the ways to say it: another
// form, what is typed so far, one slip of the finger, two words written as one, and synonyms of the site. An engine finds
// the sections that have them: in the index that the theme's plugin has written, or by Pagefind. Both answer the same.
(() => {
  const STEP = 8, OTHERS = 2, PATIENCE = 120, LENGTH = 180;
  const NEAR = 0.3; // what is worth less than this part of the best result is none
  const WORDS = {
    close: "Close",
    more: "Show more",
    also: "Also: ",
    instead: (typed, meant) => `Nothing has “${typed}”, so this is for “${meant}”.`,
    unknown: (typed) => `Nothing has “${typed}”.`,
    empty: "Try other words, or fewer. Or start here:",
    failed: "Search could not be loaded. Try again.",
    file: "Search works only when the site comes from a server.",
  };
  const theme = (() => {
    try {
      return JSON.parse(document.getElementById("__config").textContent).translations; // Material's, in its language
    } catch {
      return {};
    }
  })();
  const translated = (key, otherwise) => theme[`search.result.${key}`] ?? otherwise;

  // --- Words ---------------------------------------------------------------------------------------------------------

  // Words that say how one asks, and not what about. Where a question has no others, they count after all.
  const IDLE = new Set(("a about after again all also am an and any are as at be because been being but by can cannot cant could did didnt do does doesnt " +
    "doing done dont for from get gets getting give got had has have having hello help her here hers hi him his how i id if " +
    "ill im in into is isnt it its ive just keep know let like made make makes making may me might mine much must my need " +
    "needed needs no not now of on once one ones only or other our ours please s should so some such t tell than that thats " +
    "the their them then there these they thing things this those to too try trying us use used using very via want wants " +
    "was wasnt way we were what whats when where which while who whom whose why will with without wont would yes yet you " +
    "your").split(" "));
  const ENGLISH = (document.documentElement.lang || "en").startsWith("en");
  const WORD = /[\p{L}\p{N}]+(?:[.'’][\p{L}\p{N}]+)*/gu;
  const UNSPACED = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]/u;

  // A script that puts no blanks between words is searched by pairs of letters.
  const pairs = (word) => [...word].map((letter, at, all) => letter + (all[at + 1] ?? "")).slice(0, Math.max(1, [...word].length - 1));
  const split = (text) => (text.normalize("NFKC").toLowerCase().match(WORD) ?? [])
    .map((word) => word.replaceAll("’", "'").replace(/'s$/, "").replaceAll("'", ""))
    .flatMap((word) => (UNSPACED.test(word) ? pairs(word) : [word]));

  // One form for "restore", "restores", "restored" and "restoring". Wrong for some words, but the same on both sides.
  const stems = new Map();
  const stem = (word) => {
    let known = stems.get(word);
    if (known === undefined) stems.set(word, known = ENGLISH && word.length > 3 && /^[a-z]+$/.test(word) ? cut(word) : word);
    return known;
  };
  const cut = (word) => {
    let rest = word.replace(/ies$/, "y").replace(/(ss|x|z|ch|sh)es$/, "$1").replace(/([^iu s])s$/, "$1");
    const bare = rest.replace(/(ing|ed)$/, "");
    if (bare !== rest && bare.length > 2 && /[aeiouy]/.test(bare)) rest = bare.replace(/([^aeiouylsz])\1$/, "$1");
    if (rest.length > 5) rest = rest.replace(/([st])ion$/, "$1");
    return rest.replace(/([^aeiou])y$/, "$1i").replace(/e$/, "");
  };

  // Do two words differ by one letter: one too many, too few, wrong, or two in the wrong order?
  const slipped = (one, other) => {
    if (Math.abs(one.length - other.length) > 1) return false;
    let at = 0;
    while (at < one.length && one[at] === other[at]) at++;
    const [a, b] = [one.slice(at), other.slice(at)];
    return a.slice(1) === b || a === b.slice(1) || a.slice(1) === b.slice(1) || (a[0] === b[1] && a[1] === b[0] && a.slice(2) === b.slice(2));
  };

  // --- The question --------------------------------------------------------------------------------------------------

  // A question is a list of wishes. A wish is one thing that is asked for, as a list of ways to say it: stems that have to
  // stand together, and a weight. `vocabulary` has the words that an engine knows, by their stems.
  const read = (text, vocabulary, synonyms) => {
    const typed = split(text);
    const telling = typed.filter((word) => !IDLE.has(word));
    const words = telling.length ? telling : typed;
    const unfinished = /[\p{L}\p{N}]$/u.test(text) ? words.length - 1 : -1;
    const wishes = [];
    for (let at = 0; at < words.length;) {
      const known = synonyms.at(words, at);
      const said = words.slice(at, at + (known?.length ?? 1));
      const ways = [{ said, weight: 1 }, ...(known?.others ?? []).map((other) => ({ said: other, weight: 0.8 }))];
      if (said.length === 1) ways.push(...guesses(said[0], at === unfinished, vocabulary, !known));
      if (said.length === 1 && at + 1 < words.length && vocabulary.has(stem(said[0] + words[at + 1]))) {
        ways.push({ said: [said[0] + words[at + 1]], weight: 0.9 });
      }
      wishes.push(ways.map((way) => ({ ...way, stems: way.said.map(stem) })));
      at += said.length;
    }
    return wishes.slice(0, 12);
  };

  // What a word may have been meant to be: a longer one, two that are written as one, or one with a slip.
  const guesses = (word, unfinished, vocabulary, alone) => {
    const root = stem(word);
    const known = vocabulary.has(root);
    const ways = [];
    if (unfinished && word.length > 1) {
      const longer = [...vocabulary].filter(([other, whole]) => other !== root && whole.startsWith(word)).sort(([a], [b]) => a.length - b.length);
      ways.push(...longer.slice(0, 12).map(([, whole]) => ({ said: [whole], weight: known ? 0.3 : 0.8 })));
    }
    if (known || ways.length || !alone) return ways;
    for (let at = word.length - 2; at > 1; at--) {
      const parts = [word.slice(0, at), word.slice(at)];
      if (parts.every((part) => vocabulary.has(stem(part)))) return [{ said: parts, weight: 0.9 }];
    }
    if (word.length < 4 || /\d/.test(word)) return ways;
    const near = [...vocabulary].filter(([other, whole]) => whole.length > 3 && (slipped(root, other) || slipped(word, whole)));
    near.sort(([a], [b]) => (b[0] === root[0]) - (a[0] === root[0]));
    return near.slice(0, 4).map(([, whole]) => ({ said: [whole], weight: 0.8, slip: true }));
  };

  // Names of one thing, such as an abbreviation and what it is short for.
  const synonymsOf = (lists) => {
    const known = new Map();
    for (const names of lists) {
      const split_ = names.map(split);
      for (const name of split_) {
        const key = name.map(stem).join(" ");
        known.set(key, [...(known.get(key) ?? []), ...split_.filter((other) => other !== name)]);
      }
    }
    const at = (words, from) => {
      for (let length = Math.min(6, words.length - from); length; length--) {
        const others = known.get(words.slice(from, from + length).map(stem).join(" "));
        if (others) return { length, others };
      }
      return null;
    };
    return { at };
  };

  // --- Sections and their worth --------------------------------------------------------------------------------------

  // A text as its stems between blanks, in which a way is found as it stands.
  const rooted = (text) => ` ${split(text).map(stem).join(" ")} `;
  const count = (text, stems) => {
    const wanted = ` ${stems.join(" ")} `;
    let found = 0;
    for (let at = text.indexOf(wanted); at >= 0; at = text.indexOf(wanted, at + wanted.length - 1)) found++;
    return found;
  };

  // How fast more of a word stops to matter, and how much a long text is marked down (both of BM25); what a heading, a
  // page's title and its description count for; how much less a page is worth that lacks some of the wishes; what the
  // front matter's boost does; what words count for that stand together as they were typed. Found by trying them on the
  // questions in tests/*questions.toml.
  const K = 2.5, B = 0.45, HEADING = 2, TITLE = 3, ABOUT = 2, COVERAGE = 0.5, BOOST = 0.15, PAIR = 0.5;
// Within a page: what a wish counts for that all sections have, what a heading counts for and the title at the top, and how
  // much less a section is worth that says what to do at another time.
  const FLOOR = 0.3, NAMED = 0.5, TOP = 0.3, LATER = 0.5;

  // Rank pages by their best section, and then the sections of each; `pages` has what is known of each page, `sections` are
  // of any of them. BM25 (Robertson and Zaragoza, 2009) over the section's heading and text, and over the page's title and
  // description.
  const rank = (wishes, pages, sections, isLater) => {
    const mean = sections.reduce((sum, { size }) => sum + size, 0) / (sections.length || 1);
    const meant = wishes.map(() => new Set()); // the ways that were found
    const having = wishes.map(() => new Set()); // the pages that have a wish
    // For each wish, how well it is fulfilled: from 0 to 1.
    const weigh = (url, many) => wishes.map((ways, wish) => {
      let best = 0;
      for (const way of ways) {
        const number = many(way.stems);
        if (!number) continue;
        meant[wish].add(way);
        having[wish].add(url);
        best = Math.max(best, (way.weight * number) / (number + K));
      }
      return best;
    });
    const found = new Map();
    for (const section of sections) {
      const about = pages.get(section.page);
      if (!found.has(section.page)) {
        const head = weigh(section.page, (stems) => TITLE * count(about.roots.title, stems) + ABOUT * count(about.roots.about, stems));
        found.set(section.page, { url: section.page, about, head, sections: [] });
      }
      const long = 1 - B + (B * section.size) / mean;
      const { id, heading, body } = section;
      const parts = weigh(section.page, (stems) => (id ? HEADING * count(heading, stems) : 0) + count(body, stems) / long);
      const named = wishes.map((ways) => ways.some(({ stems }) => count(heading, stems)));
      if (parts.some(Boolean)) found.get(section.page).sections.push({ ...section, parts, named });
    }
    const rare = having.map(({ size }) => Math.log(1 + (pages.size - size + 0.5) / (size + 0.5)));
    const sum = (parts) => parts.reduce((all, part, wish) => all + part * rare[wish], 0);
    const next = wishes.slice(1).map((ways, wish) => [...wishes[wish][0].stems, ...ways[0].stems]);
    const together = ({ id, heading, body }) => sum(next.map((stems) => ((id && count(heading, stems)) || count(body, stems) ? PAIR : 0)));
    // Within a page, a wish tells sections from each other by how few of them have it, most of all in their headings.
    const order = (sections) => {
      const tells = wishes.map((_, wish) => {
        const many = sections.filter(({ parts }) => parts[wish]).length;
        return FLOOR + Math.log(1 + (sections.length - many + 0.5) / (many + 0.5));
      });
      for (const section of sections) {
        const worth = (part, wish) => tells[wish] * (part + (section.named[wish] ? (section.id ? NAMED : TOP) : 0));
        section.score = (section.parts.map(worth).reduce((all, part) => all + part, 0) + together(section)) * (isLater(section.heading) ? LATER : 1);
      }
      sections.sort((a, b) => b.score - a.score);
    };
    const results = [];
    for (const { url, about, head, sections } of found.values()) {
      for (const section of sections) section.score = sum(section.parts) + together(section);
      sections.sort((a, b) => b.score - a.score);
      const fulfilled = wishes.map((_, wish) => +(head[wish] > 0 || sections.some(({ parts }) => parts[wish] > 0)));
      if (!fulfilled.some(Boolean)) continue;
      const covered = sum(fulfilled) / sum(wishes.map(() => 1));
      const score = ((sections[0]?.score ?? 0) + sum(head)) * covered ** COVERAGE * about.boost ** BOOST;
      order(sections);
      results.push({ url, about, sections, score });
    }
    return { results: results.sort((a, b) => b.score - a.score), meant };
  };

  // --- Engines -------------------------------------------------------------------------------------------------------

  const script = (url) => new Promise((resolve, reject) => {
    document.head.append(Object.assign(document.createElement("script"), { src: url, onload: resolve, onerror: reject }));
  });
  // A page that was opened as a file may load scripts, but no data.
  const data = async (site, name, global) => {
    if (location.protocol === "file:") {
      await script(new URL(`${name}.js`, site));
      return globalThis[global];
    }
    const answer = await fetch(new URL(`${name}.json`, site));
    if (!answer.ok) throw new Error(`${answer.status}`);
    return answer.json();
  };

  const SENTENCE = /[^.!?]+(?:[.!?](?!\s|$)[^.!?]*)*[.!?]*/g;
  const pause = () => new Promise((resolve) => setTimeout(resolve));
  const learn = (vocabulary, text) => {
    for (const word of split(text)) if (!vocabulary.has(stem(word))) vocabulary.set(stem(word), word);
  };

  // The index of the theme's plugin: all sections of the site, by their pages. Each line of a text is a paragraph; one that
  // begins with a tab is of a table or of code. A section has no id where it is made of its title.

  const idOf = (title) => title.toLowerCase().replace(/[^a-z0-9 _-]/g, "").replaceAll(" ", "-");

  const builtIn = async (site, pages) => {
    const vocabulary = new Map();
    const sections = [];
    for (const [page, parts] of Object.entries(await data(site, "search/search_index", "__index"))) {
      for (const [title, text, id = idOf(title)] of parts) {
        if (!pages.has(page)) pages.add(page, { title: id ? "" : title });
        const whole = text.replaceAll("\t", "");
        const body = rooted(whole);
        learn(vocabulary, `${title} ${whole}`);
        const paragraphs = () => text.split("\n").filter((line) => !line.startsWith("\t"));
        const top = title === pages.get(page).title;
        sections.push({ page, id: top ? "" : id, title, heading: rooted(title), body, size: body.length, paragraphs });
        if (sections.length % 100 === 0) await pause(); // a large site takes a while, and the reader types
      }
    }
    for (const about of pages.values()) learn(vocabulary, `${about.title} ${about.description}`);
    return { vocabulary, sections: async () => sections };
  };

  // Pagefind finds pages word by word, for it asks for all words of a question at once. Its texts are cut into sections.
  const CANDIDATES = 14;
  const pagefind = async (site, pages, words) => {
    const engine = await import(new URL("pagefind/pagefind.js", site).href);
    await engine.options({ baseUrl: new URL(site).pathname });
    await engine.init();
    const base = new URL(site).pathname;
    const vocabulary = new Map();
    learn(vocabulary, words);
    for (const about of pages.values()) learn(vocabulary, `${about.title} ${about.description}`);
    const known = new Map();
    const cut = async (result) => {
      if (!known.has(result.id)) {
        const { url: address, content, anchors, meta } = await result.data();
        const url = address.startsWith(base) ? address.slice(base.length) : address;
        if (!pages.has(url)) pages.add(url, { title: meta.title ?? "" });
        const words = content.split(/\s+/);
        const starts = anchors.filter(({ element }) => /^h[2-6]$/.test(element)).sort((a, b) => a.location - b.location);
        const all = [{ location: 0, id: "", text: pages.get(url).title }, ...starts];
        known.set(result.id, all.map(({ location: from, id, text }, at) => {
          const whole = words.slice(from, all[at + 1]?.location).join(" ");
          const body = rooted(whole);
          return { page: url, id, title: text.trim(), heading: rooted(text), body, size: body.length, paragraphs: () => whole.match(SENTENCE) ?? [] }; // one by one, for it does not tell cells of tables from text
        }));
      }
      return known.get(result.id);
    };
    const sections = async (wishes) => {
      const sums = new Map();
      for (const ways of wishes) {
        const best = new Map();
        for (const way of ways) {
          const { results } = await engine.search(way.said.join(" "));
          const rare = Math.log(1 + pages.size / (results.length + 1));
          const top = Math.max(...results.map(({ score }) => score), 1e-9);
          for (const result of results) {
            const worth = way.weight * rare * (0.3 + (0.7 * result.score) / top);
            if (worth > (best.get(result.id)?.worth ?? 0)) best.set(result.id, { result, worth });
          }
        }
        for (const [id, { result, worth }] of best) sums.set(id, { result, worth: worth + (sums.get(id)?.worth ?? 0) });
      }
      const { results } = await engine.search(wishes.map(([{ said }]) => said.join(" ")).join(" ")); // all at once, where a page has all
      for (const result of results.slice(0, 3)) sums.set(result.id, { result, worth: 9 + (sums.get(result.id)?.worth ?? 0) });
      const first = [...sums.values()].sort((a, b) => b.worth - a.worth).slice(0, CANDIDATES);
      return (await Promise.all(first.map(({ result }) => cut(result)))).flat();
    };
    return { vocabulary, sections };
  };

  const start = async (site) => {
    const { engine, pages: told, synonyms, last, later, words } = await data(site, "assets/search-pages", "__pages");
    const pages = new Map();
    pages.add = (url, { title = "", description = "", place = [], boost = 1 }) => {
      const about = { title, description, place, boost, roots: { title: rooted(`${title} ${place.join(" ")}`), about: rooted(description) } };
      pages.set(url, about);
      return about;
    };
    for (const { url, ...about } of told) pages.add(url, about);
    const found = await (engine === "pagefind" ? pagefind(site, pages, words) : builtIn(site, pages));
    return { ...found, pages, last, later: later.map(rooted), synonyms: synonymsOf(synonyms) };
  };

  // --- What is shown -------------------------------------------------------------------------------------------------

  const element = (name, properties = {}, ...children) => {
    const made = Object.assign(document.createElement(name), properties);
    made.append(...children);
    return made;
  };

  // The words of a text that were asked for, marked.
  const marked = (text, roots) => {
    const parts = [];
    let at = 0;
    for (const { 0: word, index } of text.matchAll(WORD)) {
      if (!split(word).some((part) => roots.has(stem(part)))) continue;
      parts.push(text.slice(at, index), element("mark", { textContent: word }));
      at = index + word.length;
    }
    return [...parts, text.slice(at)];
  };

  // The sentences that say most of what was asked for: from the best one to the end of its paragraph, and no more than fits.
  const excerpt = (paragraphs, roots) => {
    const told = paragraphs.map((text) => text.match(SENTENCE)?.map((sentence) => sentence.trim()) ?? []);
    const hits = (text) => new Set(split(text).map(stem).filter((root) => roots.has(root))).size;
    let best = { worth: 0, text: "" };
    for (const sentences of told) {
      sentences.forEach((sentence, at) => {
        const worth = hits(sentence) && hits(sentence) + (/[.!?]$/.test(sentence) ? 0.5 : 0); // a whole sentence reads better
        if (worth > best.worth) best = { worth, text: sentences.slice(at).join(" ") };
      });
    }
    if (best.text.length <= LENGTH) return best.text;
    const mark = best.text.search([...roots].length ? new RegExp([...roots].map((root) => `\\b${root}`).join("|"), "iu") : /^/);
    const from = mark > LENGTH ? best.text.lastIndexOf(" ", mark - LENGTH / 2) + 1 : 0;
    return (from ? "… " : "") + best.text.slice(from, from + LENGTH).replace(/\s\S*$/, " …");
  };

  // A section that is named by what was asked for stands under its own name, any other under that of its page.
  const item = ({ url, about, sections }, site, roots) => {
    const address = (id) => new URL(url + (id ? `#${id}` : ""), site).href;
    const best = sections[0]?.id ? sections[0] : null;
    const telling = best && split(best.title).some((word) => roots.has(stem(word)));
    const title = best ? (telling ? best.title : `${about.title}: ${best.title}`) : about.title;
    const place = [...about.place, ...(telling ? [about.title] : [])].join(" › ");
    const text = excerpt(sections[0]?.paragraphs() ?? [], roots) || excerpt([about.description], roots) || about.description;
    const others = sections.slice(1).filter(({ id, score }) => id && score > sections[0].score / 2).slice(0, OTHERS);
    const links = others.flatMap(({ id, title }, at) => [at ? " · " : "", element("a", { href: address(id), textContent: title })]);
    const lines = [
      ["place", place ? [place] : []], ["text", text ? marked(text, roots) : []], ["others", links.length ? [WORDS.also, ...links] : []],
    ].filter(([, parts]) => parts.length);
    return element("li", {},
      element("a", { href: address(best?.id), className: "guidekit-search__page" }, ...marked(title, roots)),
      ...lines.map(([name, parts]) => element("p", { className: `guidekit-search__${name}` }, ...parts)));
  };

  // --- The dialog ----------------------------------------------------------------------------------------------------

  customElements.define("guidekit-search", class extends HTMLElement {
    #asked = 0; // counts questions, so that a late answer to an old one is dropped
    #engine = null; // a promise
    #followed = false; // is the dialog closed as a result was followed?
    #timer;

    connectedCallback() {
      if (this.close) return;
      this.dialog = this.querySelector("dialog");
      this.input = this.querySelector("input");
      this.status = this.querySelector("[role=status]");
      this.list = element("div", { className: "guidekit-search__results" });
      this.status.after(this.list);
      this.input.placeholder = translated("placeholder", "Type to start searching");
      this.close = element("button", { type: "button", className: "guidekit-search__close", textContent: WORDS.close });
      this.input.after(this.close);
      this.close.addEventListener("click", () => this.dialog.close());
      this.input.form.addEventListener("submit", () => this.list.querySelector("a")?.click());
      this.input.addEventListener("input", () => {
        clearTimeout(this.#timer);
        this.#timer = setTimeout(() => this.ask(), PATIENCE);
      });
      this.list.addEventListener("click", (event) => {
        if (!event.target.closest("a") || event.ctrlKey || event.metaKey || event.shiftKey) return; // opened beside this page
        this.#followed = true;
        this.keep(this.input.value); // the way back leads to the results
        this.dialog.close();
      });
      this.dialog.addEventListener("close", () => {
        if (!this.#followed) this.keep();
        this.#followed = false;
      });
      this.dialog.addEventListener("click", (event) => event.target === this.dialog && this.dialog.close()); // beside it
      this.dialog.addEventListener("keydown", (event) => {
        event.stopPropagation(); // a theme has keys of its own
        if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
        event.preventDefault();
        const stops = [this.input, ...this.list.querySelectorAll("a, button")];
        const next = stops.indexOf(document.activeElement) + (event.key === "ArrowDown" ? 1 : -1);
        stops[Math.max(0, Math.min(next, stops.length - 1))].focus();
      });
      this.start().catch(() => {}); // the question tells
      if (this.dialog.open) this.ask();
    }

    start() {
      this.#engine ??= start(this.site);
      this.#engine.catch(() => { this.#engine = null; }); // the next question tries again
      return this.#engine;
    }

    async find(text) {
      const { pages, vocabulary, sections, synonyms, last, later } = await this.start();
      const wishes = read(text, vocabulary, synonyms);
      const asked = rooted(text);
      const isLater = (heading) => later.some((words) => heading.startsWith(words) && words.trim().split(" ").every((word) => !count(asked, [word])));
      const answer = rank(wishes, pages, await sections(wishes), isLater);
      return { ...answer, wishes, pages, last };
    }

    async ask() {
      const asked = ++this.#asked;
      const text = this.input.value.trim();
      if (!split(text).length) {
        this.list.replaceChildren();
        this.status.textContent = translated("placeholder", "Type to start searching");
        return;
      }
      try {
        const answer = await this.find(this.input.value);
        if (asked === this.#asked) this.show(answer);
      } catch {
        if (asked !== this.#asked) return;
        this.list.replaceChildren();
        this.status.textContent = location.protocol === "file:" ? WORDS.file : WORDS.failed;
      }
    }

    // Most pages stand in one list; those of a part of the site that is not for every reader in one of its own, behind it.
    show({ results, meant, wishes, pages, last }) {
      const roots = new Set(meant.flatMap((ways) => [...ways].flatMap(({ stems }) => stems)));
      const near = results.filter(({ score }) => score > results[0].score * NEAR);
      const groups = new Map([["", []], ...last.map((name) => [name, []])]);
      for (const result of near) (groups.get(result.about.place[0]) ?? groups.get("")).push(result);
      const found = [...groups].filter(([, results]) => results.length);
      this.list.replaceChildren(...(near.length ? found.flatMap(([name, results]) => this.group(name, results, roots)) : this.ways(pages, last)));
      this.list.parentElement.scrollTop = 0;
      this.status.textContent = [this.count(near.length), ...this.notes(wishes, meant)].join(" ");
    }

    count(number) {
      if (!number) return `${translated("none", "No matching documents")}.`;
      return number === 1 ? `${translated("one", "1 matching document")}.` : `${translated("other", "# matching documents").replace("#", number)}.`;
    }

    // What was understood otherwise than it was typed, and what was not.
    notes(wishes, meant) {
      return wishes.flatMap(([typed, ...ways], wish) => {
        if (meant[wish].has(typed)) return [];
        const said = typed.said.join(" ");
        const slip = ways.find((way) => way.slip && meant[wish].has(way));
        if (slip) return [WORDS.instead(said, slip.said.join(" "))];
        return meant[wish].size ? [] : [WORDS.unknown(said)];
      });
    }

    group(name, results, roots) {
      const list = element("ol");
      const more = element("button", { type: "button", className: "guidekit-search__more", textContent: WORDS.more });
      const show = () => {
        const next = results.slice(list.children.length, list.children.length + STEP).map((result) => item(result, this.site, roots));
        list.append(...next);
        more.hidden = list.children.length >= results.length;
        return next[0];
      };
      more.addEventListener("click", () => show().querySelector("a").focus());
      show();
      const heading = name ? [element("h2", { textContent: name })] : [];
      return [...heading, list, more];
    }

    // Where to go when nothing was found: to the first page of each part of the site.
    ways(pages, last) {
      const starts = new Map();
      for (const [url, { title, place }] of pages) {
        const part = place[0] ?? "";
        if (!last.includes(part) && !starts.has(part)) starts.set(part, element("a", { href: new URL(url, this.site).href, textContent: part || title }));
      }
      return [element("p", { textContent: WORDS.empty }), element("ul", {}, ...[...starts.values()].map((link) => element("li", {}, link)))];
    }
  });
})();
