import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { openCommand, serviceEventsCommand, serviceLogsCommand, serviceStatusCommand } from "../src/commands/service";
import { ago, cores, mebibytes } from "../src/service/amounts";
import { printStatus, type Seen } from "../src/service/print-status";
import { kept } from "./sample-fleet";
import { run, sampleWorkspace } from "./sample-workspace";

const workspace = sampleWorkspace();
const links = [
  { url: "https://runbooks.example.com/orders", title: "Runbook", type: "runbook" },
  { url: "https://grafana.dev.example.com/d/orders-dev", title: "Dashboard (dev)", type: "dashboard" },
  { url: "https://grafana.example.com/d/orders", title: "Dashboard (production)", type: "dashboard" },
];
const component = { kind: "Component", metadata: { name: "orders", links } };
mkdirSync(path.join(workspace.output, "catalog"), { recursive: true });
writeFileSync(path.join(workspace.output, "catalog", "orders.yaml"), JSON.stringify(component));

const open = (words: readonly string[], options = {}) => run(openCommand, workspace, { arguments: words, options });

describe("open", () => {
  test("prints every link of a service", async () => {
    expect((await open(["orders"])).out.split("\n")).toEqual(links.map(({ title, url }) => `${title}: ${url}`));
  });

  test("prints one kind of them, of one environment", async () => {
    const { out } = await open(["orders", "dashboard"], { env: ["dev"] });
    expect(out).toBe("Dashboard (dev): https://grafana.dev.example.com/d/orders-dev");
  });

  test("gives what belongs to no environment with each", async () => {
    const { out } = await open(["orders"], { env: ["dev"], json: true });
    expect((JSON.parse(out) as { links: { title: string }[] }).links.map(({ title }) => title)).toEqual([
      "Runbook",
      "Dashboard (dev)",
    ]);
  });

  test("fails with PVD1001 for an environment that there is not", async () => {
    await expect(open(["orders"], { env: ["dve"] })).rejects.toThrow(/^PVD1001 --env: got dve, want an environment/);
  });

  test("fails with PVD4001 for a service, and for a link, that there is not", async () => {
    await expect(open(["ordesr"])).rejects.toThrow(/^PVD4001 <service>: .*did you mean orders\?/);
    await expect(open(["orders", "dashbord"])).rejects.toThrow(/^PVD4001 \[what\]: .*did you mean dashboard\?/);
  });
});

describe.each([
  ["status", serviceStatusCommand],
  ["logs", serviceLogsCommand],
  ["events", serviceEventsCommand],
])("%s", (_, command) => {
  test("fails with PVD4001 for a service that there is not", async () => {
    const asked = run(command, workspace, { arguments: ["ordesr"] });
    await expect(asked).rejects.toThrow(/^PVD4001 <service>: .*did you mean orders\?/);
  });

  test("fails with PVD1001 for an environment that there is not", async () => {
    const asked = run(command, workspace, { arguments: ["orders"], options: { env: ["prodution"] } });
    await expect(asked).rejects.toThrow(/^PVD1001 --env: .*did you mean production\?/);
  });

  test("fails with PVD9003 where no control plane runs, and says how to start one", async () => {
    const asked = run(command, workspace, { arguments: ["orders"], options: { env: ["production"] } });
    await expect(asked).rejects.toThrow(/^PVD9003 production: .*; run paved sandbox up --env production$/);
  });
});

test("fails with PVD4003 for lines that are none", async () => {
  const asked = run(serviceLogsCommand, workspace, { arguments: ["orders"], options: { lines: "many" } });
  await expect(asked).rejects.toThrow(/^PVD4003 --lines: got many/);
});

const NOW = new Date("2026-11-28T12:00:00Z");

test.each([
  ["2026-11-28T11:59:15Z", "45s"],
  ["2026-11-28T11:48:00Z", "12m"],
  ["2026-11-28T09:00:00Z", "3h"],
  ["2026-11-19T09:00:00Z", "9d"],
  ["2026-11-28T12:00:05Z", "0s"],
  [undefined, "-"],
])("%s is %s ago", (time, words) => {
  expect(ago(time, NOW)).toBe(words);
});

test("amounts are said in cores and MiB, and what is not known is said so", () => {
  expect([cores(0.25), cores(undefined), mebibytes(268_435_456), mebibytes(undefined)]).toEqual([
    "0.25",
    "-",
    "256",
    "-",
  ]);
});

test("a status says first how it is, then why, then what it has", () => {
  const seen: Seen = {
    service: "orders",
    environment: "dev",
    isWell: false,
    workloads: [
      {
        name: "orders",
        wanted: 3,
        ready: 2,
        updated: 1,
        rollout: "stuck",
        message: "exceeded quota",
        images: ["sha256:aa"],
        deployedAt: "2026-11-28T11:00:00Z",
      },
    ],
    schedules: [{ name: "nightly", schedule: "0 3 * * *", active: 0, isSuspended: false }],
    pods: [
      {
        name: "orders-1",
        ready: 0,
        containers: 1,
        state: "CrashLoopBackOff",
        message: "back-off",
        restarts: 4,
        lastEnd: "OOMKilled",
        requests: { cpu: 0.1, memory: 268_435_456 },
        limits: { memory: 268_435_456 },
        since: "2026-11-28T11:59:00Z",
      },
    ],
    quota: [{ name: "pods", used: "3", hard: "3" }],
    delivery: { by: "argo-cd", sync: "OutOfSync", health: "Degraded", revision: "1a2b3c4d5e", message: "no such kind" },
    links: [{ type: "runbook", title: "Runbook", url: "https://runbooks.example.com/orders" }],
  };
  const { terminal, out } = kept();
  printStatus(terminal, seen, NOW);
  expect(out.join("\n")).toMatchInlineSnapshot(`
   "orders in dev: 2 of 3 pods ready, 1 schedule; OutOfSync, Degraded at 1a2b3c4
     Argo CD: no such kind
     orders is stuck: exceeded quota; sha256:aa, deployed 1h ago
     nightly (0 3 * * *): 0 running, never ran
   +----------+----------------------------+-------+---------------+-----------------------+---------------------+------+-----+
   | pod      | state                      | ready | restarts      | cores used/asked/most | MiB used/asked/most | node | age |
   | orders-1 | CrashLoopBackOff: back-off | 0/1   | 4 (OOMKilled) | - / 0.1 / -           | - / 256 / 256       | -    | 1m  |
   +----------+----------------------------+-------+---------------+-----------------------+---------------------+------+-----+
     quota: pods 3 of 3
     Runbook: https://runbooks.example.com/orders"
  `);
});
