import * as fs from "node:fs";
import * as path from "node:path";
import { root, sources } from "./sources";

/** Who may import whom (beside packages from npm); what is not listed is refused. */
const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  model: [],
  policy: ["model"],
  modules: ["model"],
  "golden-paths": ["modules", "model"],
  environments: ["model"],
  stacks: ["golden-paths", "modules", "environments", "policy", "model"],
  sandbox: ["model"],
  machine: [],
  python: ["machine", "model"],
  go: ["machine", "model"],
  "control-plane": ["go", "machine", "model", "python"],
  workloads: ["model"],
  metrics: ["model"],
  pipeline: ["sandbox", "control-plane", "python", "go", "machine", "policy", "model"],
  judges: ["policy", "python", "machine", "model"],
  scaffold: ["model"],
  delivery: ["machine", "model"],
  images: ["go", "machine", "model"],
  cli: ["pipeline", "judges", "scaffold", "metrics", "control-plane", "delivery", "images", "workloads", "model"],
  testing: [],
};

/** Packages of the infrastructure half that may know cdktf, so that leaving it is a change in one place each. */
const KNOWS_CDKTF = new Set(["modules", "golden-paths", "stacks", "testing"]);

interface Package {
  readonly name: string;
  readonly folder: string;
  readonly dependencies: Readonly<Record<string, string>>;
}

const folders = ["modules", "golden-paths", "stacks", "environments", ...inside("packages"), ...inside("apps")];
const packages = folders.map((folder): Package => {
  const manifest = JSON.parse(fs.readFileSync(path.join(root, folder, "package.json"), "utf8"));
  return { name: manifest.name.replace("@paved/", ""), folder, dependencies: manifest.dependencies ?? {} };
});

function inside(parent: string): readonly string[] {
  return fs.readdirSync(path.join(root, parent)).map((name) => path.join(parent, name));
}

function importsOf(file: string): readonly string[] {
  const text = fs.readFileSync(path.join(root, file), "utf8");
  return [...text.matchAll(/(?:from\s+|import\(|require\(|^import\s+)["']([^"'`]+)["']/gm)].map(
    (found) => found[1] ?? "",
  );
}

const packageOf = (specifier: string) =>
  specifier
    .split("/")
    .slice(0, specifier.startsWith("@") ? 2 : 1)
    .join("/");

test("every package is in the table of who may import whom", () => {
  expect(packages.map(({ name }) => name).toSorted()).toEqual(Object.keys(MAY_IMPORT).toSorted());
});

describe.each(packages)("$name", ({ name, folder, dependencies }) => {
  const files = sources(folder);
  const imports = files.flatMap((file) => importsOf(file).map((specifier) => ({ file, specifier })));

  test("has sources", () => expect(files.length).toBeGreaterThan(0));

  test("imports only the packages below it", () => {
    const allowed = new Set(MAY_IMPORT[name]);
    const wrong = imports.filter(
      ({ specifier }) => specifier.startsWith("@paved/") && !allowed.has(specifier.slice("@paved/".length)),
    );
    expect(wrong).toEqual([]);
  });

  test("declares what it imports", () => {
    const own = imports
      .filter(({ specifier }) => !/^(\.|node:)/.test(specifier))
      .map(({ specifier }) => packageOf(specifier));
    expect([...new Set(own)].filter((specifier) => !(specifier in dependencies))).toEqual([]);
  });

  test("never imports a provider's root", () => {
    expect(imports.filter(({ specifier }) => /^@cdktf\/provider-[a-z]+$/.test(specifier))).toEqual([]);
  });

  test("reaches into no other package's files", () => {
    const escaping = imports.filter(
      ({ file, specifier }) =>
        specifier.startsWith(".") && path.relative(folder, path.join(path.dirname(file), specifier)).startsWith(".."),
    );
    expect(escaping).toEqual([]);
  });

  test("names its files by what is in them", () => {
    expect(files.filter((file) => /(^|\/)(utils?|helpers?|common|misc|shared)(\/|\.ts$)/.test(file))).toEqual([]);
  });

  test("has no file past the wall of 400 lines", () => {
    expect(files.filter((file) => fs.readFileSync(path.join(root, file), "utf8").split("\n").length > 400)).toEqual([]);
  });

  if (!KNOWS_CDKTF.has(name)) {
    test("knows nothing of cdktf", () => {
      expect(imports.filter(({ specifier }) => /^(cdktf|constructs)(\/|$)/.test(specifier))).toEqual([]);
    });
  }
});

test("there is one copy of constructs and one of cdktf", () => {
  const lock = JSON.parse(fs.readFileSync(path.join(root, "package-lock.json"), "utf8")) as {
    packages: Record<string, unknown>;
  };
  const copies = Object.keys(lock.packages).filter((place) => /(^|\/)node_modules\/(constructs|cdktf)$/.test(place));
  expect(copies.toSorted()).toEqual(["node_modules/cdktf", "node_modules/constructs"]);
});

test("every version is pinned exactly", () => {
  const manifests = ["", ...folders, "test"].map((folder) => path.join(root, folder, "package.json"));
  const loose = manifests.flatMap((file) => {
    const { dependencies = {}, devDependencies = {} } = JSON.parse(fs.readFileSync(file, "utf8"));
    return Object.entries<string>({ ...dependencies, ...devDependencies }).filter(
      ([, version]) => !/^\d+\.\d+\.\d+$/.test(version),
    );
  });
  expect(loose).toEqual([]);
});
