// Yasgui, set up for this endpoint: nothing is asked of other hosts, terms complete by their names.

const MOST_HINTS = 40;

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

// Yasgui has no setting for its language: its hint and its count of results are told here.
const showNotification = Yasqe.prototype.showNotification;
Yasqe.prototype.showNotification = function (name, text) {
  const known = text.startsWith("Press CTRL") ? say("按 Ctrl+空格 补全", "Press Ctrl+Space to complete") : text;
  return showNotification.call(this, name, known);
};
const updateResponseInfo = Yasr.prototype.updateResponseInfo;
Yasr.prototype.updateResponseInfo = function () {
  updateResponseInfo.call(this);
  const [, rows, seconds] = this.dataElement.textContent.match(/^(\d+) results? in ([\d.]+) second/) ?? [];
  if (rows) this.dataElement.textContent = say(`${rows} 行，用时 ${seconds} 秒`, this.dataElement.textContent);
};

const endpoint = new URL("/sparql", location).href;
document.getElementById("plain").hidden = true;
const yasgui = new Yasgui(document.getElementById("editor"), {
  persistenceId: null,
  tabName: say("查询", "Query"),
  populateFromUrl: false,
  copyEndpointOnNewTab: true,
  requestConfig: { endpoint, method: "POST" },
  endpointCatalogueOptions: { getData: () => [{ endpoint }] },
  yasqe: { value: settings.query, createShareableLink: shareable, consumeShareLink: null, prefixCcApi: null },
  yasr: { prefixes: settings.prefixes, persistenceId: null, pluginOrder: ["table", "bars", "map", "response", "boolean", "error"] },
});
yasgui.getTab().setQuery(settings.query);

function shareable(yasqe) {
  return `${location.origin}/editor?${new URLSearchParams({ lang: settings.language, query: yasqe.getValue() })}`;
}
document.getElementById("examples").addEventListener("change", (event) => {
  if (event.target.value) yasgui.getTab().setQuery(event.target.value);
});
