// Search by name and alias, without regard to case and accents, also for what is not drawn.

const HITS = 12;

function createSearch(graph, look, { onPick }) {
  const field = byId("search");
  const list = byId("hits");
  let found = [];
  let current = -1;

  /** How well a node fits: a name that begins so, then one with a word that does, then any place. Lower is better. */
  function fit(node, wanted) {
    let best = Infinity;
    node.searchable.forEach((name, index) => {
      const at = name.indexOf(wanted);
      if (at < 0) return;
      const place = at === 0 ? (name === wanted ? 0 : 1) : /[\p{L}\p{N}]/u.test(name[at - 1]) ? 3 : 2;
      best = Math.min(best, place + (index ? 0.5 : 0));
    });
    return best;
  }

  function search() {
    const wanted = folded(field.value.trim());
    found = wanted
      ? graph.nodes
          .map((node) => ({ node, fit: fit(node, wanted) }))
          .filter((hit) => hit.fit < Infinity)
          .sort((a, b) => a.fit - b.fit || a.node.row - b.node.row)
          .slice(0, HITS)
          .map((hit) => hit.node)
      : [];
    const options = found.map((node, index) => option(node, index, wanted));
    list.replaceChildren(...(wanted && !found.length ? [el("li", { className: "quiet" }, "No name or alias holds that.")] : options));
    list.hidden = !wanted;
    field.setAttribute("aria-expanded", String(found.length > 0));
    point(found.length ? 0 : -1);
  }

  function option(node, index, wanted) {
    const alias = node.searchable[0].includes(wanted) ? null : node.aliases[node.searchable.findIndex((name) => name.includes(wanted)) - 1];
    return el("li", { id: `hit-${index}`, role: "option", onmousedown: (event) => {
      event.preventDefault();
      pick(index);
    } },
      shapeIcon(look, node.kind), own(shortened(node.name, 110)),
      alias ? el("span", { className: "quiet" }, " · ", own(shortened(alias, 60))) : null);
  }

  function point(index) {
    current = index;
    [...list.children].forEach((item, place) => {
      if (found.length) item.setAttribute("aria-selected", String(place === index));
      if (place === index) item.scrollIntoView({ block: "nearest" });
    });
    if (index < 0) field.removeAttribute("aria-activedescendant");
    else field.setAttribute("aria-activedescendant", `hit-${index}`);
  }

  function close() {
    list.hidden = true;
    field.setAttribute("aria-expanded", "false");
    field.removeAttribute("aria-activedescendant");
  }

  function pick(index) {
    if (!found[index]) return;
    close();
    onPick(found[index]);
  }

  field.oninput = search;
  field.onfocus = () => field.value && search();
  field.onblur = close;
  field.onkeydown = (event) => {
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      const step = event.key === "ArrowDown" ? 1 : -1;
      if (found.length) point((current + step + found.length) % found.length);
    } else if (event.key === "Enter") pick(current);
    else if (event.key === "Escape") {
      field.value = "";
      close();
    } else return;
    event.preventDefault();
  };
  return { focus: () => field.select() };
}
