// What is chosen, what the filters let through, and hence what is shown.

const POSSIBLE_BELOW = 0.7; // readings that are less sure are called possible, and drawn paler
const MANNERS = ["asserted", "reported", "hypothetical", "negated"]; // how a sentence says it; negated before all else

function createState(graph) {
  /** The filters as the page opens. */
  const open = () => ({
    kinds: new Set(graph.kinds.keys()),
    relations: new Set(graph.relations.keys()),
    manners: new Set(MANNERS),
    least: graph.shownFrom,
    from: "", // months as 2022-03; empty: from the first, to the last
    until: "",
    narrative: null,
    leftOut: new Set(), // documents that are not listened to
    detail: Math.min(graph.firstShown, graph.nodes.length),
    called: new Set(), // nodes beyond the detail that the reader asked for
    hidden: new Set(),
    pinned: new Set(), // nodes that no filter hides
  });

  const state = {
    ...open(),
    node: null,
    link: null,
    path: null, // {nodes, links}
    start: null, // where a path is to begin
    hover: null,
    nodes: [],
    links: [],
    evidence: 0,
    documents: 0,
  };

  function passes(piece) {
    if (piece.confidence < state.least || !state.manners.has(piece.manner)) return false;
    if (state.leftOut.size && state.leftOut.has(piece.document)) return false;
    if ((state.from && piece.month < state.from) || (state.until && !(piece.month && piece.month <= state.until))) return false;
    return !state.narrative || belongs(piece, state.narrative.circle);
  }

  const belongs = (piece, circle) =>
    circle.has(piece.link.source) || circle.has(piece.link.target) || (piece.about !== null && circle.has(piece.about));

  const drawn = (node) =>
    !state.hidden.has(node) &&
    (state.pinned.has(node) ||
      (state.kinds.has(node.kind) && (node.row < state.detail || state.called.has(node) || Boolean(state.narrative?.circle.has(node)))));

  /** The evidence of a link that the filters let through. */
  state.evidenceOf = (link) => link.evidence.filter(passes);

  /** Whether its confidence is too low for a piece to be shown. */
  state.isTooUnsure = (piece) => piece.confidence < state.least;

  state.update = () => {
    const connected = new Set();
    const documents = new Set();
    state.evidence = 0;
    for (const link of graph.links) {
      const evidence = state.evidenceOf(link);
      link.weight = evidence.length;
      link.plain = evidence.some((piece) => piece.plain);
      link.sure = evidence.some((piece) => piece.plain === link.plain && piece.confidence >= POSSIBLE_BELOW);
      link.shown =
        evidence.length > 0 && state.relations.has(link.relation) && drawn(link.source) && drawn(link.target);
      if (!link.shown) continue;
      connected.add(link.source).add(link.target);
      state.evidence += evidence.length;
      for (const piece of evidence) documents.add(piece.document);
    }
    state.documents = documents.size;
    state.links = graph.links.filter((link) => link.shown);
    for (const node of graph.nodes) {
      const asked = connected.has(node) || state.called.has(node) || state.pinned.has(node) || !node.links.length;
      node.shown = drawn(node) && asked;
    }
    state.nodes = graph.nodes.filter((node) => node.shown);
    if (state.node && !state.node.shown) state.node = null;
    if (state.link && !state.link.shown) state.link = null;
    if (state.path && !state.path.links.every((link) => link.shown)) state.path = null;
  };

  const otherEnd = (link, node) => (link.source === node ? link.target : link.source);
  const neighbours = (node) =>
    node.links.filter((link) => state.evidenceOf(link).length).map((link) => otherEnd(link, node));

  /** Lets a node be shown whatever the detail and the filter of kinds say, with its strongest neighbours. */
  state.call = (node) => {
    for (const called of [node, ...neighbours(node).sort((a, b) => a.row - b.row).slice(0, 40)]) {
      state.called.add(called);
      state.hidden.delete(called);
    }
    state.kinds.add(node.kind);
  };

  /** Nodes that nothing but this one holds in the picture. */
  state.leaves = (node) =>
    [...new Set(node.links.filter((link) => link.shown).map((link) => otherEnd(link, node)))].filter(
      (other) => other !== node && !state.pinned.has(other) &&
        other.links.every((link) => !link.shown || otherEnd(link, other) === node || link.source === link.target),
    );

  state.reset = () => Object.assign(state, open());

  /** What differs from the filters as the page opens, in words. */
  state.inWords = () => {
    const words = [];
    if (state.least !== graph.shownFrom) words.push(state.least ? `readings of ${percent(state.least)} and more` : "all readings");
    if (state.from || state.until) words.push(`published ${state.from || "…"} to ${state.until || "…"}`);
    if (state.narrative) words.push(`narrative “${state.narrative.name}”`);
    if (state.leftOut.size) words.push(`without ${counted(state.leftOut.size, "document")}`);
    const without = [
      ...graph.kinds.filter((_, kind) => !state.kinds.has(kind)).map((kind) => kind.many.toLowerCase()),
      ...graph.relations.filter((_, relation) => !state.relations.has(relation)).map((relation) => `“${relation.legend}”`),
      ...MANNERS.filter((manner) => !state.manners.has(manner)).map((manner) => `what is ${manner}`),
    ];
    if (without.length) words.push(`without ${without.join(", ")}`);
    if (state.hidden.size) words.push(`${counted(state.hidden.size, "name")} hidden by hand`);
    if (state.detail < graph.nodes.length) words.push(`the ${count(state.detail)} most connected names`);
    return words;
  };

  /** The selected thing, its links and its neighbours; null where nothing is selected. */
  state.focus = () => {
    if (state.path) return { centre: null, ...state.path };
    if (state.link) return { centre: null, links: [state.link], nodes: [state.link.source, state.link.target] };
    const centre = state.node ?? state.hover; // what is chosen stays while the pointer wanders
    if (!centre?.shown) return null;
    const links = centre.links.filter((link) => link.shown);
    return { centre, links, nodes: [...new Set([centre, ...links.flatMap((link) => [link.source, link.target])])] };
  };
  return state;
}

const percent = (share) => `${Math.round(share * 100)} %`;
