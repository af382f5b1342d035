// From the columns in the page to nodes, links and pieces of evidence that point to each other.

async function readPayload() {
  const source = byId("data");
  let text = source.textContent;
  if (source.dataset.encoding === "gzip") {
    const bytes = Uint8Array.from(atob(text), (char) => char.charCodeAt(0));
    text = await new Response(new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"))).text();
  }
  source.remove();
  return JSON.parse(text);
}

/** Turns columns into rows: {a: [1, 2], b: [3, 4]} → [{row: 0, a: 1, b: 3}, {row: 1, a: 2, b: 4}]. */
function rows(columns) {
  const names = Object.keys(columns);
  return columns[names[0]].map((_, row) => {
    const object = { row };
    for (const name of names) object[name] = columns[name][row];
    return object;
  });
}

function buildGraph(payload) {
  const graph = {
    title: payload.title,
    firstShown: payload.firstShown,
    shownFrom: payload.shownFrom, // readings that are less sure are hidden at first
    onlyMentioned: payload.onlyMentioned,
    kinds: payload.kinds,
    relations: payload.relations,
    nodes: rows(payload.nodes),
    links: rows(payload.links),
    documents: payload.documents,
    about: payload.about,
  };
  for (const node of graph.nodes) {
    node.links = [];
    if (!/[\p{L}\p{N}\p{P}\p{S}]/u.test(node.name)) node.name = "(no name)"; // nothing that could be seen or clicked
    node.searchable = [node.name, ...node.aliases].map(folded);
  }
  for (const link of graph.links) {
    link.source = graph.nodes[link.source];
    link.target = graph.nodes[link.target];
    link.words = payload.wordings[link.wording];
    link.relation = link.words.relation;
    link.evidence = [];
    link.source.links.push(link);
    if (link.target !== link.source) link.target.links.push(link);
  }
  const names = payload.names.map(([name, row]) => ({ name, node: graph.nodes[row] ?? null }));
  graph.documents.forEach((document, row) => Object.assign(document, { row, node: graph.nodes[document.node] ?? null }));
  graph.evidence = rows(payload.evidence);
  for (const piece of graph.evidence) {
    piece.link = graph.links[piece.link];
    piece.document = graph.documents[piece.document];
    piece.speakers = piece.speakers.map((name) => names[name]);
    piece.about = graph.nodes[piece.about] ?? null;
    piece.plain = !piece.negated && piece.stance !== "hypothetical";
    piece.manner = piece.negated ? "negated" : MANNERS.includes(piece.stance) ? piece.stance : "asserted";
    piece.month = piece.document.published.slice(0, 7); // empty where it is not known
    piece.link.evidence.push(piece);
    piece.place = null;
  }
  graph.text = payload.text?.words ?? null;
  for (const [row, start, end] of payload.text?.places ?? []) graph.evidence[row].place = { start, end };
  spreadParallels(graph.links);
  graph.narratives = graph.nodes.filter((node) => graph.kinds[node.kind].type === "Narrative");
  for (const narrative of graph.narratives) narrative.circle = circleOf(narrative, graph);
  graph.months = [...new Set(graph.evidence.map((piece) => piece.month).filter(Boolean))].sort(byCodePoint);
  return graph;
}

/** A narrative, what is part of it, and the claims that express it. */
function circleOf(narrative, graph) {
  const circle = new Set([narrative]);
  for (const node of circle) { // a set that grows is walked to its end
    for (const link of node.links) {
      const { type } = graph.relations[link.relation];
      if (link.target === node && ["EXPRESSES", "VARIANT_OF", "PART_OF"].includes(type)) circle.add(link.source);
    }
  }
  return circle;
}

/** Links between the same two nodes bend apart: 0, 1, -1, 2, … steps to the side. */
function spreadParallels(links) {
  const seen = new Map();
  for (const link of links) {
    const [low, high] = [link.source.row, link.target.row].sort((a, b) => a - b);
    const pair = low * 1e7 + high;
    const before = seen.get(pair) ?? 0;
    seen.set(pair, before + 1);
    const side = (before % 2 ? 1 : -1) * Math.ceil(before / 2);
    link.bend = link.source.row === low ? side : -side;
  }
}

/** Without case and accents, for searching. */
const folded = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
