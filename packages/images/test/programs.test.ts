import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { PavedError } from "@paved/model";
import { copyImages } from "../src";
import { ensureCopier } from "../src/programs";
import { dev, orders, staging } from "./copying";
import { site } from "./registries";

const folder = mkdtempSync(path.join(tmpdir(), "paved-copier-"));
afterAll(() => rmSync(folder, { recursive: true }));
const ensure = (searchPath: string) =>
  ensureCopier({ ...site, binaries: path.join(folder, "bin") }, { searchPath, progress: () => {} });

test("fails with PVD2107 without Go", async () => {
  await expect(ensure("")).rejects.toThrow(
    /^PVD2107 PATH: got no go, want regctl, or Go to build it; install Go 1\.22/,
  );
});

test("fails with PVD2107 and Go's words when it cannot build", async () => {
  const go = path.join(folder, "go");
  writeFileSync(go, "#!/bin/sh\necho 'proxy.example.com: no such host' >&2\nexit 1\n");
  chmodSync(go, 0o755);
  await expect(ensure(folder)).rejects.toThrow(
    /^PVD2107 engine\/images\/go\.mod: got go list ended with 1: proxy\.example\.com: no such host/,
  );
});

test("a copy can be stopped while what copies is built", async () => {
  const stop = new AbortController();
  const interrupted = {
    code: "PVD2006",
    where: "copy",
    got: "interrupted",
    want: "its end",
    fix: "run it again",
  } as const;
  const copying = copyImages({
    images: [orders(`sha256:${"0".repeat(64)}`)],
    to: staging,
    from: [dev],
    site: { ...site, binaries: path.join(folder, "bin") },
    signal: stop.signal,
    progress: () => stop.abort(new PavedError(interrupted)),
  });
  await expect(copying).rejects.toThrow(/^PVD2006 copy: got interrupted/);
});
