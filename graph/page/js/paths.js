// The way from one name to another over the lines that are shown.

const BACKGROUND_STEP = 3; // what a line costs that answers no question, such as “is based in”
const STEPPING_STONE = 2; // and a country or a document, over which everything is connected

/** The nodes of the cheapest way between two, with both; none where there is none. */
function findPath(graph, from, to) {
  const costs = new Map([[from, 0]]);
  const before = new Map(); // node → the one before it
  const done = new Set();
  const queue = [[], [], [], [], [], []]; // nodes by cost, modulo its length: no step costs as much
  queue[0].push(from);
  for (let cost = 0, waiting = 1; waiting > 0; cost += 1) {
    const slot = queue[cost % queue.length];
    for (const node of slot) {
      waiting -= 1;
      if (done.has(node) || costs.get(node) !== cost) continue;
      done.add(node);
      if (node === to) return walkedBack(before, from, to);
      for (const link of node.links) {
        if (!link.shown) continue;
        const other = link.source === node ? link.target : link.source;
        const reached = cost + stepCost(graph, link, other, to);
        if (reached >= (costs.get(other) ?? Infinity)) continue;
        costs.set(other, reached);
        before.set(other, node);
        queue[reached % queue.length].push(other);
        waiting += 1;
      }
    }
    slot.length = 0;
  }
  return [];
}

function stepCost(graph, link, other, to) {
  const stone = other !== to && ["Country", "Document"].includes(graph.kinds[other.kind].type);
  return (graph.relations[link.relation].question ? 1 : BACKGROUND_STEP) + (stone ? STEPPING_STONE : 0);
}

function walkedBack(before, from, to) {
  const nodes = [to];
  while (nodes[0] !== from) nodes.unshift(before.get(nodes[0]));
  return nodes;
}

/** The path over these nodes as {nodes, links}, by the most telling line between each two; null where one has none. */
function pathOver(nodes) {
  const links = nodes.slice(1).map((node, index) => {
    const between = node.links.filter((link) => link.shown && (link.source === nodes[index] || link.target === nodes[index]));
    return between.sort((a, b) => a.relation - b.relation || b.weight - a.weight)[0];
  });
  return nodes.length > 1 && links.every(Boolean) ? { nodes, links } : null;
}
