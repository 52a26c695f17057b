import { readdirSync, readFileSync, statSync } from "node:fs";
import path from "node:path";
import { foldersOf, type Layer } from "./layer";
import type { Answers } from "./questions";
import { renderText, type Values } from "./renderer";
import type { Scaffold } from "./scaffolds";
import { tidy } from "./tidy";

/** Text by path, with slashes, sorted by path. */
export type Files = ReadonlyMap<string, string>;

/** What a scaffold makes of answers. */
export interface RenderedScaffold {
  /** The service's own repository. */
  readonly repository: Files;
  /** What is added to the platform's repository. */
  readonly registration: Files;
}

/** A file of a template whose values are filled in; the ending goes. Every other file is as it is. */
const TEMPLATE = ".njk";

/**
 * Renders a scaffold: the same answers give the same files, wherever and whenever.
 * @param templates the folder of all templates
 */
export async function renderScaffold(
  templates: string,
  scaffold: Scaffold,
  answers: Answers,
): Promise<RenderedScaffold> {
  const values = valuesOf(scaffold, answers);
  const registration = render(path.join(templates, "registration", scaffold.name), values);
  const formatted = registration.map(async ([file, text]) => [file, await tidy(file, text)] as const);
  const repository = renderRepository(templates, scaffold.layers, values);
  return { repository, registration: sorted(await Promise.all(formatted)) };
}

/** The files of a service's own repository. */
export function renderRepository(templates: string, layers: readonly Layer[], values: Values): Files {
  return sorted(foldersOf(layers, values).flatMap((folder) => render(path.join(templates, folder), values)));
}

/** What templates may use, by name. The form of Backstage hands over the same. */
export function valuesOf({ name, version }: Pick<Scaffold, "name" | "version">, answers: Answers): Values {
  return { ...answers, goldenPath: name, version };
}

function render(folder: string, values: Values): (readonly [string, string])[] {
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((file) => statSync(path.join(folder, file)).isFile())
    .map((file) => {
      const text = readFileSync(path.join(folder, file), "utf8");
      const place = renderText(file.split(path.sep).join("/"), { values });
      return place.endsWith(TEMPLATE)
        ? [place.slice(0, -TEMPLATE.length), renderText(text, { values })]
        : [place, text];
    });
}

function sorted(files: readonly (readonly [string, string])[]): Files {
  return new Map(files.toSorted(([a], [b]) => (a < b ? -1 : 1)));
}
