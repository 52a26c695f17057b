import { spawnSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { ATTEMPTS, changesInWords, deliver, sourceOf } from "../src";
import { type DeliveryPlace, eachInItsOwn, git, Sources } from "./delivery-place";

const RENDERING = {
  "_argocd/orders.yaml": "kind: Application\n",
  "orders/deployment.yaml": "replicas: 2\n",
  "orders/service.yaml": "port: 80\n",
  "payments/deployment.yaml": "replicas: 3\n",
};

let place: DeliveryPlace;
eachInItsOwn((own) => (place = own));

const stored = (environment: string, rendering: Readonly<Record<string, string>>) =>
  Object.fromEntries(
    Object.entries(rendering).map(([file, text]) => [`gitops/${environment}/${file}`, text.trimEnd()]),
  );

test("the first delivery begins the branch, with what was rendered and nothing else", async () => {
  const { commit, before, changes } = await deliver(place.options("dev", RENDERING));
  expect({ commit, before, tree: place.tree }).toEqual({
    commit: place.tip,
    before: undefined,
    tree: stored("dev", RENDERING),
  });
  expect(place.git("rev-list", "--count", "delivery")).toBe("1");
  expect(changesInWords(changes)).toBe(
    "2 of 2 services change: orders (new, 2 manifests), payments (new, 1 manifest); of the platform _argocd (new, 1 manifest)",
  );
});

test("the summary names no more than eight, and the commit all", async () => {
  const many = Array.from({ length: 10 }, (_, place) => [`service-${place}/a.yaml`, "1\n"]);
  const { changes } = await deliver(place.options("dev", Object.fromEntries(many)));
  expect(changesInWords(changes)).toMatch(/^10 of 10 services change: service-0 .*, service-7 \(.*\) and 2 more$/);
  const [subject, , body] = place.messages[0]!.split("\n");
  expect(subject).toBe("Deliver dev: service-0, service-1, service-2 and 7 more");
  expect(place.messages[0]!.match(/^service-\d: 1 manifest added$/gm)).toHaveLength(10);
  expect(body).toBe("service-0: 1 manifest added");
});

test("the same rendering again is no commit", async () => {
  await deliver(place.options("dev", RENDERING));
  const first = place.tip;
  const { commit, before, changes } = await deliver(place.options("dev", RENDERING));
  expect({ commit, before, tip: place.tip }).toEqual({ commit: undefined, before: first, tip: first });
  expect(changesInWords(changes)).toBe("as delivered before");
});

test("a change of one service is one commit on top, which says so", async () => {
  await deliver(place.options("dev", RENDERING));
  const first = place.tip;
  const after = { ...RENDERING, "orders/deployment.yaml": "replicas: 5\n", "orders/extra.yaml": "kind: ConfigMap\n" };
  const { changes } = await deliver(place.options("dev", after));
  expect(place.git("rev-parse", "delivery^")).toBe(first);
  expect(place.tree).toEqual(stored("dev", after));
  expect(changesInWords(changes)).toBe("1 of 2 services changes: orders (2 manifests)");
  expect(place.messages[0]).toBe(
    "Deliver dev: orders\n\norders: 1 manifest added, 1 manifest changed\n\nPaved-Environment: dev",
  );
});

test("what is no longer rendered is gone, and the other service stays", async () => {
  await deliver(place.options("dev", RENDERING));
  const { "payments/deployment.yaml": _gone, ...after } = RENDERING;
  const { changes } = await deliver(place.options("dev", after));
  expect(place.tree).toEqual(stored("dev", after));
  expect(changesInWords(changes)).toBe("1 of 2 services changes: payments (gone, 1 manifest)");
});

test("another environment and whatever else is on the branch stay as they are, also what only looks alike", async () => {
  const clone = path.join(place.home, "clone");
  new Sources(clone).git("checkout", "--quiet", "-b", "delivery");
  const by = (...words: string[]) => spawnSync("git", words, { cwd: clone, encoding: "utf8" });
  writeFileSync(path.join(clone, "run.sh"), "#!/bin/sh\n", { mode: 0o755 });
  by("add", "--all");
  by("-c", "user.name=t", "-c", "user.email=t@example.com", "commit", "-qm", "by hand");
  expect(by("push", "--quiet", place.repository, "delivery").status).toBe(0);
  await deliver(place.options("staging", RENDERING));
  await deliver(place.options("dev2", RENDERING));
  const before = place.tree;
  await deliver(place.options("dev", { "orders/deployment.yaml": "replicas: 1\n" }));
  expect(place.tree).toEqual({ ...before, ...stored("dev", { "orders/deployment.yaml": "replicas: 1\n" }) });
  expect(place.git("ls-tree", "delivery", "run.sh")).toMatch(/^100755 /);
});

test("files of other environments in the rendering are passed over", async () => {
  const { files } = place.options("staging", RENDERING);
  const own = place.options("dev", { "orders/deployment.yaml": "replicas: 1\n" });
  await deliver({ ...own, files: [...files, ...own.files] });
  expect(Object.keys(place.tree)).toEqual(["gitops/dev/orders/deployment.yaml"]);
});

test("only tried, it says what would change and pushes nothing", async () => {
  const { commit, changes } = await deliver(place.options("dev", RENDERING, { dryRun: true }));
  expect({ commit, units: changes.units.length }).toEqual({ commit: undefined, units: 3 });
  expect(place.git("branch", "--list")).toBe("");
});

test("what somebody pushed in between stays, below what is delivered", async () => {
  await deliver(place.options("dev", RENDERING));
  // Once, somebody is faster: the branch moves after it was fetched and before this push is taken.
  place.beforePush(
    `[ -e raced ] && exit 0; touch raced; unset GIT_QUARANTINE_PATH; tree=$(git rev-parse delivery^{tree})
     other=$(echo "by another" | git -c user.name=t -c user.email=t@example.com commit-tree $tree -p delivery)
     git update-ref refs/heads/delivery $other`,
  );
  const told: string[] = [];
  const after = { ...RENDERING, "orders/deployment.yaml": "replicas: 5\n" };
  await deliver(place.options("dev", after, { progress: (line) => void told.push(line) }));
  expect(told).toEqual(["somebody else pushed to delivery meanwhile: once more on top of that"]);
  expect(place.messages.map((message) => message.split("\n")[0])).toEqual([
    "Deliver dev: orders",
    "by another",
    "Deliver dev: orders, payments",
  ]);
  expect(place.tree).toEqual(stored("dev", after));
});

test("several environments at once all arrive", async () => {
  const environments = ["dev", "staging", "production"];
  await Promise.all(environments.map((environment) => deliver(place.options(environment, RENDERING))));
  expect(place.tree).toEqual(Object.assign({}, ...environments.map((each) => stored(each, RENDERING))));
  expect(place.git("rev-list", "--count", "delivery")).toBe("3");
});

describe("from a repository of Git", () => {
  test("the commit says which, and whether the working tree had more; index, tree and branches stay untouched", async () => {
    const sources = new Sources(path.join(place.home, "sources"));
    writeFileSync(path.join(sources.directory, "file"), "not committed");
    writeFileSync(path.join(sources.directory, "staged"), "staged");
    sources.git("add", "staged");
    const index = () => readFileSync(path.join(sources.directory, ".git", "index"));
    const state = () => [
      sources.git("status", "--porcelain"),
      sources.git("for-each-ref"),
      sources.git("config", "-l"),
    ];
    const [before, was] = [state(), index()];
    const source = await sourceOf(sources.directory);
    await deliver(place.options("dev", RENDERING, { source }));
    expect(index().equals(was)).toBe(true);
    expect(state()).toEqual(before);
    expect(source).toMatchObject({ commit: sources.git("rev-parse", "HEAD"), uncommitted: true });
    expect(place.messages[0]).toMatch(
      new RegExp(`not committed\\.\n\nPaved-Environment: dev\nPaved-Source: ${source!.commit}$`),
    );
  });

  test("a folder that is in none has no source", async () => {
    expect(await sourceOf(place.home)).toBeUndefined();
  });

  test("fails with PVD2102 when the commit does not contain what was delivered last, and goes on when it does", async () => {
    const sources = new Sources(path.join(place.home, "sources"));
    const old = (await sourceOf(sources.directory))!;
    const newer = sources.commit("second");
    const changed = { ...RENDERING, "orders/deployment.yaml": "replicas: 9\n" };
    await deliver(place.options("dev", RENDERING, { source: await sourceOf(sources.directory) }));
    // Deliveries of another environment between do not hide it, however many.
    await deliver(place.options("staging", RENDERING, { source: old }));
    await deliver(place.options("staging", changed, { source: old }));
    const tip = place.tip;
    await expect(deliver(place.options("dev", changed, { source: old }))).rejects.toThrow(
      `PVD2102 dev: got ${old.commit.slice(0, 12)}, where ${newer.slice(0, 12)} is delivered`,
    );
    expect(place.tip).toBe(tip);
    sources.commit("third");
    await deliver(place.options("dev", changed, { source: await sourceOf(sources.directory) }));
    expect(place.tree).toEqual({ ...stored("dev", changed), ...stored("staging", changed) });
  });

  test("fails with PVD2102 also when a hundred commits of others are in between, of which the first fetch has one", async () => {
    const sources = new Sources(path.join(place.home, "sources"));
    const old = (await sourceOf(sources.directory))!;
    sources.commit("second");
    await deliver(place.options("dev", RENDERING, { source: await sourceOf(sources.directory) }));
    const script = `tip=$(git rev-parse delivery)
      for n in $(seq 100); do tip=$(echo "$n" | git -c user.name=t -c user.email=t@example.com commit-tree delivery^{tree} -p $tip); done
      git update-ref refs/heads/delivery $tip`;
    expect(spawnSync("sh", ["-c", script], { cwd: place.repository }).status).toBe(0);
    const changed = place.options("dev", { "orders/a.yaml": "1" }, { source: old });
    await expect(deliver(changed)).rejects.toThrow(/^PVD2102 /);
    // What changes nothing takes nothing back.
    expect((await deliver(place.options("dev", RENDERING, { source: old }))).commit).toBeUndefined();
  });

  test("a clone that is too shallow to know what is between two commits refuses nothing", async () => {
    const sources = new Sources(path.join(place.home, "sources"));
    const first = (await sourceOf(sources.directory))!;
    sources.commit("second");
    const last = sources.commit("third");
    const shallow = path.join(place.home, "shallow");
    git(place.home, "clone", "--quiet", "--depth", "1", `file://${sources.directory}`, shallow);
    git(shallow, "fetch", "--quiet", "--depth", "1", `file://${sources.directory}`, first.commit);
    await deliver(place.options("dev", RENDERING, { source: first }));
    await deliver(
      place.options("dev", { "orders/a.yaml": "1" }, { source: { ...first, directory: shallow, commit: last } }),
    );
    expect(place.tree).toEqual(stored("dev", { "orders/a.yaml": "1" }));
  });

  test("what was delivered from a commit that this repository does not have says nothing", async () => {
    const [one, other] = ["one", "other"].map((name) => new Sources(path.join(place.home, name)));
    one!.commit("of its own");
    await deliver(place.options("dev", RENDERING, { source: await sourceOf(one!.directory) }));
    const { commit } = await deliver(
      place.options("dev", { "orders/deployment.yaml": "1\n" }, { source: await sourceOf(other!.directory) }),
    );
    expect(commit).toBe(place.tip);
  });
});

test("fails with PVD2101 for a rendering without services, unless there were none", async () => {
  const platform = { "_argocd/orders.yaml": "kind: Application\n", "platform/gateway.yaml": "kind: Gateway\n" };
  await deliver(place.options("dev", platform));
  await deliver(place.options("dev", { "_argocd/orders.yaml": "kind: AppProject\n" }));
  await deliver(place.options("dev", RENDERING));
  const { tip } = place;
  await expect(deliver(place.options("dev", platform))).rejects.toThrow(/^PVD2101 dev: got .* where 2 are delivered/);
  await expect(deliver(place.options("dev", {}))).rejects.toThrow(/^PVD2101 /);
  expect(place.tip).toBe(tip);
});

describe("what Git cannot reach or write", () => {
  test("fails with PVD2103 for a repository that is not there", async () => {
    const repository = path.join(place.home, "none");
    await expect(deliver(place.options("dev", RENDERING, { repository }))).rejects.toThrow(
      /^PVD2103 .*none: got fatal/,
    );
  });

  test("fails with PVD2103 when the repository refuses the push, in its own words, and tries no second time", async () => {
    place.beforePush("echo tried >> tries; echo 'frozen until Monday' >&2; exit 1");
    await expect(deliver(place.options("dev", RENDERING))).rejects.toThrow(/^PVD2103 .*frozen until Monday/);
    expect(readFileSync(path.join(place.repository, "tries"), "utf8")).toBe("tried\n");
  });

  test("fails with PVD2103 where there is no Git", async () => {
    const { PATH } = process.env;
    process.env["PATH"] = place.temporary;
    try {
      await expect(deliver(place.options("dev", RENDERING))).rejects.toThrow(/^PVD2103 .*delivery\.git: got no git, /);
      expect(await sourceOf(place.home)).toBeUndefined();
    } finally {
      process.env["PATH"] = PATH;
    }
  });

  test.each([
    ["http://ada:s3cr3t%21@localhost:9/paved.git", /s3cr3t/],
    ["http://t0k3n@localhost:9/paved.git", /t0k3n/],
    ["ssh://ada:s3cr3t@localhost:9/paved.git", /s3cr3t/],
  ])("fails with PVD2103 without a word of the password in %s", async (repository, secret) => {
    const error = await deliver(place.options("dev", RENDERING, { repository })).catch((thrown: unknown) => thrown);
    expect(String(error)).toMatch(/PVD2103 (http|ssh):\/\/(ada:)?\*\*\*@localhost:9\/paved\.git/);
    expect(String(error)).not.toMatch(secret);
  });
});

test("fails with PVD2104 when others are faster each time, and leaves what they pushed", async () => {
  await deliver(place.options("dev", RENDERING));
  place.beforePush(
    `echo tried >> tries; unset GIT_QUARANTINE_PATH; tree=$(git rev-parse delivery^{tree})
     other=$(git log --format=%H | git -c user.name=t -c user.email=t@example.com commit-tree $tree -p delivery)
     git update-ref refs/heads/delivery $other`,
  );
  await expect(deliver(place.options("dev", { "orders/a.yaml": "1\n" }))).rejects.toThrow(/^PVD2104 delivery: got 5 /);
  expect(readFileSync(path.join(place.repository, "tries"), "utf8")).toBe("tried\n".repeat(ATTEMPTS));
  expect(place.tree).toEqual(stored("dev", RENDERING));
});

test("fails with PVD2006 when it is stopped while it pushes, and what it had begun is gone", async () => {
  const stop = new AbortController();
  place.beforePush("touch begun; sleep 5");
  const delivery = deliver(place.options("dev", RENDERING, { signal: stop.signal }));
  const begun = setInterval(() => {
    if (spawnSync("test", ["-e", path.join(place.repository, "begun")]).status === 0) stop.abort();
  }, 50);
  await expect(delivery).rejects.toThrow(/^PVD2006 /);
  clearInterval(begun);
  await expect(deliver(place.options("dev", RENDERING, { signal: stop.signal }))).rejects.toThrow(/^PVD2006 /);
});

test("variables that a hook of Git sets lead it to no other repository", async () => {
  const sources = new Sources(path.join(place.home, "sources"));
  const set = { GIT_DIR: path.join(sources.directory, ".git"), GIT_INDEX_FILE: path.join(sources.directory, "index") };
  const before = sources.git("for-each-ref");
  Object.assign(process.env, set);
  try {
    await deliver(place.options("dev", RENDERING));
  } finally {
    for (const name of Object.keys(set)) delete process.env[name];
  }
  expect(sources.git("for-each-ref")).toBe(before);
  expect(place.tree).toEqual(stored("dev", RENDERING));
});
