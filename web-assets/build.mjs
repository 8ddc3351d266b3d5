// Copies the bundles that the pages load, without source maps, with the licences of all that is in
// them. The copies are committed, so users need no Node: npm ci && npm run build

import { mkdirSync, readFileSync, readdirSync, writeFileSync, existsSync } from "node:fs";
import { join } from "node:path";

const TARGET = "../src/zsgraph/web/static/vendor";
const BUNDLES = {
  "yasgui.min.js": "@zazuko/yasgui/build/yasgui.min.js",
  "yasgui.min.css": "@zazuko/yasgui/build/yasgui.min.css",
};
const MAP = /\n?(\/\/# sourceMappingURL=.*|\/\*# sourceMappingURL=.*\*\/)\s*$/;

mkdirSync(TARGET, { recursive: true });
for (const [name, path] of Object.entries(BUNDLES)) {
  const text = readFileSync(join("node_modules", path), "utf8");
  writeFileSync(join(TARGET, name), `${text.replace(MAP, "")}\n`);
}

const { packages } = JSON.parse(readFileSync("package-lock.json", "utf8"));
const notes = Object.entries(packages)
  .filter(([path]) => path)
  .sort(([one], [other]) => (one < other ? -1 : 1))
  .map(([path, told]) => {
    const name = path.replace(/^.*node_modules\//, "");
    const files = existsSync(path) ? readdirSync(path) : [];
    const file = files.find((entry) => /^licen[sc]e/i.test(entry));
    const text = file ? readFileSync(join(path, file), "utf8").trim() : "";
    return `${name} ${told.version} (${told.license ?? "see its page"})\n\n${text}`.trim();
  });
writeFileSync(join(TARGET, "LICENSES.txt"), `${notes.join(`\n\n${"-".repeat(72)}\n\n`)}\n`);
