// Reads N-Triples, N-Quads, Turtle or TriG with the npm package n3 and prints it as N-Quads.
// Usage: node n3_to_nquads.mjs FILE
import { readFileSync } from "node:fs";
import { Parser, Writer } from "n3";

const writer = new Writer({ format: "N-Quads" });
for (const quad of new Parser().parse(readFileSync(process.argv[2], "utf-8"))) writer.addQuad(quad);
writer.end((error, result) => {
  if (error) throw error;
  process.stdout.write(result);
});
