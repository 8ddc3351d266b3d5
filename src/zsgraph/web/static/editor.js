// Yasgui, set up for this endpoint: nothing is asked of other hosts, terms complete by their names.

const settings = JSON.parse(document.getElementById("editor-settings").textContent);
const { Yasqe, Yasr } = Yasgui;
const MOST_HINTS = 40;
const MOST_BARS = 30;

let known; // terms with their labels, fetched when the first completion is asked for
async function terms() {
  known ??= fetch(`/editor/terms.json?lang=${settings.language}`).then((answer) => answer.json());
  return known;
}

Yasqe.registerAutocompleter({
  name: "terms",
  bulk: false,
  autoShow: false,
  isValidCompletionPosition: (yasqe) => !/^[?$"'#]/.test(yasqe.getCompleteToken().string),
  // All that stands before the cursor is one name, for Yasqe takes Chinese apart.
  preProcessToken: (yasqe, token) => {
    const { line, ch } = yasqe.getDoc().getCursor();
    const [typed] = yasqe.getDoc().getLine(line).slice(0, ch).match(/[^\s;,(){}|/^]*$/);
    const [start, end] = [ch - typed.length, ch];
    return { ...token, string: typed, autocompletionString: typed, start, end, from: { line, ch: start }, to: { line, ch: end } };
  },
  get: async (yasqe, token) => {
    const wanted = (token?.string ?? "").trim().toLowerCase();
    return (await terms())
      .filter(({ name, label }) => `${name} ${label}`.toLowerCase().includes(wanted))
      .slice(0, MOST_HINTS)
      .map(({ name, label }) => `${name} # ${label}`);
  },
  postProcessSuggestion: (yasqe, token, suggestion) => suggestion.split(" # ")[0],
}, true);
Yasqe.defaults.autocompleters = ["variables", "terms"];
Yasqe.defaults.prefixCcApi = null;

// A bar for each row, where a result has one column of numbers and one of names.
class Bars {
  priority = 5;
  label = settings.language === "zh" ? "图" : "Chart";
  constructor(yasr) { this.yasr = yasr; }
  getIcon() {
    const icon = document.createElement("span");
    icon.textContent = "▤";
    icon.setAttribute("aria-hidden", "true");
    return icon;
  }
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

function element(name, attributes, text = "") {
  const made = document.createElementNS("http://www.w3.org/2000/svg", name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.textContent = text;
  return made;
}
Yasr.registerPlugin("bars", Bars);

const endpoint = new URL("/sparql", location).href;
document.getElementById("plain").hidden = true;
const yasgui = new Yasgui(document.getElementById("editor"), {
  persistenceId: null,
  populateFromUrl: false,
  copyEndpointOnNewTab: true,
  requestConfig: { endpoint, method: "POST" },
  endpointCatalogueOptions: { getData: () => [{ endpoint }] },
  yasqe: { value: settings.query, createShareableLink: shareable, consumeShareLink: null, prefixCcApi: null },
  yasr: { prefixes: settings.prefixes, persistenceId: null, pluginOrder: ["table", "bars", "response", "boolean", "error"] },
});
yasgui.getTab().setQuery(settings.query);

function shareable(yasqe) {
  return `${location.origin}/editor?${new URLSearchParams({ lang: settings.language, query: yasqe.getValue() })}`;
}
document.getElementById("examples").addEventListener("change", (event) => {
  if (event.target.value) yasgui.getTab().setQuery(event.target.value);
});
