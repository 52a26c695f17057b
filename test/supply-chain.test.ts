import { execFileSync } from "node:child_process";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";

const root = path.join(__dirname, "..");
const json = (file: string) => JSON.parse(fs.readFileSync(path.resolve(root, file), "utf8"));

interface Locked {
  readonly name?: string;
  readonly version: string;
  readonly link?: boolean;
  readonly inBundle?: boolean;
  readonly integrity?: string;
  readonly resolved?: string;
}
const locked = Object.entries(json("package-lock.json").packages as Record<string, Locked>).filter(
  ([place, { link }]) => place.includes("node_modules/") && link !== true,
);

interface Component {
  readonly purl?: string;
  readonly components?: readonly Component[];
}
const purlsIn = (components: readonly Component[] = []): readonly string[] =>
  components.flatMap((each) => [...(each.purl === undefined ? [] : [each.purl]), ...purlsIn(each.components)]);

test("every package is locked by its hash, and comes from the registry alone", () => {
  const loose = locked.filter(
    ([, { integrity = "", inBundle }]) => inBundle !== true && !integrity.startsWith("sha512-"),
  );
  expect(loose.map(([place]) => place)).toEqual([]);
  const elsewhere = locked.filter(([, { resolved = "https://registry.npmjs.org/" }]) => {
    return !resolved.startsWith("https://registry.npmjs.org/");
  });
  expect(elsewhere.map(([place]) => place)).toEqual([]);
});

test("npm run sbom names every package of the lock, and no machine", () => {
  const directory = fs.mkdtempSync(path.join(os.tmpdir(), "paved-sbom-"));
  const file = path.join(directory, "sbom.json");
  const [, ...words] = (json("package.json").scripts.sbom as string).replace("sbom.cdx.json", file).split(" ");
  const program = path.join(root, "node_modules", "@cyclonedx", "cyclonedx-npm", "bin", "cyclonedx-npm-cli.js");
  execFileSync(process.execPath, [program, ...words], { cwd: root, stdio: "pipe" });
  const text = fs.readFileSync(file, "utf8");
  fs.rmSync(directory, { recursive: true });
  const { bomFormat, components } = JSON.parse(text) as { bomFormat: string; components: readonly Component[] };
  expect(bomFormat).toBe("CycloneDX");
  const named = new Set(purlsIn(components).map((purl) => decodeURIComponent(purl.split("?")[0]!)));
  const wanted = locked.map(
    ([place, { name, version }]) => `pkg:npm/${name ?? place.split("node_modules/").at(-1)}@${version}`,
  );
  expect(wanted.filter((purl) => !named.has(purl))).toEqual([]);
  expect(text).not.toContain(root);
}, 120_000);
