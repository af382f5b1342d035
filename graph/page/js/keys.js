// The keyboard alone reaches everything.

const DIRECTIONS = new Map([
  ["ArrowLeft", [-1, 0]],
  ["ArrowRight", [1, 0]],
  ["ArrowUp", [0, -1]],
  ["ArrowDown", [0, 1]],
]);

function listenToKeys(graph, state, network, { choose, readDetails, search, help, path }) {
  let walked = null; // the name whose links E goes through

  /** The nearest shown node that lies in a direction from the chosen one. */
  function neighbour([dx, dy]) {
    const from = state.node ?? state.link?.source;
    if (!from) return state.nodes[0] ?? null;
    let nearest = null;
    let least = Infinity;
    for (const node of state.nodes) {
      const [x, y] = [node.x - from.x, node.y - from.y];
      const ahead = x * dx + y * dy;
      const aside = Math.abs(x * dy) + Math.abs(y * dx);
      if (node === from || ahead <= 0 || aside > ahead * 1.5) continue;
      if (ahead + 2 * aside < least) {
        least = ahead + 2 * aside;
        nearest = node;
      }
    }
    return nearest;
  }

  function walk(step) {
    if (state.node) walked = state.node;
    const links = (walked ?? state.link?.source)?.links.filter((link) => link.shown) ?? [];
    if (!links.length) return;
    const at = state.link ? links.indexOf(state.link) : step > 0 ? -1 : 0;
    choose(null, links[(at + step + links.length) % links.length]);
  }

  const inNetwork = {
    Enter: readDetails,
    e: () => walk(1),
    E: () => walk(-1),
    p: path,
    "+": () => network.zoom(1.25),
    "=": () => network.zoom(1.25),
    "-": () => network.zoom(0.8),
    0: () => network.fit(),
  };
  const anywhere = { "/": search, "?": help, Escape: () => choose(null, null) };

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target.matches("input:not([type=checkbox]), textarea, select") || event.target.closest("dialog")) return;
    if (DIRECTIONS.has(event.key) && network.holds(event.target)) {
      const node = neighbour(DIRECTIONS.get(event.key));
      if (node) choose(node, null, { follow: true });
    } else if (Object.hasOwn(anywhere, event.key)) anywhere[event.key]();
    else if (Object.hasOwn(inNetwork, event.key) && network.holds(event.target)) inNetwork[event.key]();
    else return;
    event.preventDefault();
  });
}
