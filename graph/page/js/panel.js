// The panel beside the network: an overview, one name, or one link with all its sentences.

const GROUP_LIMIT = 12; // links of one relation listed at first for a name
const TRAIL_LIMIT = 7;
const OVERVIEW_LIMIT = 5; // and in the overview

function createPanel(graph, state, look, { goTo, openLink, showPossible, change, startPath, showInText }) {
  const panel = byId("details");
  const trail = []; // what was looked at, the last one last
  let notice = "";

  function update() {
    const view = state.path ? pathView(state.path) : state.link ? linkView(state.link) : state.node ? nodeView(state.node) : overview();
    panel.replaceChildren(...[trailLine(), notices(), ...view].filter(Boolean));
    panel.dataset.shows = state.path ? "path" : state.link ? `link-${state.link.row}` : state.node ? `node-${state.node.row}` : "overview";
    panel.scrollTop = 0;
  }

  // ---- above all views

  /** Notes that something is looked at. */
  function visited(thing) {
    if (!thing || trail[trail.length - 1] === thing) return;
    trail.push(thing);
    trail.splice(0, trail.length - TRAIL_LIMIT);
    update();
  }

  function trailLine() {
    const before = trail.filter((thing, index) => index < trail.length - 1 && thing !== state.node && thing !== state.link);
    if (!before.length) return null;
    const step = (thing) => "words" in thing
      ? el("button", { type: "button", className: "name", onclick: () => openLink(thing) }, linkTitle(thing))
      : nameButton(thing, goTo, 28);
    const line = el("nav", { className: "trail", "aria-label": "Looked at before" });
    before.forEach((thing, index) => line.append(index ? " › " : "", step(thing)));
    return line;
  }

  const linkTitle = ({ source, words, target }) => `${shortened(source.name, 18)} ${words.active} ${shortened(target.name, 18)}`;

  /** Shows a notice until another one, or none, is said. */
  function say(text) {
    notice = text;
  }

  function notices() {
    const asking = state.start
      ? el("p", { className: "notice", role: "status" }, "A path from ", own(shortened(state.start.name, 60)),
        ": choose the other name, in the picture or by search. ",
        el("button", { type: "button", className: "name", onclick: () => startPath(null) }, "Never mind"))
      : null;
    const said = notice ? el("p", { className: "notice", role: "status" }, notice) : null;
    return asking ?? said;
  }

  // ---- a path

  function pathView({ nodes, links }) {
    return [
      el("p", { className: "kind" }, "Path"),
      el("h2", { className: "long" }, nameButton(nodes[0], goTo), " to ", nameButton(nodes[nodes.length - 1], goTo)),
      el("p", { className: "quiet" }, `${counted(links.length, "step")} over the lines that are shown; each stands on sentences of its own.`),
      el("ol", { className: "steps" }, ...links.map((link) => el("li", {}, wholeLink(link), quotation(state.evidenceOf(link)[0])))),
    ];
  }

  // ---- nothing chosen

  function overview() {
    if (!graph.nodes.length) {
      return [el("h2", {}, "Nothing to show"), el("p", {}, "No document said anything that became part of this graph.")];
    }
    return [
      el("h2", {}, "Choose a name or a line"),
      el("p", { className: "quiet" },
        `Every line stands on sentences. ${counted(state.links.length, "line")} here rest on ` +
        `${counted(state.evidence, "sentence")} in ${counted(state.documents, "document")}.`),
      ...graph.relations.map(question),
      el("h3", {}, "Most connected"),
      el("ul", { className: "chips" }, ...leading().map((node) => el("li", {}, icon(node.kind), nameButton(node, goTo, 50)))),
      graph.onlyMentioned
        ? el("p", { className: "quiet" }, `${counted(graph.onlyMentioned, "name")} that documents only mention ${graph.onlyMentioned === 1 ? "is" : "are"} left out.`)
        : null,
    ].filter(Boolean);
  }

  /** The best connected names; claims and documents, whose names are sentences, only where there is nothing else. */
  function leading() {
    const short = state.nodes.filter((node) => !["Claim", "Document"].includes(graph.kinds[node.kind].type));
    return (short.length ? short : state.nodes).slice(0, 14);
  }

  /** The links of one relation that most sentences speak of, under the question that they answer. */
  function question({ question: title }, relation) {
    if (!title || !state.relations.has(relation)) return null;
    const all = graph.links.filter((link) => link.relation === relation);
    const links = all.filter((link) => link.shown && link.plain);
    links.sort((a, b) => b.weight - a.weight || a.source.row + a.target.row - b.source.row - b.target.row);
    const list = el("ul", { className: "links" });
    const show = (some) => list.append(...some.map((link) => el("li", {}, wholeLink(link))));
    show(links.slice(0, OVERVIEW_LIMIT));
    const more = el("button", { type: "button", className: "name" }, `all ${count(links.length)}`);
    more.onclick = () => {
      show(links.slice(OVERVIEW_LIMIT));
      more.remove();
    };
    const hidden = possibleLine(all);
    if (!links.length && !hidden) return null;
    return el("section", {}, el("h3", {}, stroke(look, relation), title), list, links.length > OVERVIEW_LIMIT ? more : null, hidden);
  }

  /** "A accuses B", as one button that opens the sentences. */
  function wholeLink(link) {
    return el("button", { type: "button", className: "whole", onclick: () => openLink(link) },
      own(shortened(link.source.name, 80)), " ", verb(link), " ", own(shortened(link.target.name, 120)),
      el("span", { className: "number" }, count(link.weight)));
  }

  function verb(link, words = link.words.active) {
    const doubt = [link.plain ? "" : " (not plainly)", link.sure ? "" : " (possibly)"].join("");
    const element = el("em", {}, words + doubt);
    element.style.color = look.relationColour(link.relation);
    return element;
  }

  // ---- one name

  function nodeView(node) {
    const kind = graph.kinds[node.kind];
    const heading = el("h2", { dir: "auto", className: "long" }, shortened(node.name, 600));
    const parts = [el("p", { className: "kind" }, icon(node.kind), kind.one), heading];
    if (node.aliases.length) parts.push(aliasLine(node.aliases));
    if (node.facts.length) parts.push(factList(node.facts));
    parts.push(actions(node));
    const links = node.links.filter((link) => link.shown).sort((a, b) => a.relation - b.relation);
    const gives = links.filter((link) => link.source === node);
    const receives = links.filter((link) => link.source !== node);
    // of a claim or a narrative one asks first who says it
    const ownSpeech = [section(kind.gives, gives, "active", (link) => link.target), section(kind.receives, receives, "passive", (link) => link.source)];
    parts.push(...(["Claim", "Narrative"].includes(kind.type) ? ownSpeech.reverse() : ownSpeech));
    if (!links.length) parts.push(el("p", { className: "quiet" }, "None of its links is shown with these filters."));
    const beyond = node.links.filter((link) => !link.shown && state.evidenceOf(link).length).length;
    if (beyond) {
      parts.push(el("p", {}, el("button", { type: "button", onclick: () => goTo(node, { call: true }) }, `Show ${counted(beyond, "more link")} of it`)));
    }
    parts.push(possibleLine(node.links));
    return parts.filter(Boolean);
  }

  function actions(node) {
    const action = (label, run, title) => el("button", { type: "button", title, onclick: run }, label);
    const pinned = state.pinned.has(node);
    const leaves = state.leaves(node);
    return el("p", { className: "actions" },
      action("Path to …", () => startPath(node), "Then choose the other name (P)"),
      action(pinned ? "Unpin" : "Pin", () => change(() => (pinned ? state.pinned.delete(node) : state.pinned.add(node))), "A pinned name stays, whatever the filters say"),
      action("Hide", () => change(() => state.hidden.add(node)), "Take it out of the picture, the lists and the counts"),
      leaves.length
        ? action("Collapse", () => change(() => leaves.forEach((leaf) => state.hidden.add(leaf))), `Hide ${counted(leaves.length, "name")} that only this one holds`)
        : null);
  }

  function aliasLine(aliases) {
    const line = el("p", { className: "aliases" }, "Also: ");
    aliases.slice(0, 20).forEach((alias, index) => line.append(index ? ", " : "", own(shortened(alias, 80))));
    if (aliases.length > 20) line.append(` and ${aliases.length - 20} more`);
    return line;
  }

  function factList(facts) {
    const list = el("dl", { className: "facts" });
    for (const [label, value] of facts) {
      const address = label === "Wikidata" && /^Q\d+$/.test(value) ? `https://www.wikidata.org/wiki/${value}` : value;
      list.append(el("dt", {}, label), el("dd", { dir: "auto" }, webLink(shortened(value, 400), address)));
    }
    return list;
  }

  function section(title, links, voice, otherEnd) {
    if (!links.length) return null;
    const groups = new Map();
    for (const link of links) {
      const key = link.words[voice];
      if (!groups.has(key)) groups.set(key, []);
      groups.get(key).push(link);
    }
    return el("section", {}, el("h3", {}, title), ...[...groups].map(([words, group]) => relationGroup(words, group, otherEnd)));
  }

  function relationGroup(words, links, otherEnd) {
    links.sort((a, b) => b.weight - a.weight || otherEnd(a).row - otherEnd(b).row);
    const list = el("ul", { className: "said" }, ...links.slice(0, GROUP_LIMIT).map((link) => linkEntry(link, otherEnd(link))));
    const title = el("h4", {}, stroke(look, links[0].relation), words, el("span", { className: "number" }, count(links.length)));
    const group = el("div", { className: "group" }, title, list);
    if (links.length > GROUP_LIMIT) {
      const more = el("button", { type: "button" }, `Show all ${count(links.length)}`);
      more.onclick = () => {
        list.append(...links.slice(GROUP_LIMIT).map((link) => linkEntry(link, otherEnd(link))));
        more.remove();
      };
      group.append(more);
    }
    return group;
  }

  /** The other end of a link, with its best sentence; all sentences are one step away. */
  function linkEntry(link, other) {
    const [best] = state.evidenceOf(link);
    const where = [best.document.publisher || shortened(best.document.title, 60), best.document.published].filter(Boolean);
    return el("li", {},
      el("div", { className: "who" }, icon(other.kind), nameButton(other, goTo)),
      link.plain ? null : el("p", { className: "not" }, "not plainly said"),
      link.sure ? null : el("p", { className: "not" }, "a possible reading"),
      best.sentence ? quotation(best) : null,
      el("p", { className: "source" }, own(where.join(", ")), " ",
        el("button", { type: "button", className: "name apart", onclick: () => openLink(link) },
          link.weight > 1 ? `all ${link.weight} sentences` : "who says so, and where")),
    );
  }

  // ---- one link

  function linkView(link) {
    const evidence = state.evidenceOf(link);
    const documents = new Set(evidence.map((piece) => piece.document)).size;
    return [
      el("p", { className: "kind" }, stroke(look, link.relation), "Link"),
      el("h2", { className: "long" }, nameButton(link.source, goTo), " ", verb(link), " ", nameButton(link.target, goTo)),
      el("p", { className: "quiet" }, `${counted(evidence.length, "sentence")} in ${counted(documents, "document")}`),
      ...evidence.map((piece) => evidenceCard(piece, goTo, showInText)),
      possibleLine([link]),
    ].filter(Boolean);
  }

  /** Says how many pieces of evidence are hidden as merely possible, and shows them on request. */
  function possibleLine(links) {
    const hidden = links.reduce((sum, link) => sum + link.evidence.filter(state.isTooUnsure).length, 0);
    if (!hidden) return null;
    return el("p", { className: "quiet" }, `${counted(hidden, "unsure reading")} hidden. `,
      el("button", { type: "button", className: "name", onclick: showPossible }, "Show"));
  }

  function icon(kind) {
    return shapeIcon(look, kind);
  }

  return { update, visited, say, askPath: startPath, focus: () => panel.focus() };
}

/** A small picture of a kind's shape, for legends and lists. */
function shapeIcon(look, kind) {
  const canvas = el("canvas", { width: 32, height: 32, className: "icon", "aria-hidden": "true" });
  const context = canvas.getContext("2d");
  context.fillStyle = look.kindColour(kind);
  context.beginPath();
  tracePath(context, look.kindShape(kind), 16, 16, 10.5);
  context.fill();
  return canvas;
}

/** A small picture of a relation's line. */
function stroke(look, relation) {
  const canvas = el("canvas", { width: 56, height: 32, className: "icon line", "aria-hidden": "true" });
  const context = canvas.getContext("2d");
  context.strokeStyle = look.relationColour(relation);
  context.lineWidth = look.isFaint(relation) ? 3 : 5;
  context.setLineDash(look.relationDash(relation).map((length) => length * 2));
  context.beginPath();
  context.moveTo(2, 16);
  context.lineTo(54, 16);
  context.stroke();
  return canvas;
}
