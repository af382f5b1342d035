// The legend: what shapes and lines mean, how many there are, and switches that hide and show them.

function createLegend(graph, state, look, { onChange }) {
  const place = byId("filters");
  const filters = createFilters(graph, state, { onChange });
  const counters = []; // functions that write the numbers anew
  const controls = []; // functions that set the controls to what the state holds

  function build() {
    counters.length = controls.length = 0;
    place.replaceChildren(
      switches("Names", graph.kinds.map((kind) => kind.many), () => state.kinds, (kind) => shapeIcon(look, kind),
        (kind) => numbers(state.nodes, graph.nodes, (node) => node.kind === kind)),
      switches("Lines", graph.relations.map((relation) => relation.legend), () => state.relations, (relation) => stroke(look, relation),
        (relation) => numbers(state.links, graph.links, (link) => link.relation === relation)),
      ...filters.build(),
      detailSlider(),
      el("p", {}, el("button", { type: "button", id: "reset", onclick: reset }, "Show everything again")),
    );
    update();
  }

  const numbers = (shown, all, fits) => {
    const [some, whole] = [shown.filter(fits).length, all.filter(fits).length];
    return some === whole ? count(whole) : `${count(some)} of ${count(whole)}`;
  };

  function switches(title, labels, chosen, picture, number) {
    const group = el("fieldset", {}, el("legend", {}, title));
    labels.forEach((label, index) => {
      const box = el("input", { type: "checkbox" });
      controls.push(() => {
        box.checked = chosen().has(index);
      });
      box.onchange = () => {
        if (box.checked) chosen().add(index);
        else chosen().delete(index);
        onChange();
      };
      const total = el("span", { className: "number" });
      counters.push(() => {
        total.textContent = number(index);
      });
      group.append(el("label", {}, box, picture(index), el("span", { className: "what" }, own(label)), total));
    });
    return group;
  }

  function detailSlider() {
    const total = graph.nodes.length;
    if (total <= graph.firstShown) return "";
    const slider = el("input", { type: "range", id: "detail", min: 50, max: total, value: state.detail, "aria-label": "How many of the most connected names are drawn" });
    const shown = el("output", { htmlFor: "detail" });
    const apply = onNextFrame(onChange);
    slider.oninput = () => {
      state.detail = Number(slider.value);
      apply();
    };
    controls.push(() => {
      slider.value = state.detail;
      shown.textContent = state.detail >= total ? `all ${count(total)} names` : `the ${count(state.detail)} most connected of ${count(total)} names`;
    });
    return el("fieldset", {}, el("legend", {}, "Detail"), slider, el("p", { className: "quiet" }, shown));
  }

  function reset() {
    state.reset();
    build();
    onChange();
    byId("reset").focus();
  }

  function update() {
    for (const write of [...counters, ...controls]) write();
    filters.update();
  }

  return { build, update };
}
