import { existsSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { type GoldenPathEntry, PavedError } from "@paved/model";
import type { Workspace } from "@paved/pipeline";

const PAGES = "docs/golden-paths";
/** Lines between which a file is written, and others are left as they are. */
const BEGIN = "<!-- written by paved golden-paths --write -->";
const END = "<!-- end of what is written -->";

/**
 * Writes what README.md and the list of golden paths' pages say of every golden path. Returns what it wrote.
 * @throws PavedError PVD4003 where a file does not say which part of it is written; PVD2009 for an example that is gone
 */
export function writeGoldenPathPages({ root }: Workspace, paths: readonly GoldenPathEntry[]): readonly string[] {
  const list = path.join(PAGES, "README.md");
  const parts = [
    { file: "README.md", part: (above: string) => examples(root, paths, above) },
    { file: list, part: () => goldenPathTable(paths) },
  ];
  const stale = parts
    .map(({ file, part }) => {
      const text = readFileSync(path.join(root, file), "utf8");
      const above = text.slice(0, Math.max(text.indexOf(BEGIN), 0));
      return { file, text, wanted: withPart(file, text, part(above)) };
    })
    .filter(({ text, wanted }) => wanted !== text);
  for (const { file, wanted } of stale) writeFileSync(path.join(root, file), wanted);
  return stale.map(({ file }) => file);
}

/** A row a golden path: its page, and what it is for. */
export function goldenPathTable(paths: readonly GoldenPathEntry[]): string {
  const rows = paths.map(({ name, title, summary }) => `| [${title}](${name}.md) | ${summary} |`);
  return ["| golden path | for |", "| --- | --- |", ...rows].join("\n");
}

/** What each golden path is for, and its example as it is compiled, unless that stands further up. */
function examples(root: string, paths: readonly GoldenPathEntry[], above: string): string {
  return paths
    .map(({ name, title, summary, example }) => {
      const source = readExample(root, example);
      const line = `[${title}](${PAGES}/${name}.md): ${summary}`;
      return above.includes(source) ? `${line} \`${example}\` is one.` : `${line}\n\n\`\`\`ts\n${source}\`\`\``;
    })
    .join("\n\n");
}

function readExample(root: string, example: string): string {
  const full = path.join(root, example);
  if (existsSync(full)) return readFileSync(full, "utf8");
  const want = "the service that a golden path shows";
  throw new PavedError({ code: "PVD2009", where: example, got: "no such file", want, fix: "add the service" });
}

function withPart(file: string, text: string, part: string): string {
  const begin = text.indexOf(BEGIN);
  const end = text.indexOf(END);
  if (begin === -1 || end < begin) {
    const want = `the lines ${BEGIN} and ${END}`;
    throw new PavedError({ code: "PVD4003", where: file, got: "not both", want, fix: "restore it from Git" });
  }
  return `${text.slice(0, begin)}${BEGIN}\n\n${part}\n\n${text.slice(end)}`;
}
