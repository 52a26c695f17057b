"use strict";
const fs = require("node:fs");
const path = require("node:path");

/** What stays outside the bundle: binaries, WebAssembly, and what looks for its own files. */
const EXTERNAL = [
  "@viz-js/viz",
  "prettier/*",
  "@grpc/grpc-js",
  "@grpc/proto-loader",
  "@cdktf/*",
  "cdktf",
  "constructs",
];

/** The commands are a bundle of their own that is read when one is called: help must not wait for them. */
const commandsApart = {
  name: "commands-apart",
  setup({ onResolve }) {
    onResolve({ filter: /^\.\.?\/commands$/ }, ({ kind }) =>
      kind === "dynamic-import" ? { path: "./commands.js", external: true } : undefined,
    );
  },
};

/** Bundles the command into dist: each file whole or not at all, whoever else builds it at the same time. */
async function build() {
  const { outputFiles } = await require("esbuild").build({
    absWorkingDir: __dirname,
    entryPoints: { commands: "src/commands/index.ts", main: "src/main.ts" },
    outdir: "dist",
    bundle: true,
    write: false,
    format: "cjs",
    platform: "node",
    target: "node20",
    // As `require`: an import would first look through the whole file for the names that it exports.
    supported: { "dynamic-import": false },
    external: EXTERNAL,
    plugins: [commandsApart],
    sourcemap: "linked",
    sourcesContent: false,
    logLevel: "warning",
  });
  fs.mkdirSync(path.join(__dirname, "dist"), { recursive: true });
  // main.js last: its age says whether everything is built.
  for (const { path: file, contents } of outputFiles.toSorted(byName)) {
    const temporary = `${file}.${process.pid}.tmp`;
    fs.writeFileSync(temporary, contents);
    fs.renameSync(temporary, file);
  }
}

function byName({ path: a }, { path: b }) {
  return a < b ? -1 : 1;
}

/** Whether anything that the bundle is made from is newer than it. */
function isStale() {
  const main = path.join(__dirname, "dist", "main.js");
  if (!fs.existsSync(main)) return true;
  const built = fs.statSync(main).mtimeMs;
  const recipes = [__filename, path.join(__dirname, "../../package-lock.json")];
  if (recipes.some((file) => fs.statSync(file).mtimeMs > built)) return true;
  const packages = [
    "model",
    "metrics",
    "machine",
    "go",
    "python",
    "pipeline",
    "sandbox",
    "control-plane",
    "judges",
    "policy",
    "scaffold",
    "delivery",
  ].map((name) => path.join(__dirname, "../../packages", name, "src"));
  return [path.join(__dirname, "src"), ...packages].some((directory) => isNewer(directory, built));
}

function isNewer(directory, than) {
  if (!fs.existsSync(directory)) return false;
  return fs.readdirSync(directory, { withFileTypes: true }).some((entry) => {
    const file = path.join(directory, entry.name);
    return entry.isDirectory() ? isNewer(file, than) : fs.statSync(file).mtimeMs > than;
  });
}

module.exports = { build, isStale };

if (require.main === module) {
  build().catch((error) => {
    console.error(error.message);
    process.exit(1);
  });
}
