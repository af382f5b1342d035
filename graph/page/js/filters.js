// Filters beside the legend: confidence, dates, how it is said, narratives, documents.

const PLAY_STEP = 700; // milliseconds that each month stands

function createFilters(graph, state, { onChange }) {
  const writers = []; // functions that set the controls and their numbers to what the state holds
  let playing = 0;

  function build() {
    stop();
    writers.length = 0;
    return [confidence(), dates(), manners(), narratives(), documents()].filter(Boolean);
  }

  const update = () => writers.forEach((write) => write());
  const group = (title, ...children) => el("fieldset", {}, el("legend", {}, title), ...children);

  function confidence() {
    const slider = el("input", { type: "range", id: "least", min: 0, max: 95, step: 5, "aria-label": "Least confidence of a reading, in per cent" });
    const apply = onNextFrame(onChange);
    slider.oninput = () => {
      state.least = Number(slider.value) / 100;
      apply();
    };
    const note = el("p", { className: "quiet" });
    writers.push(() => {
      slider.value = Math.round(state.least * 100);
      const hidden = graph.evidence.filter(state.isTooUnsure).length;
      const lines = graph.links.filter((link) => link.evidence.every(state.isTooUnsure)).length;
      note.textContent = hidden
        ? `Hidden: ${counted(lines, "line")} and ${counted(hidden, "reading")} with less than ${percent(state.least)} confidence.`
        : "No reading is hidden for its confidence.";
      slider.setAttribute("aria-valuetext", `at least ${percent(state.least)}`);
    });
    return group("Confidence", slider, note);
  }

  function dates() {
    if (graph.months.length < 2) return null;
    const last = graph.months.length - 1;
    const handle = (id, name) => el("input", { type: "range", id, min: 0, max: last, "aria-label": name });
    const [from, until] = [handle("from", "From month"), handle("until", "Until month")];
    const note = el("p", { className: "quiet" });
    const apply = onNextFrame(onChange);
    const set = (first, end) => {
      state.from = first > 0 ? graph.months[first] : "";
      state.until = end < last ? graph.months[end] : "";
      apply();
    };
    from.oninput = () => set(Number(from.value), Math.max(Number(from.value), Number(until.value)));
    until.oninput = () => set(Math.min(Number(from.value), Number(until.value)), Number(until.value));
    const play = el("button", { type: "button", id: "play" });
    play.onclick = () => {
      if (playing) {
        stop();
        update();
        return;
      }
      let end = Number(until.value) < last ? Number(until.value) : Number(from.value) - 1;
      const step = () => {
        end += 1;
        if (end >= last) stop();
        set(Number(from.value), end);
      };
      playing = setInterval(step, PLAY_STEP);
      step();
    };
    writers.push(() => {
      const place = (month, otherwise) => (month ? graph.months.findLastIndex((known) => known <= month) : otherwise);
      from.value = place(state.from, 0);
      until.value = place(state.until, last);
      for (const [slider, month] of [[from, state.from || graph.months[0]], [until, state.until || graph.months[last]]]) {
        slider.setAttribute("aria-valuetext", monthName(month));
      }
      play.textContent = playing ? "Pause" : "Play";
      const undated = graph.evidence.filter((piece) => !piece.month).length;
      note.textContent =
        `${monthName(state.from || graph.months[0])} – ${monthName(state.until || graph.months[last])}` +
        (undated && (state.from || state.until) ? `; ${counted(undated, "sentence")} without a date hidden` : "");
    });
    return group("Dates of documents", from, until, el("p", { className: "row" }, play, note));
  }

  function stop() {
    clearInterval(playing);
    playing = 0;
  }

  function manners() {
    const present = MANNERS.filter((manner) => graph.evidence.some((piece) => piece.manner === manner));
    if (present.length < 2) return null;
    const labels = { asserted: "Said outright", reported: "Reported of others", hypothetical: "Only as a possibility", negated: "Negated" };
    return group("How it is said", ...present.map((manner) => toggle(labels[manner], () => state.manners, manner,
      () => graph.evidence.filter((piece) => piece.manner === manner).length)));
  }

  function narratives() {
    if (!graph.narratives.length) return null;
    const choice = el("select", { id: "narrative", "aria-label": "Only what belongs to a narrative" }, el("option", { value: "" }, "All"));
    for (const { row, name } of [...graph.narratives].sort((a, b) => byCodePoint(a.name, b.name))) {
      choice.append(el("option", { value: row }, shortened(name, 90)));
    }
    choice.onchange = () => {
      state.narrative = choice.value ? graph.nodes[Number(choice.value)] : null;
      onChange();
    };
    writers.push(() => {
      choice.value = state.narrative?.row ?? "";
    });
    return group("Narrative", choice);
  }

  function documents() {
    if (graph.documents.length < 2) return null;
    const list = el("div", { className: "many" });
    const field = el("input", { type: "search", placeholder: "Find a document", "aria-label": "Find a document" });
    const whole = el("details", { id: "documents" }, el("summary", {}, `${counted(graph.documents.length, "document")}`), field, list);
    const order = [...graph.documents].sort((a, b) => byCodePoint(b.published, a.published) || byCodePoint(a.title, b.title));
    const LIMIT = 60;
    const fill = () => {
      const wanted = folded(field.value.trim());
      const fitting = order.filter(({ title, publisher }) => !wanted || folded(`${title} ${publisher}`).includes(wanted));
      list.replaceChildren(
        el("p", { className: "row" },
          el("button", { type: "button", onclick: () => leave(fitting, false) }, "All of these"),
          el("button", { type: "button", onclick: () => leave(fitting, true) }, "None of these")),
        ...fitting.slice(0, LIMIT).map((document) => {
          const box = el("input", { type: "checkbox", checked: !state.leftOut.has(document) });
          box.onchange = () => leave([document], !box.checked);
          return el("label", {}, box, el("span", { className: "what" }, own(shortened(document.title, 90)), " ",
            el("span", { className: "number" }, document.published)));
        }),
        ...(fitting.length > LIMIT ? [el("p", { className: "quiet" }, `and ${count(fitting.length - LIMIT)} more`)] : []));
    };
    const leave = (some, out) => {
      for (const document of some) {
        if (out) state.leftOut.add(document);
        else state.leftOut.delete(document);
      }
      onChange();
    };
    field.oninput = fill;
    whole.ontoggle = () => whole.open && fill();
    writers.push(() => {
      const out = state.leftOut.size;
      whole.firstChild.textContent = out
        ? `${count(graph.documents.length - out)} of ${counted(graph.documents.length, "document")}`
        : counted(graph.documents.length, "document");
      if (whole.open && !list.contains(document.activeElement)) fill();
    });
    return group("Documents", whole);
  }

  function toggle(label, chosen, value, total) {
    const box = el("input", { type: "checkbox" });
    box.onchange = () => {
      if (box.checked) chosen().add(value);
      else chosen().delete(value);
      onChange();
    };
    writers.push(() => {
      box.checked = chosen().has(value);
    });
    return el("label", {}, box, el("span", { className: "what" }, label), el("span", { className: "number" }, count(total())));
  }

  return { build, update };
}

const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
const monthName = (month) => `${MONTHS[Number(month.slice(5, 7)) - 1] ?? ""} ${month.slice(0, 4)}`.trim();
