// The lines as a table that sorts and filters.

const TABLE_LIMIT = 200; // rows at first, and with each “more”

function createTable(graph, state, { openLink }) {
  const place = byId("table");
  let rows = [];
  let sorting = { column: 3, down: true };
  let limit = TABLE_LIMIT;
  let wanted = "";

  const COLUMNS = [
    { title: "Who", value: (row) => folded(row.link.source.name), cell: (row) => own(shortened(row.link.source.name, 90)) },
    { title: "does", value: (row) => row.words, cell: (row) => row.words },
    { title: "whom or what", value: (row) => folded(row.link.target.name), cell: (row) => whole(row) },
    { title: "Sentences", value: (row) => row.sentences, cell: (row) => count(row.sentences), number: true },
    { title: "Documents", value: (row) => row.documents, cell: (row) => count(row.documents), number: true },
    { title: "Sureness", value: (row) => row.sure, cell: (row) => percent(row.sure), number: true },
    { title: "First", value: (row) => row.first, cell: (row) => row.first },
    { title: "Last", value: (row) => row.last, cell: (row) => row.last },
  ];

  const whole = (row) =>
    el("button", { type: "button", className: "name", dir: "auto", onclick: () => openLink(row.link) }, shortened(row.link.target.name, 140));

  const field = el("input", { type: "search", placeholder: "Find in the rows", "aria-label": "Find in the rows" });
  field.oninput = onNextFrame(() => {
    wanted = folded(field.value.trim());
    limit = TABLE_LIMIT;
    fill();
  });
  const told = el("p", { className: "quiet", role: "status" });
  const heads = COLUMNS.map((column, index) => {
    const button = el("button", { type: "button", className: "sort", onclick: () => sortBy(index) }, column.title);
    return el("th", { scope: "col", className: column.number ? "number" : "" }, button);
  });
  const body = el("tbody");
  const more = el("button", { type: "button", onclick: () => {
    limit += TABLE_LIMIT;
    fill();
  } }, "Show more rows");
  place.append(el("div", { className: "bar" }, field, told),
    el("table", {}, el("caption", { className: "unseen" }, "The lines that are shown"), el("thead", {}, el("tr", {}, ...heads)), body), more);

  function sortBy(index) {
    sorting = { column: index, down: sorting.column === index ? !sorting.down : Boolean(COLUMNS[index].number) };
    fill();
  }

  /** Reads anew what is shown. */
  function update() {
    rows = state.links.map((link) => {
      const evidence = state.evidenceOf(link);
      const dates = evidence.map((piece) => piece.document.published).filter(Boolean).sort(byCodePoint);
      return {
        link,
        words: link.words.active + (link.plain ? "" : " (not plainly)") + (link.sure ? "" : " (possibly)"),
        sentences: evidence.length,
        documents: new Set(evidence.map((piece) => piece.document)).size,
        sure: Math.max(...evidence.map((piece) => piece.confidence)),
        first: dates[0] ?? "",
        last: dates[dates.length - 1] ?? "",
      };
    });
    fill();
  }

  function fill() {
    const fits = ({ link, words }) => folded(`${link.source.name} ${words} ${link.target.name}`).includes(wanted);
    const found = wanted ? rows.filter(fits) : [...rows];
    const { value } = COLUMNS[sorting.column];
    const turn = sorting.down ? -1 : 1;
    found.sort((a, b) => {
      const [one, other] = [value(a), value(b)];
      return (one < other ? -1 : one > other ? 1 : 0) * turn || a.link.row - b.link.row;
    });
    heads.forEach((head, index) => {
      head.setAttribute("aria-sort", index !== sorting.column ? "none" : sorting.down ? "descending" : "ascending");
    });
    body.replaceChildren(...found.slice(0, limit).map((row) =>
      el("tr", { className: row.link === state.link ? "chosen" : "" },
        ...COLUMNS.map((column) => el("td", { className: column.number ? "number" : "" }, column.cell(row))))));
    told.textContent = `${count(Math.min(limit, found.length))} of ${counted(found.length, "line")}`;
    more.hidden = found.length <= limit;
  }

  return { update };
}
