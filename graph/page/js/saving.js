// What is shown, to take away: as a picture with title, legend and origin, or as a table.

const MARGIN = 24;
const HEAD = 76; // pixels above the picture
const ROW = 20; // and for each row of the legend below it

function createSaving(graph, state, look, network) {
  const title = () => graph.title;

  /** Draws the whole sheet on a context; its height is known before anything is drawn. */
  function drawSheet(context, { width, height, entries }) {
    const picture = network.size();
    context.fillStyle = look.palette.ground;
    context.fillRect(0, 0, width, height);
    write(context, shortened(title(), Math.floor(width / 11)), MARGIN, 18, `600 20px ${FONT}`, look.palette.text);
    write(context, "What documents say, not what is true.", MARGIN, 46, `13px ${FONT}`, look.palette.quiet);
    network.paintOn(context, { x: 0, y: HEAD, ...picture });
    for (const { x, y, mark, label } of entries) {
      mark(context, x, y);
      write(context, label, x + 38, y - 8, `13px ${FONT}`, look.palette.text);
    }
    originLines(width).forEach((line, index, all) =>
      write(context, line, MARGIN, height - MARGIN - (all.length - index) * 17, `12px ${FONT}`, look.palette.quiet));
  }

  function write(context, text, x, y, font, colour) {
    context.font = font;
    context.textAlign = "left";
    context.textBaseline = "top";
    context.fillStyle = colour;
    context.fillText(text, x, y);
  }

  function originLines(width) {
    const limit = Math.floor((width - 2 * MARGIN) / 6.2);
    return [originOf(graph, state), filtersOf(state)].filter(Boolean).map((line) => shortened(line, limit));
  }

  /** Where what stands: kinds and relations that the picture shows, in as many rows as they need. */
  function sheet(measure) {
    const picture = network.size();
    const width = picture.width;
    const kinds = new Set(state.nodes.map((node) => node.kind));
    const relations = new Set(state.links.map((link) => link.relation));
    const marks = [
      ...[...kinds].sort((a, b) => a - b).map((kind) => ({ label: graph.kinds[kind].many, mark: (context, x, y) => {
        context.fillStyle = look.kindColour(kind);
        context.beginPath();
        tracePath(context, look.kindShape(kind), x + 24, y, 6);
        context.fill();
      } })),
      ...[...relations].sort((a, b) => a - b).map((relation) => ({ label: graph.relations[relation].legend, mark: (context, x, y) => {
        context.strokeStyle = look.relationColour(relation);
        context.lineWidth = look.isFaint(relation) ? 1.5 : 2.5;
        context.setLineDash(look.relationDash(relation));
        context.beginPath();
        context.moveTo(x, y);
        context.lineTo(x + 30, y);
        context.stroke();
        context.setLineDash([]);
      } })),
    ];
    const entries = [];
    let [x, y] = [MARGIN, HEAD + picture.height + ROW];
    for (const entry of marks) {
      measure.font = `13px ${FONT}`;
      const room = 38 + measure.measureText(entry.label).width + 22;
      if (x + room > width - MARGIN && x > MARGIN) [x, y] = [MARGIN, y + ROW];
      entries.push({ ...entry, x, y });
      x += room;
    }
    return { width, height: y + ROW + originLines(width).length * 17 + MARGIN, entries };
  }

  const measuring = () => el("canvas").getContext("2d");

  async function png() {
    const drawn = sheet(measuring());
    const canvas = el("canvas", { width: drawn.width * 2, height: drawn.height * 2 });
    const context = canvas.getContext("2d");
    context.scale(2, 2);
    drawSheet(context, drawn);
    const blob = await new Promise((done) => canvas.toBlob(done, "image/png"));
    handOut(blob, "png");
  }

  function svg() {
    const measure = measuring();
    const drawn = sheet(measure);
    const { context, toString } = createSvgContext(measure);
    drawSheet(context, drawn);
    const text =
      `<svg xmlns="http://www.w3.org/2000/svg" width="${drawn.width}" height="${drawn.height}" viewBox="0 0 ${drawn.width} ${drawn.height}">\n` +
      `<title>${inXml(title())}</title>\n${toString()}\n</svg>\n`;
    handOut(new Blob([text], { type: "image/svg+xml" }), "svg");
  }

  /** Every piece of evidence that is shown, as flat rows. */
  const pieces = () =>
    state.links.flatMap((link) =>
      state.evidenceOf(link).map((piece) => ({
        source: link.source.name,
        relation: graph.relations[link.relation].type,
        words: link.words.active,
        target: link.target.name,
        sentence: piece.sentence,
        said_by: piece.speakers.map(({ name }) => name).join(" < "),
        manner: piece.manner,
        confidence: piece.confidence,
        document: piece.document.title,
        publisher: piece.document.publisher,
        published: piece.document.published,
        url: piece.document.url,
        source_id: link.source.id,
        target_id: link.target.id,
      })));

  function csv() {
    const found = pieces();
    const columns = Object.keys(found[0] ?? { source: "", relation: "", target: "", sentence: "" });
    const lines = [columns, ...found.map((piece) => columns.map((column) => piece[column]))];
    handOut(new Blob([`\u{feff}${lines.map((line) => line.map(inCsv).join(",")).join("\r\n")}\r\n`], { type: "text/csv;charset=utf-8" }), "csv");
  }

  function json() {
    const whole = {
      title: title(), origin: originOf(graph, state), filters: filtersOf(state),
      note: "What documents say, not what is true.", evidence: pieces(),
    };
    handOut(new Blob([JSON.stringify(whole, null, 2)], { type: "application/json" }), "json");
  }

  function handOut(blob, ending) {
    const address = URL.createObjectURL(blob);
    const name = folded(title()).replace(/[^\p{L}\p{N}]+/gu, "-").replace(/^-|-$/g, "").slice(0, 60) || "narragraph";
    const link = el("a", { href: address, download: `${name}.${ending}` });
    document.body.append(link);
    link.click();
    link.remove();
    setTimeout(() => URL.revokeObjectURL(address), 10000);
  }

  const ways = { png, svg, csv, json };
  const menu = byId("save");
  for (const [ending, way] of Object.entries(ways)) {
    byId(`save-${ending}`).onclick = () => {
      menu.open = false;
      way();
    };
  }
  menu.addEventListener("focusout", ({ relatedTarget }) => {
    if (relatedTarget && !menu.contains(relatedTarget)) menu.open = false;
  });
}

/** A cell of a table; no program that opens it takes it for a formula. */
function inCsv(value) {
  const text = /^[=+\-@\t\r]/.test(value) ? `'${value}` : String(value);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** Whence the graph comes, in a line. */
function originOf(graph, state) {
  const dates = graph.documents.map((document) => document.published).filter(Boolean).sort(byCodePoint);
  const span = dates.length ? `, ${dates[0]} to ${dates[dates.length - 1]}` : "";
  return `${graph.about} · ${counted(graph.documents.length, "document")}${span} · ` +
    `${counted(state.nodes.length, "name")}, ${counted(state.links.length, "line")}, ${counted(state.evidence, "sentence")} shown`;
}

function filtersOf(state) {
  const words = state.inWords();
  return words.length ? `Filters: ${words.join("; ")}` : "";
}
