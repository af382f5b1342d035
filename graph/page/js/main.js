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
  const openLink = (link) => choose(null, link, { follow: true });
  const panel = createPanel(graph, state, look, {
    goTo,
    openLink,
    showPossible() {
      state.least = 0;
      refresh();
    },
    change(alter) {
      alter();
      refresh();
      remember(false);
    },
    startPath(node) {
      state.start = node;
      panel.update();
    },
    showInText(piece) {
      showView("text");
      remember(true);
      views.text.show(piece);
    },
  });
  const onFilter = () => {
    refresh();
    remember(false);
  };
  const legend = createLegend(graph, state, look, { onChange: onFilter });
  const table = createTable(graph, state, { openLink });
  const timeline = createTimeline(graph, state, look, {
    goTo,
    onlyDocument(document) {
      state.leftOut = new Set(graph.documents.filter((other) => other !== document));
      onFilter();
    },
  });
  const views = { network: { update: () => {} }, table, timeline };
  if (graph.text !== null) views.text = createText(graph, state, { openLink });
  const home = graph.text === null ? "network" : "text"; // with a text its graph stands beside it
  let view = home;
  createSaving(graph, state, look, network);
  const search = createSearch(graph, look, {
    onPick(node) {
      goTo(node);
      network.focus();
    },
  });

  /** Selects a node, a link or (null, null) nothing. `call` has it drawn in any case, `follow` moves the camera to it. */
  function choose(node, link, { call = false, follow = false } = {}) {
    if (node && call) state.call(node);
    const start = state.start;
    state.start = null;
    panel.say("");
    state.node = node;
    state.link = link;
    state.path = null;
    if (start && node && start !== node) takePath(start, node);
    refresh();
    if (follow && state.path) network.fit(state.path.nodes);
    else if (follow && state.node) network.bringIntoView(state.node);
    else if (follow && state.link) network.fit([state.link.source, state.link.target]);
    panel.visited(state.node ?? state.link);
    remember(true);
  }

  function takePath(from, to) {
    state.update();
    state.path = pathOver(findPath(graph, from, to));
    if (state.path) state.node = null;
    else panel.say(`No way leads from ${shortened(from.name, 60)} to ${shortened(to.name, 60)} over the lines that are shown.`);
  }

  /** Writes the state into the address; `step` makes it one that the browser's Back undoes. */
  function remember(step) {
    if (location.protocol === "about:") return; // in a notebook's frame the page has no address of its own
    const address = addressOf(graph, state, view);
    if ((location.hash || "#") === address) return;
    if (step) history.pushState(null, "", address);
    else history.replaceState(null, "", address);
  }

  function showView(name) {
    view = Object.hasOwn(views, name) ? name : "network";
    for (const other of Object.keys(views)) {
      byId(other).hidden = other !== view && !(other === "network" && view === "text");
      byId(`view-${other}`).setAttribute("aria-pressed", String(other === view));
    }
    byId("graph").dataset.view = view;
    views[view].update();
    if (!byId("network").hidden) network.redraw();
  }

  /** Shows what the state holds now. */
  function refresh() {
    state.update();
    network.update();
    legend.update();
    panel.update();
    views[view].update();
    byId("origin").textContent = [originOf(graph, state), filtersOf(state)].filter(Boolean).join(" · ");
    const empty = !state.nodes.length;
    byId("nothing").hidden = !empty;
    byId("nothing").textContent = graph.nodes.length ? "The filters hide everything." : "There is nothing in this graph.";
    byId("status").textContent = empty
      ? ""
      : `${part(state.nodes.length, graph.nodes.length, "name")} · ${part(state.links.length, graph.links.length, "line")} · ` +
        `${part(state.evidence, graph.evidence.length, "sentence")} · ${counted(state.documents, "document")}`;
  }

  const part = (some, all, word) => (some === all ? counted(all, word) : `${count(some)} of ${counted(all, word)}`);

  /** Shows what the address names. */
  function openAddress() {
    const asked = readAddress(location.hash, graph, state);
    if (asked.link) {
      const [best] = asked.link.evidence; // the surest
      if (best && state.isTooUnsure(best)) state.least = 0;
      state.called.add(asked.link.source).add(asked.link.target);
    }
    state.update();
    if (asked.node && !asked.node.shown) state.call(asked.node);
    for (const node of asked.path) state.called.add(node);
    state.update();
    Object.assign(state, { start: null, node: asked.node, link: asked.link, path: pathOver(asked.path) });
    showView(location.hash.length > 1 ? asked.view : home);
    refresh();
    if (state.path) network.fit(state.path.nodes);
    else if (state.link) network.fit([state.link.source, state.link.target]);
    else if (state.node) network.bringIntoView(state.node);
    panel.visited(state.node ?? state.link);
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
  for (const name of Object.keys(views)) {
    byId(`view-${name}`).onclick = () => {
      showView(name);
      remember(true);
    };
  }
  byId("fit").onclick = () => network.fit();
  byId("help").onclick = () => byId("help-text").showModal();
  if (matchMedia("(max-width: 900px)").matches) byId("legend").open = false;
  listenToKeys(graph, state, network, {
    choose,
    readDetails: panel.focus,
    search: search.focus,
    help: () => byId("help-text").showModal(),
    path: () => state.node && panel.askPath(state.node),
  });
  addEventListener("popstate", openAddress);

  const asked = document.documentElement.dataset.theme;
  state.update();
  setTheme(asked === "auto" ? (dark.matches ? "dark" : "light") : asked);
  if (asked === "auto") dark.addEventListener("change", () => setTheme(dark.matches ? "dark" : "light"));
  showView(home);
  refresh();
  network.fit(state.nodes, false);
  if (location.hash.length > 1) openAddress();

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
