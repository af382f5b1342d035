// Building blocks of the page. Text from documents only ever becomes text nodes and attribute values, never markup.

const byId = (id) => document.getElementById(id);

/** A new element; properties that the element knows are set as such, others as attributes; strings become text. */
function el(tag, properties = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (name in element) element[name] = value;
    else element.setAttribute(name, value);
  }
  element.append(...children.filter((child) => child !== null && child !== undefined));
  return element;
}

/** Text from documents inline; its own direction does not turn the line around it. */
const own = (text, properties = {}) => el("bdi", properties, text);

const count = (number) => number.toLocaleString("en");
const counted = (number, one, many = one + "s") => `${count(number)} ${number === 1 ? one : many}`;
const shortened = (text, limit) => (text.length > limit ? text.slice(0, limit - 1).trimEnd() + "…" : text);
const byCodePoint = (a, b) => (a < b ? -1 : a > b ? 1 : 0);

/** Runs once on the next frame, however often it is called before. */
function onNextFrame(run) {
  let asked = 0;
  return () => {
    cancelAnimationFrame(asked);
    asked = requestAnimationFrame(run);
  };
}

/** A link to the web, or plain text where the address is not http(s). */
function webLink(text, address) {
  if (!/^https?:\/\//i.test(address)) return own(text);
  return el("a", { href: address, rel: "noopener noreferrer", target: "_blank", dir: "auto" }, text);
}
