// The text of one document, with the sentences marked on which lines stand: each opens its line, and a card its sentence.

function createText(graph, state, { openLink }) {
  const place = byId("text");
  let marked = ""; // the rows of evidence that are marked now
  let passages = []; // {start, end, pieces, links, element, lines}
  let looked = null;

  /** Evidence that is shown, as passages that do not overlap, in the order of the text. */
  function findPassages(pieces) {
    const found = [];
    for (const piece of [...pieces].sort((a, b) => a.place.start - b.place.start || b.place.end - a.place.end)) {
      const last = found[found.length - 1];
      if (last && piece.place.start < last.end) {
        last.pieces.push(piece);
        last.end = Math.max(last.end, piece.place.end);
      } else found.push({ start: piece.place.start, end: piece.place.end, pieces: [piece] });
    }
    return found;
  }

  function update() {
    const pieces = state.links.flatMap((link) => state.evidenceOf(link)).filter((piece) => piece.place);
    const rows = pieces.map(({ row }) => row).sort((a, b) => a - b).join();
    if (rows !== marked || !place.firstChild) build(pieces);
    marked = rows;
    let first = null;
    for (const { links, element } of passages) {
      const chosen = links.some((link) => link === state.link || (state.node && (link.source === state.node || link.target === state.node)));
      element.classList.toggle("chosen", chosen);
      if (chosen) first ??= element;
    }
    const chosen = state.link ?? state.node;
    if (chosen !== looked && first) bringIntoView(first);
    looked = chosen;
  }

  /** Scrolls only where it is not to be seen yet. */
  function bringIntoView(element) {
    const [seen, frame] = [element.getBoundingClientRect(), place.getBoundingClientRect()];
    if (seen.top < frame.top || seen.bottom > frame.bottom) element.scrollIntoView({ block: "center" });
  }

  function build(pieces) {
    passages = findPassages(pieces);
    const words = el("div", { className: "words", lang: "" });
    let last = 0;
    for (const passage of passages) {
      passage.links = [...new Set(passage.pieces.map(({ link }) => link))].sort((a, b) => a.relation - b.relation);
      passage.element = el("span", { className: "passage", role: "button", tabIndex: 0, onclick: () => open(passage) },
        graph.text.slice(passage.start, passage.end));
      passage.element.onkeydown = (event) => {
        if (event.key !== "Enter" && event.key !== " ") return;
        event.preventDefault();
        open(passage);
      };
      words.append(graph.text.slice(last, passage.start), passage.element);
      last = passage.end;
    }
    words.append(graph.text.slice(last));
    const hint = passages.length
      ? `${counted(passages.length, "passage")} of this text ${passages.length === 1 ? "carries" : "carry"} lines of the graph. Choose one to read what was read in it.`
      : "No line that is shown stands in this text.";
    place.replaceChildren(el("p", { className: "quiet" }, hint), words);
  }

  /** Opens the line of a passage; where there are several, lists them below it. */
  function open(passage) {
    const listed = passage.lines;
    for (const other of passages) {
      other.lines?.remove();
      other.lines = null;
    }
    if (passage.links.length > 1 && !listed) {
      passage.lines = el("span", { className: "lines" }, ...passage.links.map((link) =>
        el("button", { type: "button", className: "name", onclick: () => openLink(link) },
          own(shortened(link.source.name, 60)), ` ${link.words.active} `, own(shortened(link.target.name, 90)))));
      passage.element.after(passage.lines);
    }
    if (!listed) openLink(passage.links.includes(state.link) ? state.link : passage.links[0]);
  }

  /** Brings the sentence of a piece of evidence into view. */
  function show(piece) {
    update();
    const passage = passages.find(({ pieces }) => pieces.includes(piece));
    passage?.element.scrollIntoView({ block: "center" });
    passage?.element.focus({ preventScroll: true });
  }

  return { update, show };
}
