import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";

const MARK = "sourceMappingURL=data:application/json;base64,";

/** The generated TypeScript of a binding folder, from the inline source maps of its compiled files. */
export function bindingSource(folder: string): string {
  // Bindings with hundreds of structs are generated into several files.
  const structs = path.join(folder, "index-structs");
  const shards = existsSync(structs) ? readdirSync(structs).filter((file) => /^structs\d+\.js$/.test(file)) : [];
  const files = [path.join(folder, "index.js"), ...shards.map((file) => path.join(structs, file))];
  return files.map(inlineSource).join("\n");
}

function inlineSource(file: string): string {
  const compiled = readFileSync(file, "utf8");
  const mark = compiled.lastIndexOf(MARK);
  if (mark < 0) throw new Error(`${file} has no inline source map`);
  const map = Buffer.from(compiled.slice(mark + MARK.length), "base64").toString("utf8");
  const { sourcesContent } = JSON.parse(map) as { sourcesContent: string[] };
  const [source] = sourcesContent;
  if (source === undefined) throw new Error(`${file} has an empty source map`);
  return source;
}
