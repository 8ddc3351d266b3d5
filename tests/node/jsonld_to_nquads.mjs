// Reads a JSON-LD file with the npm package jsonld and prints it as N-Quads; no network is used.
// Usage: node jsonld_to_nquads.mjs FILE
import { readFileSync } from "node:fs";
import { pathToFileURL, fileURLToPath } from "node:url";
import jsonld from "jsonld";

const start = pathToFileURL(process.argv[2]).href;
const documentLoader = async (url) => ({
  contextUrl: null,
  documentUrl: url,
  document: JSON.parse(readFileSync(fileURLToPath(url), "utf-8")),
});
const document = JSON.parse(readFileSync(process.argv[2], "utf-8"));
const options = { base: start, format: "application/n-quads", documentLoader, safe: true };
process.stdout.write(await jsonld.toRDF(document, options));
