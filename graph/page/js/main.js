// Joins the parts. What is chosen stands in the address, so that back, forward and a copied link work.

async function start() {
  const graph = buildGraph(await readPayload());
  const look = createLook(graph);
  const state = createState(graph);
  const network = createNetwork(graph, state, look, {
    onChoose: choose,
    onOpen: (node) => choose(node, null, { call: true }),
  });
  const goTo = (node, { call = !node.shown } = {}) => choose(node, null, { call, follow: true });
  const panel = createPanel(graph, state, look, {
    goTo,
    openLink: (link) => choose(null, link, { follow: true }),
    showPossible() {
      state.possible = true;
      refresh();
    },
  });
  const legend = createLegend(graph, state, look, { onChange: refresh });
  const search = createSearch(graph, look, {
    onPick(node) {
      goTo(node);
      network.focus();
    },
  });

  /** Selects a node, a link or (null, null) nothing. `call` has it drawn in any case, `follow` moves the camera to it. */
  function choose(node, link, { call = false, follow = false } = {}) {
    if (node && call) state.call(node);
    state.node = node;
    state.link = link;
    if (call) legend.build();
    refresh();
    if (follow && state.node) network.bringIntoView(state.node);
    if (follow && state.link) network.fit([state.link.source, state.link.target]);
    const address = node ? `#node=${encodeURIComponent(node.id)}` : link ? `#link=${link.row}` : "#";
    if ((location.hash || "#") !== address) history.pushState(null, "", address);
  }

  /** Shows what the state holds now. */
  function refresh() {
    state.update();
    network.update();
    legend.update();
    panel.update();
    const empty = !state.nodes.length;
    byId("nothing").hidden = !empty;
    byId("nothing").textContent = graph.nodes.length ? "The filters hide everything." : "There is nothing in this graph.";
    byId("status").textContent = empty
      ? ""
      : `${part(state.nodes.length, graph.nodes.length, "name")} · ${part(state.links.length, graph.links.length, "line")} · ` +
        `${part(state.evidence, graph.evidence.length, "sentence")} · ${counted(state.documents, "document")}`;
  }

  const part = (some, all, word) => (some === all ? counted(all, word) : `${count(some)} of ${counted(all, word)}`);

  /** Chooses what the address names. */
  function openAddress() {
    const [, what, name] = /^#(node|link)=(.*)$/.exec(location.hash) ?? [];
    if (what === "node") {
      const node = graph.nodes.find(({ id }) => encodeURIComponent(id) === name || id === name);
      if (node) goTo(node);
    } else if (what === "link" && graph.links[Number(name)]) {
      const link = graph.links[Number(name)];
      if (!link.evidence.some((piece) => piece.confidence >= POSSIBLE_BELOW)) state.possible = true;
      state.called.add(link.source).add(link.target);
      choose(null, link, { follow: true });
    } else if (state.node || state.link) choose(null, null);
  }

  const dark = matchMedia("(prefers-color-scheme: dark)");
  function setTheme(theme) {
    look.theme = theme;
    document.documentElement.dataset.theme = theme;
    byId("theme").textContent = theme === "dark" ? "Light" : "Dark";
    legend.build();
    panel.update();
    network.redraw();
  }

  byId("theme").onclick = () => setTheme(look.theme === "dark" ? "light" : "dark");
  byId("fit").onclick = () => network.fit();
  byId("help").onclick = () => byId("help-text").showModal();
  if (matchMedia("(max-width: 900px)").matches) byId("legend").open = false;
  listenToKeys(graph, state, network, {
    choose,
    readDetails: panel.focus,
    search: search.focus,
    help: () => byId("help-text").showModal(),
  });
  addEventListener("popstate", openAddress);

  const asked = document.documentElement.dataset.theme;
  state.update();
  setTheme(asked === "auto" ? (dark.matches ? "dark" : "light") : asked);
  if (asked === "auto") dark.addEventListener("change", () => setTheme(dark.matches ? "dark" : "light"));
  refresh();
  network.fit(state.nodes, false);
  openAddress();

  // for scripts that drive the page: what there is, and where it stands in the window
  window.narragraph = {
    names: graph.nodes.map((node) => node.name),
    links: graph.links.length,
    placeOfName: (name) => network.placeOf(graph.nodes.find((node) => node.name === name)),
    placeOfLink: (source, verb, target) =>
      network.placeOf(graph.links.find((link) => link.source.name === source && link.words.active === verb && link.target.name === target)),
  };
  requestAnimationFrame(() =>
    requestAnimationFrame(() => {
      performance.mark("narragraph-ready");
      document.documentElement.dataset.ready = "true";
    }),
  );
}

start();
