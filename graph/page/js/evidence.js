// One piece of evidence as a card: the sentence, who says it, in which document, and how it was read.

const STANCES = new Map([
  ["asserted", "said outright"],
  ["reported", "reported"],
  ["hypothetical", "only as a possibility"],
]);
const BASES = new Map([
  ["metadata", "from the document's own metadata"],
  ["reference", "from a reference list, not from a document"],
  ["derived", "computed, not read in a sentence"],
]);

function sureness(confidence) {
  if (confidence >= 0.9) return "very sure";
  if (confidence >= 0.8) return "sure";
  return confidence >= POSSIBLE_BELOW ? "fairly sure" : "possible";
}

/** The sentence with the words that gave it away marked. */
function quotation(piece) {
  if (!piece.sentence) return el("p", { className: "quiet" }, "No sentence: ", BASES.get(piece.basis) ?? piece.basis);
  const [start, end] = piece.mark.length ? piece.mark : [0, 0];
  return el("blockquote", { dir: "auto" },
    piece.sentence.slice(0, start),
    end ? el("mark", {}, piece.sentence.slice(start, end)) : null,
    piece.sentence.slice(end),
  );
}

/** Who vouches for it, outermost first: the document, whom it quotes, whom that one quotes. */
function speakerChain(piece, goTo) {
  const chain = el("p", { className: "chain" }, piece.speakers.length ? "According to " : "Told by the document itself");
  piece.speakers.forEach(({ name, node }, index) => {
    if (index) chain.append(", who quotes ");
    chain.append(node ? nameButton(node, goTo) : own(name));
  });
  if (piece.said) chain.append(`, on ${piece.said}`);
  return chain;
}

function sourceLine({ title, url, published, publisher, genre, node }, goTo) {
  const line = el("p", { className: "source" }, webLink(shortened(title, 160), url));
  for (const part of [publisher, published, genre]) if (part) line.append(" · ", own(part));
  if (node) line.append(" ", el("button", { type: "button", className: "name apart", onclick: () => goTo(node) }, "in the graph"));
  return line;
}

function readingLine(piece) {
  const line = el("p", { className: "reading" });
  line.append(
    el("span", { className: `sure ${piece.confidence >= POSSIBLE_BELOW ? "" : "low"}`, title: "How sure the reading is; nothing about truth" },
      `${sureness(piece.confidence)}, ${Math.round(piece.confidence * 100)} %`),
    el("span", {}, STANCES.get(piece.stance) ?? piece.stance),
  );
  if (piece.negated) line.append(el("span", { className: "not" }, "negated: it says that this is not so"));
  if (piece.sentence && BASES.has(piece.basis)) line.append(el("span", {}, BASES.get(piece.basis)));
  if (piece.detail) line.append(el("span", {}, own(piece.detail)));
  if (piece.rule) line.append(el("code", { title: "The rule that read it" }, piece.rule));
  return line;
}

function evidenceCard(piece, goTo, showInText) {
  return el("article", { className: "card" },
    quotation(piece),
    piece.place ? el("p", {}, el("button", { type: "button", className: "name apart", onclick: () => showInText(piece) }, "in the text")) : null,
    piece.about ? el("p", {}, "Of what: ", nameButton(piece.about, goTo)) : null,
    speakerChain(piece, goTo),
    sourceLine(piece.document, goTo),
    readingLine(piece),
  );
}

function nameButton(node, goTo, limit = 300) {
  return el("button", { type: "button", className: "name", dir: "auto", onclick: () => goTo(node) }, shortened(node.name, limit));
}
