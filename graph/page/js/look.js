// Colours, shapes and line styles. Shapes and dashes repeat what colours say.

const KIND_LOOKS = new Map([
  ["Actor", { shape: "disc", light: "#2563a8", dark: "#6fb1f2" }],
  ["Outlet", { shape: "square", light: "#0b7a6b", dark: "#3fc4ae" }],
  ["Country", { shape: "hexagon", light: "#b4540a", dark: "#f0a04b" }],
  ["Claim", { shape: "diamond", light: "#76808c", dark: "#98a3af" }],
  ["Narrative", { shape: "star", light: "#b3206b", dark: "#f27fb4" }],
  ["Event", { shape: "triangle", light: "#5b3fc4", dark: "#b3a1ff" }],
  ["Document", { shape: "page", light: "#3d4753", dark: "#d5dbe1" }],
]);
const OTHER_KIND = { shape: "pentagon", light: "#6b5d4d", dark: "#c4b5a2" };

const RELATION_LOOKS = new Map([
  ["ACCUSES", { light: "#c8321e", dark: "#ff7a66", dash: [] }],
  ["DENIES", { light: "#7a3fb5", dark: "#c79bf7", dash: [7, 4] }],
  ["ATTRIBUTED_TO", { light: "#3b77ad", dark: "#7fb4e2", dash: [] }],
  ["AMPLIFIES", { light: "#96590a", dark: "#f2b04f", dash: [12, 3] }],
  ["DEBUNKS", { light: "#0b7a6b", dark: "#3fc4ae", dash: [10, 3, 2, 3] }],
  ["COUNTERS", { light: "#0b7a6b", dark: "#3fc4ae", dash: [2, 3] }],
  ["EXPRESSES", { light: "#b3206b", dark: "#f27fb4", dash: [5, 3] }],
]);
const OTHER_RELATION = { light: "#8a939d", dark: "#7d8791", dash: [], faint: true };
const UNSURE_DASH = [1.5, 4]; // negated or hypothetical: it is not plainly said

const PALETTE = {
  light: { ground: "#fbfaf8", text: "#1d2126", quiet: "#5c6670", accent: "#0b5cad", rim: "#ffffff" },
  dark: { ground: "#14171b", text: "#e9ebee", quiet: "#a5aeb8", accent: "#86bdf7", rim: "#14171b" },
};

function createLook(graph) {
  const kinds = graph.kinds.map((kind) => KIND_LOOKS.get(kind.type) ?? OTHER_KIND);
  const relations = graph.relations.map((relation) => RELATION_LOOKS.get(relation.type) ?? OTHER_RELATION);
  return {
    theme: "light",
    get palette() {
      return PALETTE[this.theme];
    },
    shape: (node) => kinds[node.kind].shape,
    kindShape: (kind) => kinds[kind].shape,
    kindColour(kind) {
      return kinds[kind][this.theme];
    },
    relationColour(relation) {
      return relations[relation][this.theme];
    },
    relationDash: (relation) => relations[relation].dash,
    isFaint: (relation) => Boolean(relations[relation].faint),
  };
}

const corners = (number, turn = 0) =>
  Array.from({ length: number }, (_, index) => {
    const angle = turn + (index * 2 * Math.PI) / number;
    return [Math.sin(angle), -Math.cos(angle)];
  });
const OUTLINES = {
  square: corners(4, Math.PI / 4).map(([x, y]) => [x * 1.25, y * 1.25]),
  hexagon: corners(6, Math.PI / 6).map(([x, y]) => [x * 1.1, y * 1.1]),
  pentagon: corners(5).map(([x, y]) => [x * 1.1, y * 1.1]),
  diamond: corners(4).map(([x, y]) => [x * 1.2, y * 1.2]),
  triangle: corners(3).map(([x, y]) => [x * 1.3, y * 1.3 + 0.15]),
  star: corners(10).map(([x, y], index) => (index % 2 ? [x * 0.62, y * 0.62] : [x * 1.35, y * 1.35])),
  page: [[-0.8, -1.1], [0.35, -1.1], [0.85, -0.6], [0.85, 1.1], [-0.8, 1.1]],
};

/** Adds the outline of a shape to the context's path. */
function tracePath(context, shape, x, y, radius) {
  if (shape === "disc") {
    context.moveTo(x + radius, y);
    context.arc(x, y, radius, 0, 2 * Math.PI);
    return;
  }
  OUTLINES[shape].forEach(([dx, dy], index) => {
    if (index) context.lineTo(x + dx * radius, y + dy * radius);
    else context.moveTo(x + dx * radius, y + dy * radius);
  });
  context.closePath();
}
