#!/usr/bin/env node
"use strict";
const { build, isStale } = require("../build.js");

// Who stops reading (`paved list | head -1`) has enough; what is being done goes on, and its exit code stands.
for (const stream of [process.stdout, process.stderr]) {
  stream.on("error", (error) => {
    if (error.code !== "EPIPE") throw error;
  });
}

async function start() {
  if (isStale()) await build();
  process.exitCode = await require("../dist/main.js").main(process.argv.slice(2));
  // A connection that a library forgot must not keep the command from ending.
  setTimeout(() => process.exit(), 1_000).unref();
}

const debugging = process.env["PAVED_DEBUG"] === "1";
process.setSourceMapsEnabled(debugging);

start().catch((error) => {
  if (debugging) console.error(error);
  const got = String(error instanceof Error ? error.message : error).replace(/\s*\n\s*/g, " ");
  console.error(`PVD4004 paved: got ${got}, want a command that starts; npm ci, and report it if that does not help`);
  process.exit(1);
});
