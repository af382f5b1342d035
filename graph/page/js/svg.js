// As much of a canvas's context as the painter uses, which writes SVG instead.

function createSvgContext(measure) {
  const parts = [];
  let path = "";
  const states = [];
  const context = {
    fillStyle: "#000", strokeStyle: "#000", lineWidth: 1, globalAlpha: 1, font: "12px sans-serif",
    textAlign: "start", textBaseline: "alphabetic", lineJoin: "miter", dash: [],
    setLineDash(dash) {
      context.dash = dash;
    },
    save: () => states.push({ ...context }),
    restore: () => Object.assign(context, states.pop()),
    beginPath() {
      path = "";
    },
    moveTo(x, y) {
      path += `M${short(x)} ${short(y)}`;
    },
    lineTo(x, y) {
      path += `L${short(x)} ${short(y)}`;
    },
    quadraticCurveTo(ax, ay, x, y) {
      path += `Q${short(ax)} ${short(ay)} ${short(x)} ${short(y)}`;
    },
    closePath() {
      path += "Z";
    },
    arc(x, y, radius) { // only whole circles are painted
      path += `M${short(x + radius)} ${short(y)}A${short(radius)} ${short(radius)} 0 1 1 ${short(x - radius)} ${short(y)}`;
      path += `A${short(radius)} ${short(radius)} 0 1 1 ${short(x + radius)} ${short(y)}`;
    },
    fill: () => parts.push(`<path d="${path}" fill="${context.fillStyle}"${faint()}/>`),
    stroke: () => parts.push(`<path d="${path}" fill="none"${pen()}${dashes()}${faint()}/>`),
    fillRect: (x, y, width, height) =>
      parts.push(`<rect x="${short(x)}" y="${short(y)}" width="${short(width)}" height="${short(height)}" fill="${context.fillStyle}"${faint()}/>`),
    fillText: (text, x, y) => write(text, x, y, `fill="${context.fillStyle}"`),
    strokeText: (text, x, y) => write(text, x, y, `fill="none"${pen()}`),
    /** What is painted from here to leaveFrame() is seen in a frame, through which a part of the picture's plane shows. */
    enterFrame: (frame, view) => parts.push(
      `<svg x="${short(frame.x)}" y="${short(frame.y)}" width="${short(frame.width)}" height="${short(frame.height)}" ` +
      `viewBox="${[view.left, view.top, view.right - view.left, view.bottom - view.top].map(short).join(" ")}">`),
    leaveFrame: () => parts.push("</svg>"),
    measureText(text) {
      measure.font = context.font;
      return measure.measureText(text);
    },
  };
  const short = (number) => String(Math.round(number * 100) / 100);
  const faint = () => (context.globalAlpha < 1 ? ` opacity="${short(context.globalAlpha)}"` : "");
  const pen = () => ` stroke="${context.strokeStyle}" stroke-width="${short(context.lineWidth)}" stroke-linejoin="${context.lineJoin}"`;
  const dashes = () => (context.dash.length ? ` stroke-dasharray="${context.dash.map(short).join(" ")}"` : "");

  function write(text, x, y, how) {
    const anchor = { center: "middle", right: "end", end: "end" }[context.textAlign] ?? "start";
    const [style, size, family] = /^(.*?)([\d.]+)px (.*)$/.exec(context.font).slice(1);
    const drop = { top: 0.8, middle: 0.35 }[context.textBaseline] ?? 0; // from the top, or the middle, to the base line
    const slant = style.includes("italic") ? ' font-style="italic"' : "";
    const weight = /\d{3}/.exec(style);
    parts.push(
      `<text x="${short(x)}" y="${short(y + Number(size) * drop)}" text-anchor="${anchor}" font-size="${short(Number(size))}"` +
      ` font-family="${inXml(family)}"${slant}${weight ? ` font-weight="${weight[0]}"` : ""} ${how}${faint()}>${inXml(text)}</text>`,
    );
  }

  return { context, toString: () => parts.join("\n") };
}

/** Text as XML has it, without the characters that XML cannot hold. */
const inXml = (text) =>
  text.replace(/[^\t\n\r\u{20}-\u{d7ff}\u{e000}-\u{fffd}\u{10000}-\u{10ffff}]/gu, "\u{fffd}")
    .replace(/[&<>"]/g, (char) => `&#${char.charCodeAt(0)};`);
