// What is chosen and what is filtered, as it stands behind the # of the address: a copied link opens the same view.

/** The address of what a state holds; only what differs from a page just opened is in it. */
function addressOf(graph, state, view) {
  const parts = [];
  const add = (name, value) => value !== "" && parts.push(`${name}=${encodeURIComponent(value)}`);
  const rowsOf = (nodes) => [...nodes].map(({ row }) => row).join(".");
  const missing = (all, chosen) => [...all.keys()].filter((index) => !chosen.has(index)).join(".");
  if (state.path) add("path", rowsOf(state.path.nodes));
  else if (state.link) add("link", state.link.row);
  else if (state.node) add("node", state.node.id);
  if (view !== "network") add("view", view);
  if (state.least !== graph.shownFrom) add("least", state.least);
  add("from", state.from);
  add("until", state.until);
  if (state.narrative) add("narrative", state.narrative.id);
  add("unkind", missing(graph.kinds, state.kinds));
  add("unlined", missing(graph.relations, state.relations));
  add("unsaid", MANNERS.filter((manner) => !state.manners.has(manner)).join("."));
  add("unheard", rowsOf(state.leftOut));
  add("hidden", rowsOf(state.hidden));
  add("pinned", rowsOf(state.pinned));
  if (state.detail !== Math.min(graph.firstShown, graph.nodes.length)) add("detail", state.detail);
  return `#${parts.join("&")}`;
}

/** Sets the filters to what an address holds, and tells what it chooses: {node, link, path, view}. */
function readAddress(hash, graph, state) {
  const given = new Map();
  for (const part of hash.slice(1).split("&")) {
    const [name, value = ""] = part.split("=");
    given.set(name, decoded(value));
  }
  const numbers = (name) => (given.get(name) ?? "").split(".").filter((text) => /^\d{1,7}$/.test(text)).map(Number);
  const some = (name, all) => new Set(numbers(name).filter((row) => row < all.length).map((row) => all[row]));
  const but = (name, all) => {
    const without = new Set(numbers(name));
    return new Set([...all.keys()].filter((index) => !without.has(index)));
  };
  const node = (name) => graph.nodes.find(({ id }) => id === given.get(name)) ?? null;
  const month = (name) => (/^\d{4}-\d{2}$/.test(given.get(name) ?? "") ? given.get(name) : "");

  state.reset();
  const least = Number(given.get("least") ?? NaN);
  if (least >= 0 && least <= 1) state.least = least;
  state.from = month("from");
  state.until = month("until");
  state.narrative = graph.narratives.find(({ id }) => id === given.get("narrative")) ?? null;
  state.kinds = but("unkind", graph.kinds);
  state.relations = but("unlined", graph.relations);
  const unsaid = new Set((given.get("unsaid") ?? "").split("."));
  state.manners = new Set(MANNERS.filter((manner) => !unsaid.has(manner)));
  state.leftOut = some("unheard", graph.documents);
  state.hidden = some("hidden", graph.nodes);
  state.pinned = some("pinned", graph.nodes);
  const [detail] = numbers("detail");
  if (detail > 0) state.detail = Math.min(detail, graph.nodes.length);
  const link = graph.links[numbers("link")[0]] ?? null;
  const path = numbers("path").map((row) => graph.nodes[row]).filter(Boolean);
  return { node: node("node"), link, path, view: given.get("view") ?? "network" };
}

function decoded(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
