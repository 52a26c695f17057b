// Bundles the app into two files that load several times faster than the sources. `main.js` is our own code, with a
// source map for the lines that errors and `paved explain` name. `packages-<key>.js` is every package it uses, minified
// and without a map; it is made anew only when what is used, the lock file or this file changes.
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { isBuiltin } from "node:module";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const root = fileURLToPath(new URL("..", import.meta.url));
const dist = fileURLToPath(new URL("dist/", import.meta.url));
const PLACEHOLDER = "packages-key.js";

const shared = { absWorkingDir: root, bundle: true, write: false, platform: "node", target: "node20", format: "cjs" };

/**
 * Schemas' patterns are run by an engine in a file of its own, which a bundle does not have. Ours runs them as well, but for
 * Go's way to say that case does not matter.
 */
const withNativePatterns = {
  name: "with-native-patterns",
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^re2-wasm$/ }, ({ path }) => ({ path, namespace: "native" }));
    onLoad({ filter: /./, namespace: "native" }, () => ({
      contents: `module.exports.RE2 = function (pattern, flags) {
        return pattern.includes("(?i)") ? new RegExp(pattern.replace("(?i)", ""), flags + "i") : new RegExp(pattern, flags);
      };`,
    }));
  },
};

/** Assets are banned, and what cdktf packs them with takes a tenth of a second to load. */
const withoutAssets = {
  name: "without-assets",
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^archiver$/ }, ({ path }) => ({ path, namespace: "unused" }));
    onLoad({ filter: /./, namespace: "unused" }, () => ({ contents: "module.exports = undefined;" }));
  },
};

try {
  const { files, used } = await bundleOwnCode();
  const packages = `packages-${keyOf(used)}.js`;
  mkdirSync(dist, { recursive: true });
  if (!existsSync(dist + packages)) write(packages, await bundlePackages(used));
  // The map first and the code last, so that whoever starts meanwhile finds files that belong together.
  write("main.js.map", files[0].text);
  write("main.js", files[1].text.replaceAll(PLACEHOLDER, packages));
  removeFormer(packages);
} catch (failure) {
  if (!Array.isArray(failure.errors)) throw failure;
  if (process.argv.includes("--json")) console.log(JSON.stringify({ errors: failure.errors }));
  else for (const { text, location } of failure.errors) console.error(`${location?.file}:${location?.line} ${text}`);
  process.exitCode = 1;
}

async function bundleOwnCode() {
  const used = new Set();
  const packagesApart = {
    name: "packages-apart",
    setup({ onResolve, onLoad }) {
      onResolve({ filter: /^[@a-z]/ }, ({ path, kind, resolveDir }) => {
        if (kind === "entry-point" || path.startsWith("@paved/") || isBuiltin(path)) return undefined;
        const home = homeOf(path, resolveDir);
        if (home === undefined) return undefined;
        const name = `${home}:${path}`;
        used.add(name);
        return { path: name, namespace: "package" };
      });
      onResolve({ filter: new RegExp(PLACEHOLDER) }, ({ path }) => ({ path, external: true }));
      onLoad({ filter: /./, namespace: "package" }, ({ path }) => ({
        contents: `module.exports = require("./${PLACEHOLDER}")[${JSON.stringify(path)}]();`,
      }));
    },
  };
  const { outputFiles } = await build({
    ...shared,
    entryPoints: ["stacks/src/main.ts"],
    outfile: "stacks/dist/main.js",
    sourcemap: "linked",
    sourcesContent: false,
    plugins: [packagesApart],
    logLevel: "silent",
  });
  return { files: outputFiles, used: [...used].sort() };
}

/** The folder, relative to the root, whose node_modules has the package: two of ours may use two versions of one. */
function homeOf(path, from) {
  const name = path
    .split("/")
    .slice(0, path.startsWith("@") ? 2 : 1)
    .join("/");
  for (let here = from; ; here = dirname(here)) {
    if (existsSync(join(here, "node_modules", name))) return relative(root, here);
    if (here === dirname(here)) return undefined;
  }
}

async function bundlePackages(used) {
  const asUsed = {
    name: "as-used",
    setup({ onResolve, resolve }) {
      onResolve({ filter: /:/ }, ({ path }) => {
        const [home, name] = path.split(":");
        // As an import, since some packages cannot be required.
        return resolve(name, { kind: "import-statement", resolveDir: join(root, home) });
      });
    },
  };
  const table = used.map((name) => `${JSON.stringify(name)}: () => require(${JSON.stringify(name)}),`);
  const { outputFiles } = await build({
    ...shared,
    stdin: { contents: `module.exports = {\n${table.join("\n")}\n};`, resolveDir: root },
    minifyWhitespace: true,
    minifySyntax: true,
    plugins: [asUsed, withoutAssets, withNativePatterns],
    logLevel: "silent",
  });
  return outputFiles[0].text;
}

function keyOf(used) {
  // What is installed as well: before npm ci, another lock file than it is of may stand beside it.
  const locks = ["package-lock.json", "node_modules/.package-lock.json"].map((file) => root + file);
  const inputs = [fileURLToPath(import.meta.url), ...locks].filter((file) => existsSync(file));
  const hash = createHash("sha256").update(JSON.stringify(used));
  for (const file of inputs) hash.update(readFileSync(file));
  return hash.digest("hex").slice(0, 16);
}

/** The whole file or nothing: another command may read it at the same time. */
function write(name, text) {
  const temporary = `${dist}.${name}.${process.pid}.tmp`;
  try {
    writeFileSync(temporary, text);
    renameSync(temporary, dist + name);
  } catch (error) {
    rmSync(temporary, { force: true });
    throw error;
  }
}

function removeFormer(packages) {
  const former = readdirSync(dist).filter((name) => name.startsWith("packages-") && name !== packages);
  for (const name of former) rmSync(dist + name, { force: true });
}
