// How the editor shows results beside the table: as bars, and on a map. The editor loads it first.

const settings = JSON.parse(document.getElementById("editor-settings").textContent);
const { Yasqe, Yasr } = Yasgui;
const MOST_BARS = 30;
const SHADES = 6;
const NUMBER = /#(integer|decimal|double|float|long|int|short|byte|(non(Negative|Positive)|positive|negative)Integer|unsigned\w+)$/;

function say(zh, en) { return settings.language === "zh" ? zh : en; }
function icon(path) {
  const made = document.createElement("div");
  made.className = "svgImg";
  made.setAttribute("aria-hidden", "true");
  made.append(element("svg", { viewBox: "0 0 16 16" }));
  made.firstChild.append(element("path", { d: path, fill: "currentColor" }));
  return made;
}
function element(name, attributes, text = "") {
  const made = document.createElementNS("http://www.w3.org/2000/svg", name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.textContent = text;
  return made;
}

// A bar for each row, where a result has one column of numbers and one of names.
class Bars {
  priority = 5;
  label = say("图", "Chart");
  constructor(yasr) { this.yasr = yasr; }
  getIcon() { return icon("M1 2h14v3H1zM1 7h9v3H1zM1 12h5v3H1z"); }
  columns() {
    const names = this.yasr.results?.getVariables() ?? [];
    const rows = this.yasr.results?.getBindings() ?? [];
    const isNumber = (name) => rows.every((row) => row[name] && /^(-?\d+(\.\d+)?)$/.test(row[name].value));
    const numbers = names.filter((name) => rows.length && isNumber(name));
    const texts = names.filter((name) => !numbers.includes(name));
    const literal = texts.find((name) => rows.every((row) => row[name]?.type === "literal"));
    return { rows, number: numbers[0], text: literal ?? texts[0] };
  }
  canHandleResults() {
    const { number, text } = this.columns();
    return Boolean(number && text);
  }
  draw() {
    const { rows, number, text } = this.columns();
    const shown = rows.slice(0, MOST_BARS);
    const most = Math.max(...shown.map((row) => Math.abs(row[number].value)), 1);
    const svg = element("svg", { viewBox: `0 0 720 ${shown.length * 26 + 8}`, class: "bars-of-results", role: "img" });
    svg.setAttribute("aria-label", `${text}, ${number}`);
    shown.forEach((row, place) => {
      const y = place * 26 + 6;
      const wide = (Math.abs(row[number].value) / most) * 380;
      svg.append(
        element("text", { x: 240, y: y + 14, "text-anchor": "end" }, row[text]?.value.slice(-24) ?? ""),
        element("rect", { x: 250, y, width: wide, height: 19, rx: 3 }),
        element("text", { x: 256 + wide, y: y + 14 }, row[number].value),
      );
    });
    this.yasr.resultsEl.replaceChildren(svg);
  }
}

// A square for each division of a tile grid, where a column holds divisions: how many rows each has,
// or the sum of the first column of numbers. What lies in a division counts for it.
class DivisionMap {
  priority = 4;
  label = say("地图", "Map");
  constructor(yasr) { this.yasr = yasr; }
  getIcon() { return icon("M6 1h4v4H6zM11 1h4v4h-4zM1 6h4v4H1zM6 6h4v4H6zM1 11h4v4H1zM6 11h4v4H6z"); }
  canHandleResults() { return Boolean(this.found()); }
  found() {
    const names = this.yasr.results?.getVariables?.() ?? [];
    const rows = this.yasr.results?.getBindings?.() ?? [];
    const holds = (name, fits) => rows.some((row) => row[name]) && rows.every((row) => !row[name] || fits(row[name]));
    for (const map of settings.maps) {
      const division = names.find((name) => holds(name, ({ type, value }) => type === "uri" && this.code(map, value)));
      if (division) return { map, rows, division, number: names.find((name) => holds(name, ({ datatype }) => NUMBER.test(datatype))) };
    }
    return null;
  }
  code(map, iri) {
    const code = iri.startsWith(map.base) ? iri.slice(map.base.length) : "";
    return /^\d{6}$/.test(code) ? code : "";
  }
  // Sums by the code of a square; those of no square by "".
  sums({ map, rows, division, number }) {
    const within = map.squares.map(({ code }) => [code.replace(/(00)+$/, ""), code]);
    const sums = new Map();
    for (const row of rows.filter((row) => row[division])) {
      const code = this.code(map, row[division].value);
      const square = within.find(([start]) => code.startsWith(start))?.[1] ?? "";
      sums.set(square, (sums.get(square) ?? 0) + (number ? Number(row[number]?.value ?? 0) : 1));
    }
    return sums;
  }
  draw() {
    const found = this.found();
    const sums = this.sums(found);
    const told = found.number ? say(`${found.number} 之和`, `Sum of ${found.number}`) : say("行数", "Rows");
    const most = Math.max(0, ...found.map.squares.map(({ code }) => sums.get(code) ?? 0));
    const { width, height } = found.map;
    const svg = element("svg", { viewBox: `-3 -3 ${width + 6} ${height + 6}`, class: "tiles", role: "group", "aria-label": told });
    svg.append(...found.map.squares.map((square) => this.square(square, sums.get(square.code), most, told)));
    const caption = document.createElement("p");
    const elsewhere = sums.has("") ? say(`；另有 ${written(sums.get(""))} 不在图中各区划之内`, `; ${written(sums.get(""))} more in no division of the map`) : "";
    caption.textContent = told + elsewhere;
    this.yasr.resultsEl.replaceChildren(caption, svg);
  }
  square({ x, y, name, address }, sum, most, told) {
    const known = sum !== undefined;
    const step = sum > 0 ? Math.ceil((sum / most) * SHADES) : 0;
    const made = element(known ? "a" : "g", { class: `step${step}` });
    const title = known ? `${name} · ${told} ${written(sum)}` : `${name} · ${say("没有结果", "no result")}`;
    if (known) {
      made.setAttribute("href", address);
      made.setAttribute("aria-label", title);
    }
    made.append(
      element("title", {}, title),
      element("rect", { x, y, width: 74, height: 48, rx: 6 }),
      element("text", { x: x + 37, y: y + (known ? 20 : 29), ...(name.length > 9 && { class: "long" }) }, name),
    );
    if (known) made.append(element("text", { x: x + 37, y: y + 39, class: "count" }, written(sum)));
    return made;
  }
}
function written(number) { return number.toLocaleString(settings.language, { maximumFractionDigits: 2 }); }

Yasr.registerPlugin("bars", Bars);
Yasr.registerPlugin("map", DivisionMap);
const { table: Table, response: Answered } = Yasr.plugins;
Yasr.registerPlugin("table", class extends Table { label = say("表格", "Table"); });
Yasr.registerPlugin("response", class extends Answered { label = say("原始应答", "Response"); });
