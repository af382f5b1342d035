// The network on screen: vis-network moves the camera, tells where the pointer is and drags nodes; we paint.

function createNetwork(graph, state, look, { onChoose, onOpen }) {
  const box = byId("network");
  const tip = byId("tip");
  const painter = createPainter(graph, state, look);
  const drawn = new vis.DataSet();

  // vis paints nothing for a node; it only learns how large it is
  const invisible = ({ id }) => {
    const size = painter.radius(graph.nodes[id]) * 2.2;
    return { drawNode() {}, nodeDimensions: { width: size, height: size } };
  };
  const network = new vis.Network(
    box,
    { nodes: drawn, edges: new vis.DataSet() },
    {
      physics: false,
      layout: { improvedLayout: false },
      nodes: { shape: "custom", ctxRenderer: invisible, chosen: false },
      interaction: { hover: false, tooltipDelay: 1e8, selectConnectedEdges: false, zoomSpeed: 0.7 },
    },
  );
  network.on("beforeDrawing", (context) => {
    painter.prepare(network.getScale(), visible());
    painter.paintGround(context);
  });
  network.on("afterDrawing", (context) => painter.paintFront(context));

  function visible() {
    const from = network.DOMtoCanvas({ x: 0, y: 0 });
    const to = network.DOMtoCanvas({ x: box.clientWidth, y: box.clientHeight });
    return { left: from.x, top: from.y, right: to.x, bottom: to.y };
  }

  /** Draws what the state shows now. */
  function update() {
    const gone = drawn.getIds().filter((row) => !graph.nodes[row].shown);
    const there = new Set(drawn.getIds());
    drawn.remove(gone);
    drawn.add(state.nodes.filter((node) => !there.has(node.row)).map(({ row, x, y }) => ({ id: row, x, y })));
    network.redraw();
  }

  const still = matchMedia("(prefers-reduced-motion: reduce)");
  const gently = () => (still.matches ? false : { duration: 250, easingFunction: "easeInOutQuad" });

  /** Moves the camera so that these nodes fill the view, with room for their labels. */
  function fit(nodes = state.nodes, animated = true) {
    if (!nodes.length || !box.clientWidth) return;
    const xs = nodes.map((node) => node.x);
    const ys = nodes.map((node) => node.y);
    const [left, right] = [least(xs), -least(xs.map((x) => -x))];
    const [top, bottom] = [least(ys), -least(ys.map((y) => -y))];
    const room = {
      width: box.clientWidth - Math.min(150, box.clientWidth * 0.22),
      height: box.clientHeight - Math.min(110, box.clientHeight * 0.22),
    };
    const scale = Math.min(room.width / (right - left + 1), room.height / (bottom - top + 1), 1.4);
    network.moveTo({ position: { x: (left + right) / 2, y: (top + bottom) / 2 + 8 / scale }, scale, animation: animated && gently() });
  }

  const least = (numbers) => numbers.reduce((a, b) => (b < a ? b : a));

  /** Moves the camera to a node, near enough to read and far enough to see most of its neighbours. */
  function bringIntoView(node) {
    const far = node.links
      .filter((link) => link.shown)
      .map(({ source, target }) => Math.hypot(source.x - target.x, source.y - target.y))
      .sort((a, b) => a - b);
    const reach = far[Math.floor(far.length * 0.8)] || 1;
    const room = Math.min(box.clientWidth, box.clientHeight) / 2 - 40;
    const scale = Math.max(0.35, Math.min(1.8, room / reach));
    network.moveTo({ position: { x: node.x, y: node.y }, scale, animation: gently() });
  }

  const zoom = (factor) => network.moveTo({ scale: network.getScale() * factor });

  function under(point) {
    const row = network.getNodeAt(point);
    if (row !== undefined) return { node: graph.nodes[row], link: null };
    return { node: null, link: painter.linkAt(network.DOMtoCanvas(point)) };
  }

  network.on("click", ({ pointer }) => {
    const { node, link } = under(pointer.DOM);
    onChoose(node, link);
  });
  network.on("doubleClick", ({ pointer }) => {
    const { node } = under(pointer.DOM);
    if (node) onOpen(node);
  });
  network.on("dragging", ({ nodes }) => {
    for (const row of nodes) Object.assign(graph.nodes[row], network.getPosition(row));
  });

  const showTip = onNextFrame(() => {
    const bounds = box.getBoundingClientRect();
    const point = { x: pointer.x - bounds.left, y: pointer.y - bounds.top };
    const { node, link } = under(point);
    box.style.cursor = node || link ? "pointer" : "";
    tip.hidden = !node && !link;
    hover(node);
    if (node) tip.textContent = `${shortened(node.name, 160)} · ${graph.kinds[node.kind].one}`;
    if (link) {
      const [source, target] = [shortened(link.source.name, 60), shortened(link.target.name, 110)];
      tip.textContent = `${source} ${link.words.active} ${target} · ${counted(link.weight, "sentence")}`;
    }
    if (tip.hidden) return;
    tip.style.left = `${Math.max(8, Math.min(point.x + 14, bounds.width - tip.offsetWidth - 8))}px`;
    tip.style.top = `${Math.max(8, Math.min(point.y + 16, bounds.height - tip.offsetHeight - 8))}px`;
  });
  let pointer = { x: 0, y: 0 };
  box.addEventListener("mousemove", (event) => {
    pointer = { x: event.clientX, y: event.clientY };
    if (!event.buttons) showTip();
  });
  box.addEventListener("mouseleave", () => {
    tip.hidden = true;
    hover(null);
  });

  /** Lets the neighbourhood of the node under the pointer stand out. */
  function hover(node) {
    if (state.hover === node) return;
    state.hover = node;
    network.redraw();
  }

  /** Paints what is seen now on another context, in a frame as large as the box on screen. */
  function paintOn(context, frame) {
    const view = visible();
    const scale = network.getScale();
    painter.prepare(scale, view);
    if (context.enterFrame) context.enterFrame(frame, view);
    else {
      context.save();
      context.beginPath();
      context.rect(frame.x, frame.y, frame.width, frame.height);
      context.clip();
      context.translate(frame.x - view.left * scale, frame.y - view.top * scale);
      context.scale(scale, scale);
    }
    painter.paintGround(context);
    painter.paintFront(context);
    if (context.leaveFrame) context.leaveFrame();
    else context.restore();
    network.redraw();
  }

  /** Where a node, or the middle of a link, stands in the window. */
  function placeOf(thing) {
    const point = network.canvasToDOM("words" in thing ? painter.middleOf(thing) : thing);
    const bounds = box.getBoundingClientRect();
    return { x: bounds.left + point.x, y: bounds.top + point.y };
  }

  const stage = box.firstChild; // what takes the keys
  stage.tabIndex = 0;
  stage.setAttribute("role", "application");
  for (const name of ["aria-label", "aria-describedby"]) {
    stage.setAttribute(name, box.getAttribute(name));
    box.removeAttribute(name);
  }
  return { update, fit, bringIntoView, zoom, placeOf, paintOn, size: () => ({ width: box.clientWidth, height: box.clientHeight }), redraw: () => network.redraw(), focus: () => stage.focus(), holds: (element) => box.contains(element) };
}
