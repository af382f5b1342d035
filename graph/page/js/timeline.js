// Documents, events and claims in the order of their dates, month by month.

const MONTH_LIMIT = 12; // entries of a month shown at first

function createTimeline(graph, state, look, { goTo, onlyDocument }) {
  const place = byId("timeline");

  /** Entries that are shown: {date, kind, text, sentences, open}. */
  function entries() {
    const documents = new Map(); // document → its sentences
    const claims = new Map(); // claim → [its first date, its sentences]
    for (const link of state.links) {
      for (const piece of state.evidenceOf(link)) {
        documents.set(piece.document, (documents.get(piece.document) ?? 0) + 1);
        for (const node of new Set([link.source, link.target])) {
          if (graph.kinds[node.kind].type !== "Claim" || !piece.document.published) continue;
          const [first, sentences] = claims.get(node) ?? ["9999", 0];
          claims.set(node, [piece.document.published < first ? piece.document.published : first, sentences + 1]);
        }
      }
    }
    const found = [];
    for (const [document, sentences] of documents) {
      const open = document.node ? () => goTo(document.node) : () => onlyDocument(document);
      found.push({ date: document.published, kind: "Document", text: document.title, sentences, open });
    }
    for (const [node, [date, sentences]] of claims) found.push({ date, kind: "Claim", text: node.name, sentences, open: () => goTo(node) });
    for (const node of state.nodes) {
      if (graph.kinds[node.kind].type !== "Event") continue;
      const sentences = node.links.reduce((sum, link) => sum + (link.shown ? link.weight : 0), 0);
      found.push({ date: node.start, kind: "Event", text: node.name, sentences, open: () => goTo(node) });
    }
    return found;
  }

  function update() {
    const months = new Map();
    for (const entry of entries()) {
      const month = entry.date.slice(0, 7);
      if (!months.has(month)) months.set(month, []);
      months.get(month).push(entry);
    }
    const most = Math.max(1, ...[...months.values()].map(total));
    const order = [...months.keys()].filter(Boolean).sort(byCodePoint);
    if (months.has("")) order.push(""); // without a date, at the end
    place.replaceChildren(
      order.length ? el("ol", { className: "months" }, ...order.map((month) => monthEntry(month, months.get(month), most)))
        : el("p", { className: "quiet" }, "Nothing that is shown has a date."));
  }

  const total = (entries) => entries.filter(({ kind }) => kind === "Document").reduce((sum, entry) => sum + entry.sentences, 0);

  function monthEntry(month, entries, most) {
    entries.sort((a, b) => byCodePoint(a.date, b.date) || b.sentences - a.sentences || byCodePoint(a.text, b.text));
    const list = el("ul");
    const show = (some) => list.append(...some.map(entryLine));
    show(entries.slice(0, MONTH_LIMIT));
    const bar = el("meter", { min: 0, max: most, value: total(entries), title: counted(total(entries), "sentence") });
    bar.setAttribute("aria-label", `${counted(total(entries), "sentence")} of this month's documents`);
    const item = el("li", {}, el("h2", {}, month ? monthName(month) || month : "Without a date", " ", bar), list);
    if (entries.length > MONTH_LIMIT) {
      const more = el("button", { type: "button", onclick: () => {
        show(entries.slice(MONTH_LIMIT));
        more.remove();
      } }, `Show all ${count(entries.length)}`);
      item.append(more);
    }
    return item;
  }

  function entryLine({ date, kind, text, sentences, open }) {
    const index = graph.kinds.findIndex(({ type }) => type === kind);
    return el("li", {}, el("time", { dateTime: date }, date.slice(8) ? `${Number(date.slice(8, 10))}.` : ""),
      index < 0 ? el("span", { className: "icon" }) : shapeIcon(look, index),
      el("button", { type: "button", className: "name", dir: "auto", onclick: open }, shortened(text, 160)),
      el("span", { className: "number" }, `${kind.toLowerCase()}, ${counted(sentences, "sentence")}`));
  }

  return { update };
}
