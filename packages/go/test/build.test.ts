import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { PavedError } from "@paved/model";
import { buildPrograms, type PinnedModule } from "../src";

const folder = mkdtempSync(path.join(tmpdir(), "paved-go-build-"));
const go = path.join(folder, "go");
const told: string[] = [];
const server = { name: "etcd", package: "go.etcd.io/etcd/server/v3" };
const client = { name: "etcdctl", package: "go.etcd.io/etcd/etcdctl" };
const pinned: PinnedModule = {
  name: "etcd",
  title: "etcd",
  folder,
  requirement: "go.etcd.io/etcd/server/v3",
  programs: [server, client],
  variables: (version) => ({ "go.etcd.io/etcd/api/v3/version.Version": version }),
  binaries: path.join(folder, "bin"),
};

/** Stands in for Go: writes down how it is called, and "builds" a binary for each package as Go names it. */
const GO = `echo "$GOFLAGS $CGO_ENABLED $*" >> calls
[ "$1" = list ] && exit
while [ "$1" != "-o" ]; do shift; done
out="$2"
for package in "$@"; do
  case "$package" in */server/v3) touch "$out/server" ;; */etcdctl) touch "$out/etcdctl" ;; esac
done`;

beforeEach(() => {
  writeFileSync(path.join(folder, "go.mod"), "require go.etcd.io/etcd/server/v3 v3.6.16\n");
  writeFileSync(go, `#!/bin/sh\n${GO}\n`);
  chmodSync(go, 0o755);
  for (const left of ["bin", "calls"]) rmSync(path.join(folder, left), { recursive: true, force: true });
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const refuse = (got: string): PavedError =>
  new PavedError({ code: "PVD2001", where: "engine/etcd", got, want: "etcd", fix: "install it" });
const build = (programs: PinnedModule["programs"], signal?: AbortSignal): Promise<void> =>
  buildPrograms(pinned, programs, { go, refuse, signal, progress: (line) => void told.push(line) });
const calls = (): string[] => readFileSync(path.join(folder, "calls"), "utf8").trim().split("\n");

test("only what is asked for is built, under its own name, with the pinned version in it", async () => {
  await build([server]);
  expect(readdirSync(pinned.binaries).toSorted()).toEqual(["etcd", "etcd.go-mod.sha256"]);
  expect(calls().at(-1)).toMatch(
    /^-mod=readonly 0 build -v -trimpath -ldflags -s -w -X go\.etcd\.io\/etcd\/api\/v3\/version\.Version=3\.6\.16 -o \S+\/etcd\.\d+\.tmp\/ go\.etcd\.io\/etcd\/server\/v3$/,
  );
});

test("what is there already is not built again, the rest is, in one build", async () => {
  await build([server]);
  await build([server, client]);
  await build([server, client]);
  expect(calls().filter((call) => call.startsWith("-mod=readonly 0 build "))).toEqual([
    expect.stringMatching(/ go\.etcd\.io\/etcd\/server\/v3$/),
    expect.stringMatching(/\.tmp\/ go\.etcd\.io\/etcd\/etcdctl$/),
  ]);
});

test("what a killed build left goes, what one of another module is building stays", async () => {
  for (const left of ["etcd.999999999.tmp", "kwok.999999999.tmp"]) {
    mkdirSync(path.join(pinned.binaries, left), { recursive: true });
  }
  await build([client]);
  expect(readdirSync(pinned.binaries).toSorted()).toEqual(["etcdctl", "etcdctl.go-mod.sha256", "kwok.999999999.tmp"]);
});

test("a build that fails leaves nothing, and is refused with Go's own words", async () => {
  writeFileSync(go, '#!/bin/sh\necho "no such host" >&2\nexit 1\n');
  await expect(build([server])).rejects.toThrow(/got go list ended with 1: no such host/);
  expect(readdirSync(pinned.binaries)).toEqual([]);
});

/** Starts a build in which Go is at work until it is stopped. */
async function longBuild(signal: AbortSignal) {
  writeFileSync(go, '#!/bin/sh\necho "$*" >> calls\nexec sleep 600\n');
  const ended = build([server], signal).catch((error: unknown) => error);
  while (!existsSync(path.join(folder, "calls"))) await new Promise((resolve) => setTimeout(resolve, 20));
  return { ended };
}

test("a build that is stopped ends its Go, and leaves nothing", async () => {
  const stop = new AbortController();
  const { ended } = await longBuild(stop.signal);
  stop.abort(refuse("interrupted"));
  expect(await ended).toMatchObject({ findings: [{ got: "interrupted" }] });
  expect(readdirSync(pinned.binaries)).toEqual([]);
});

test("whoever waits for a build can be stopped, and it goes on", async () => {
  const [stop, wait] = [new AbortController(), new AbortController()];
  const { ended } = await longBuild(stop.signal);
  const waiting = build([client], wait.signal).catch((error: unknown) => error);
  wait.abort(refuse("no longer"));
  expect(await waiting).toMatchObject({ findings: [{ got: "no longer" }] });
  expect(readdirSync(pinned.binaries)).toContainEqual(expect.stringMatching(/\.tmp$/));
  stop.abort(refuse("interrupted"));
  await ended;
});
