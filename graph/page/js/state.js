// What is chosen, what the filters let through, and hence what is shown.

const POSSIBLE_BELOW = 0.7;

function createState(graph) {
  const state = {
    kinds: new Set(graph.kinds.keys()),
    relations: new Set(graph.relations.keys()),
    possible: false,
    detail: Math.min(graph.firstShown, graph.nodes.length),
    called: new Set(), // nodes beyond the detail that the reader asked for
    node: null,
    link: null,
    nodes: [],
    links: [],
    evidence: 0,
    documents: 0,
  };

  const passes = (piece) => state.possible || piece.confidence >= POSSIBLE_BELOW;
  const drawn = (node) => state.kinds.has(node.kind) && (node.row < state.detail || state.called.has(node));

  /** The evidence of a link that the filters let through. */
  state.evidenceOf = (link) => link.evidence.filter(passes);

  state.update = () => {
    const connected = new Set();
    const documents = new Set();
    state.evidence = 0;
    for (const link of graph.links) {
      const evidence = state.evidenceOf(link);
      link.weight = evidence.length;
      link.plain = evidence.some((piece) => piece.plain);
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
      node.shown = drawn(node) && (connected.has(node) || state.called.has(node) || !node.links.length);
    }
    state.nodes = graph.nodes.filter((node) => node.shown);
    if (state.node && !state.node.shown) state.node = null;
    if (state.link && !state.link.shown) state.link = null;
  };

  /** Lets a node be shown whatever the detail and the filter of kinds say, with its strongest neighbours. */
  state.call = (node) => {
    const neighbours = node.links
      .filter((link) => state.evidenceOf(link).length)
      .map((link) => (link.source === node ? link.target : link.source));
    for (const called of [node, ...neighbours.sort((a, b) => a.row - b.row).slice(0, 40)]) state.called.add(called);
    state.kinds.add(node.kind);
  };

  state.reset = () => {
    state.kinds = new Set(graph.kinds.keys());
    state.relations = new Set(graph.relations.keys());
    state.possible = false;
    state.detail = Math.min(graph.firstShown, graph.nodes.length);
    state.called.clear();
  };

  /** The selected thing, its links and its neighbours; null where nothing is selected. */
  state.focus = () => {
    if (state.link) return { centre: null, links: [state.link], nodes: [state.link.source, state.link.target] };
    if (!state.node) return null;
    const links = state.node.links.filter((link) => link.shown);
    return { centre: state.node, links, nodes: [...new Set([state.node, ...links.flatMap((link) => [link.source, link.target])])] };
  };
  return state;
}
