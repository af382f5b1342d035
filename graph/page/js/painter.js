// Paints links, nodes and labels on the canvas. All sizes of lines and letters are in pixels of the screen, whatever the zoom.

const FONT = "system-ui, -apple-system, 'Segoe UI', sans-serif";
const MANY_LINKS = 2500; // above, no arrow heads and no dashes
const LEADING = 16; // names so well connected that they are labelled even where the label covers other nodes
const MANY_OBSTACLES = 1500; // above, labels may cover nodes, which are dots by then

function createPainter(graph, state, look) {
  const widths = new Map(); // text in a font → width in pixels
  let pixel = 1; // one pixel of the screen in units of the graph
  let view = { left: 0, top: 0, right: 0, bottom: 0 };
  let growth = 1; // radius on the canvas = node.radius × growth

  const radius = (node) => node.radius * growth;

  /** Tells the painter where the camera stands before anything is painted. */
  function prepare(scale, visible) {
    pixel = 1 / scale;
    view = visible;
    const crowding = Math.min(1, Math.sqrt(400 / Math.max(state.nodes.length, 1)));
    growth = Math.max(crowding, 0.35) * Math.pow(Math.min(Math.max(scale, 0.01), 4), -0.6);
  }

  const outside = (a, b) =>
    (a.x < view.left && b.x < view.left) || (a.x > view.right && b.x > view.right) ||
    (a.y < view.top && b.y < view.top) || (a.y > view.bottom && b.y > view.bottom);

  /** The point that a bent link is drawn towards; half-way for a straight one. */
  function bendPoint(link) {
    const { source: a, target: b } = link;
    const dx = b.x - a.x;
    const dy = b.y - a.y;
    const length = Math.hypot(dx, dy) || 1;
    const low = a.row < b.row ? 1 : -1;
    const aside = link.bend * low * Math.min(46, length * 0.22);
    return { x: (a.x + b.x) / 2 - (dy / length) * aside * low, y: (a.y + b.y) / 2 + (dx / length) * aside * low };
  }

  /** A point of a link as it is drawn: 0 at its source, 1 at its target. */
  function pointOf(link, part) {
    const { source: a, target: b } = link;
    const bend = bendPoint(link);
    const along = (axis) => (1 - part) ** 2 * a[axis] + 2 * part * (1 - part) * bend[axis] + part ** 2 * b[axis];
    return { x: along("x"), y: along("y") };
  }

  const middleOf = (link) => pointOf(link, 0.5);

  function traceLink(context, link) {
    const { source: a, target: b } = link;
    if (a === b) {
      const size = radius(a);
      context.moveTo(a.x + size * 2.2, a.y - size);
      context.arc(a.x + size * 1.2, a.y - size, size, 0, 2 * Math.PI);
      return;
    }
    context.moveTo(a.x, a.y);
    if (link.bend) {
      const middle = bendPoint(link);
      context.quadraticCurveTo(middle.x, middle.y, b.x, b.y);
    } else context.lineTo(b.x, b.y);
  }

  function traceHead(context, link, size) {
    const { source: a, target: b } = link;
    if (a === b) return;
    const from = link.bend ? bendPoint(link) : a;
    const angle = Math.atan2(b.y - from.y, b.x - from.x);
    const reach = radius(b) * 1.15 + 1.5 * pixel;
    const x = b.x - Math.cos(angle) * reach;
    const y = b.y - Math.sin(angle) * reach;
    context.moveTo(x, y);
    context.lineTo(x - Math.cos(angle - 0.38) * size, y - Math.sin(angle - 0.38) * size);
    context.lineTo(x - Math.cos(angle + 0.38) * size, y - Math.sin(angle + 0.38) * size);
    context.closePath();
  }

  /** Links in as few strokes as possible: one for all that look alike. */
  function paintLinks(context, links, { width, strength, heads }) {
    const alike = new Map();
    for (const link of links) {
      if (outside(link.source, link.target)) continue;
      const key = link.relation * 8 + (link.sure ? 4 : 0) + (link.weight > 2 ? 2 : 0) + (link.plain ? 1 : 0);
      if (!alike.has(key)) alike.set(key, []);
      alike.get(key).push(link);
    }
    const detailed = links.length <= MANY_LINKS;
    for (const [key, group] of alike) {
      const relation = key >> 3;
      const dash = key & 1 ? look.relationDash(relation) : UNSURE_DASH;
      const faint = look.isFaint(relation);
      context.strokeStyle = context.fillStyle = look.relationColour(relation);
      context.globalAlpha = strength * (faint ? 0.6 : 1) * (key & 4 ? 1 : 0.5);
      context.lineWidth = width * pixel * (faint ? 0.7 : 1) * (key & 2 ? 1.9 : 1);
      context.setLineDash(detailed ? dash.map((length) => length * pixel) : []);
      context.beginPath();
      for (const link of group) traceLink(context, link);
      context.stroke();
      if (!heads || !detailed) continue;
      context.setLineDash([]);
      context.beginPath();
      for (const link of group) traceHead(context, link, heads * pixel);
      context.fill();
    }
    context.setLineDash([]);
    context.globalAlpha = 1;
  }

  function paintNodes(context, nodes) {
    const alike = new Map();
    for (const node of nodes) {
      if (outside(node, node)) continue;
      if (!alike.has(node.kind)) alike.set(node.kind, []);
      alike.get(node.kind).push(node);
    }
    context.lineWidth = 1.5 * pixel;
    context.strokeStyle = look.palette.rim;
    context.lineJoin = "round";
    for (const [kind, group] of alike) {
      context.fillStyle = look.kindColour(kind);
      context.beginPath();
      for (const node of group) tracePath(context, look.kindShape(kind), node.x, node.y, radius(node));
      context.fill();
      if (nodes.length < 3000) context.stroke();
    }
  }

  /** The lines of a label: names in one or two lines, cut where they are longer. */
  function wrapped(node) {
    if (!node.lines) {
      const name = node.name.replace(/\s+/g, " ").trim().slice(0, 80);
      const cut = name.length > 26 ? name.lastIndexOf(" ", 26) : -1;
      node.lines = cut < 8 ? [shortened(name, 28)] : [name.slice(0, cut), shortened(name.slice(cut + 1), 26)];
    }
    return node.lines;
  }

  function widthOf(context, text, font) {
    const key = font + text;
    if (!widths.has(key)) {
      context.save();
      context.font = font;
      widths.set(key, context.measureText(text).width);
      context.restore();
    }
    return widths.get(key);
  }

  /** The font of a node's label as a function of the size of a pixel, with the height of its lines. */
  function fontFor(node, lead) {
    const size = lead ? 13.5 : isClaim(node) ? 11 : 12;
    return Object.assign((scale) => `${lead ? "600 " : ""}${size * scale}px ${FONT}`, { height: size * 1.2 });
  }

  /** Labels in order of rank, each where it covers neither a node nor an earlier label: below, above or beside its node. */
  function paintLabels(context, nodes, limit, ringed = [], verbs = []) {
    const seen = nodes.filter((node) => !outside(node, node));
    const discs = seen.length > MANY_OBSTACLES ? [] : seen.map(discBox);
    const labels = [];
    context.lineJoin = "round";
    context.textAlign = "center";
    context.textBaseline = "top";
    context.strokeStyle = look.palette.ground;
    context.lineWidth = 3.5 * pixel;
    seen.forEach((node, index) => {
      if (labels.length >= limit) return;
      const chosen = node === state.node;
      const leads = node.row < LEADING && node.name.length <= 40;
      const font = fontFor(node, chosen || (leads && node.row < LEADING / 2));
      const lines = wrapped(node);
      const size = {
        width: (Math.max(...lines.map((line) => widthOf(context, line, font(1)))) + 6) * pixel,
        height: (lines.length * font.height + 2) * pixel,
      };
      const places = placesFor(node, size, ringed.includes(node));
      const unwritten = (box) => within(box) && !labels.some((other) => overlap(box, other));
      const free = (box) => unwritten(box) && !discs.some((other, at) => at !== index && overlap(box, other));
      const box =
        places.find((place) => free(place) && !verbs.some((verb) => overlap(place, verb))) ??
        (leads || chosen ? (places.find(free) ?? places.find(unwritten)) : null) ??
        (chosen ? places[0] : null);
      if (!box) return;
      labels.push(box);
      context.font = font(pixel);
      context.fillStyle = isClaim(node) && !chosen ? look.palette.quiet : look.palette.text;
      lines.forEach((line, place) => {
        const y = box.top + place * font.height * pixel;
        context.strokeText(line, (box.left + box.right) / 2, y);
        context.fillText(line, (box.left + box.right) / 2, y);
      });
    });
  }

  function discBox(node) {
    const size = radius(node) * 0.9;
    return { left: node.x - size, right: node.x + size, top: node.y - size, bottom: node.y + size };
  }

  function placesFor(node, { width, height }, ringed) {
    const gap = ringed ? radius(node) * 1.3 + 6 * pixel : radius(node) * 1.15 + 2 * pixel;
    const at = (left, top) => ({ left, right: left + width, top, bottom: top + height });
    const { x, y } = node;
    return [
      at(x - width / 2, y + gap),
      at(x - width / 2, y - gap - height),
      at(x + gap, y - height / 2),
      at(x - gap - width, y - height / 2),
    ];
  }

  const within = (box) => box.left > view.left && box.right < view.right && box.top > view.top && box.bottom < view.bottom;
  const isClaim = (node) => graph.kinds[node.kind].type === "Claim";
  const overlap = (a, b) => a.left < b.right && a.right > b.left && a.top < b.bottom && a.bottom > b.top;

  /** What links say, near their middle where that covers neither a node nor another verb; the telling ones first. */
  function paintVerbs(context, links, nodes) {
    const font = `italic ${11 * pixel}px ${FONT}`;
    const covered = nodes.map(discBox);
    const verbs = [];
    context.textAlign = "center";
    context.textBaseline = "middle";
    context.strokeStyle = look.palette.ground;
    context.lineWidth = 4 * pixel;
    for (const link of [...links].sort((a, b) => look.isFaint(a.relation) - look.isFaint(b.relation))) {
      const half = (widthOf(context, link.words.active, `italic 11px ${FONT}`) * pixel) / 2;
      const boxes = [0.5, 0.62, 0.38, 0.74].map((part) => pointOf(link, part))
        .map(({ x, y }) => ({ x, y, left: x - half, right: x + half, top: y - 7 * pixel, bottom: y + 7 * pixel }));
      const box = boxes.find((place) => !covered.some((other) => overlap(place, other)));
      if (!box) continue;
      const { x, y } = box;
      covered.push(box);
      verbs.push(box);
      context.font = font;
      context.fillStyle = look.relationColour(link.relation);
      context.strokeText(link.words.active, x, y);
      context.fillText(link.words.active, x, y);
    }
    return verbs;
  }

  /** The whole picture; what is chosen stands out before the rest. */
  function paintGround(context) {
    const many = state.links.length;
    paintLinks(context, state.links, {
      width: many > 4000 ? 0.7 : 1.3,
      strength: Math.max(0.08, Math.min(0.75, 0.75 * Math.sqrt(500 / Math.max(many, 1)))),
      heads: many > 1200 ? 0 : 8,
    });
    paintNodes(context, state.nodes);
  }

  function paintFront(context) {
    const focus = state.focus();
    if (!focus) {
      paintLabels(context, state.nodes, state.nodes.length > 200 ? 110 : 200);
      return;
    }
    context.globalAlpha = 0.84;
    context.fillStyle = look.palette.ground;
    context.fillRect(view.left, view.top, view.right - view.left, view.bottom - view.top);
    context.globalAlpha = 1;
    paintLinks(context, focus.links, { width: 1.9, strength: 0.95, heads: 10 });
    paintNodes(context, focus.nodes);
    const ringed = focus.centre ? [focus.centre] : focus.nodes;
    for (const node of ringed) {
      context.strokeStyle = look.palette.accent;
      context.lineWidth = 2.5 * pixel;
      context.beginPath();
      context.arc(node.x, node.y, radius(node) * 1.3 + 4 * pixel, 0, 2 * Math.PI);
      context.stroke();
    }
    const verbs = focus.links.length < 26 ? paintVerbs(context, focus.links, focus.nodes) : [];
    paintLabels(context, focus.nodes, 90, ringed, verbs);
  }

  /** The link nearest to a point of the canvas, if one is within a few pixels; those that stand out come first. */
  const linkAt = (point) => nearest(state.focus()?.links ?? [], point) ?? nearest(state.links, point);

  function nearest(links, point) {
    let found = null;
    let least = 7 * pixel;
    for (const link of links) {
      const distance = distanceTo(link, point, least);
      if (distance < least) {
        least = distance;
        found = link;
      }
    }
    return found;
  }

  function distanceTo(link, point, reach) {
    const { source: a, target: b } = link;
    const margin = reach + 50;
    if (Math.min(a.x, b.x) - margin > point.x || Math.max(a.x, b.x) + margin < point.x) return Infinity;
    if (Math.min(a.y, b.y) - margin > point.y || Math.max(a.y, b.y) + margin < point.y) return Infinity;
    if (a === b) {
      const size = radius(a);
      return Math.abs(Math.hypot(point.x - a.x - size * 1.2, point.y - a.y + size) - size);
    }
    const steps = link.bend ? 8 : 1;
    let least = Infinity;
    let from = a;
    for (let step = 1; step <= steps; step += 1) {
      const part = step / steps;
      const to = link.bend ? pointOf(link, part) : b;
      least = Math.min(least, distanceToSegment(point, from, to));
      from = to;
    }
    return least;
  }

  function distanceToSegment(point, from, to) {
    const dx = to.x - from.x;
    const dy = to.y - from.y;
    const part = ((point.x - from.x) * dx + (point.y - from.y) * dy) / (dx * dx + dy * dy || 1);
    const held = Math.max(0, Math.min(1, part));
    return Math.hypot(point.x - from.x - held * dx, point.y - from.y - held * dy);
  }

  return { prepare, paintGround, paintFront, linkAt, middleOf, radius };
}
