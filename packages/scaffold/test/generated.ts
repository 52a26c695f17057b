import { createHash } from "node:crypto";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { alone } from "@paved/machine";
import { PavedError } from "@paved/model";
import { lastWords, type PythonRoom, pythonRoom, runProcess } from "@paved/python";
import { type Given, parseAnswers, type RenderedScaffold, renderScaffold, scaffoldNamed } from "../src";

const root = path.join(__dirname, "../../..");

/** The folder of all templates. */
export const templates = path.join(__dirname, "..", "templates");

/** Where the packages of generated repositories are installed, once for as long as their lock files stay the same. */
const home = path.join(root, ".paved", "scaffolds");

/** Time for a repository whose packages have to be installed first. */
export const INSTALLING_MS = 480_000;

/** Answers for a service on each golden path: the least, and all. */
export const SAMPLES: Readonly<Record<string, readonly Given[]>> = {
  "grpc-service": [
    { name: "price-list", owner: "commerce", organisation: "example" },
    {
      name: "price-list",
      owner: "commerce",
      organisation: "example",
      tier: 1,
      onCall: "growth-primary",
      description: "Says what a thing costs, & to whom",
      size: "medium",
      database: "large",
      cache: "small",
    },
  ],
  "node-api": [
    { name: "returns", owner: "commerce", organisation: "example" },
    {
      name: "returns",
      owner: "commerce",
      organisation: "example",
      tier: 1,
      onCall: "growth-primary",
      description: "Takes back what was sold: it's kept & counted",
      size: "medium",
      database: "small",
      cache: "medium",
      exposeAt: "/returns/v2",
    },
  ],
  "python-worker": [
    { name: "mailer", owner: "growth", organisation: "example" },
    {
      name: "mailer",
      owner: "growth",
      organisation: "example",
      tier: 2,
      onCall: "commerce-primary",
      description: "Sends mail: once, & to everybody",
      size: "large",
      database: "medium",
      cache: "large",
      visibilitySeconds: 120,
      attempts: 3,
    },
  ],
  "react-frontend": [
    { name: "wishlist", owner: "growth", organisation: "example" },
    {
      name: "wishlist",
      owner: "growth",
      organisation: "example",
      tier: 2,
      onCall: "commerce-primary",
      description: "Keeps what people wish for: it's <theirs> & shown",
      host: "wishes",
    },
  ],
};

/** Every scaffold with the answers that it is tried with. */
export const CASES = Object.entries(SAMPLES).flatMap(([name, all]) =>
  all.map((given, index) => ({ name, given, answers: index === 0 ? "the least" : "all" })),
);

/** What a scaffold makes of answers. */
export function rendered(name: string, given: Given): Promise<RenderedScaffold> {
  const scaffold = scaffoldNamed(name);
  return renderScaffold(templates, scaffold, parseAnswers(scaffold, given));
}

const folders: string[] = [];
afterAll(() => folders.forEach((folder) => rmSync(folder, { recursive: true, force: true })));

/** A repository in a folder of its own, which removes itself after the tests of the file. */
export async function generated(name: string, given: Given): Promise<string> {
  const folder = mkdtempSync(path.join(tmpdir(), "paved-scaffold-"));
  folders.push(folder);
  for (const [file, text] of (await rendered(name, given)).repository) {
    mkdirSync(path.dirname(path.join(folder, file)), { recursive: true });
    writeFileSync(path.join(folder, file), text);
  }
  return folder;
}

/** Gives a generated repository the packages that its lock file names. */
export async function installNode(repository: string): Promise<void> {
  symlinkSync(path.join(await installed(repository), "node_modules"), path.join(repository, "node_modules"));
}

/** A folder with the packages that the lock file of another names, as `npm ci` installs them. */
export async function installed(project: string): Promise<string> {
  const lock = readFileSync(path.join(project, "package-lock.json"));
  const folder = path.join(home, `node-${createHash("sha256").update(lock).digest("hex").slice(0, 12)}`);
  await alone(
    path.join(home, "node.lock"),
    () => undefined,
    async () => {
      if (existsSync(folder)) return;
      const fresh = `${folder}.tmp`;
      rmSync(fresh, { recursive: true, force: true });
      mkdirSync(fresh, { recursive: true });
      for (const file of ["package.json", "package-lock.json"]) {
        writeFileSync(path.join(fresh, file), readFileSync(path.join(project, file)));
      }
      const { code, said } = await ended("npm", ["ci", "--ignore-scripts", "--no-audit", "--no-fund"], fresh);
      if (code !== 0) throw new Error(`npm ci ended with ${code}: ${said}`);
      renameSync(fresh, folder);
    },
  );
  return folder;
}

/** The packages that a generated repository's `requirements-dev.txt` names, each held against its hash. */
export function installPython(repository: string): Promise<PythonRoom> {
  return pythonRoom({
    what: "the packages of a generated repository",
    home,
    requirements: path.join(repository, "requirements-dev.txt"),
    searchPath: process.env["PATH"] ?? "",
    progress: () => undefined,
    refuse: (where, got, want, fix) => new PavedError({ code: "PVD2014", where, got, want, fix }),
  });
}

/**
 * How a program ended in a repository, and what it said last when it did not end well.
 * @param more what its environment has beside that of the tests
 */
export async function ended(
  program: string,
  words: readonly string[],
  directory: string,
  more: Readonly<Record<string, string>> = {},
): Promise<{ readonly code: number | string; readonly said: string }> {
  const environment = { ...process.env, NODE_ENV: undefined, NODE_OPTIONS: undefined, FORCE_COLOR: undefined, ...more };
  const end = await runProcess({ program, arguments: words, directory, environment });
  return { code: end.code, said: end.code === 0 ? "" : `${lastWords(end)}\n${end.stdout}` };
}

/** What {@link ended} gives of a program that ended well. */
export const WELL = { code: 0, said: "" };
