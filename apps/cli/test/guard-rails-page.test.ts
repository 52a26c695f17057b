import type { FleetJudgement } from "@paved/judges";
import type { GuardRails } from "@paved/pipeline";
import { guardRailsPage } from "../src/judge/guard-rails-page";

const own: GuardRails = {
  rules: 1,
  subjects: 2,
  checks: 3,
  broken: 0,
  waived: 0,
  warnings: [],
  findings: [],
  controls: ["dev", "production"].map((environment) => ({
    benchmark: "Pod Security Standards, restricted",
    control: "1",
    environment,
    workloads: { kept: 3, of: 4 },
    others: { kept: 0, of: 0 },
    unjudged: [],
  })),
  idle: [{ rule: "K8S-NET-005", judges: ["Ingress", "TCPRoute"], reason: "Nothing makes them." }],
};
const outside: FleetJudgement = {
  judges: [],
  kinds: {},
  findings: [],
  seconds: 0,
  standing: [],
  waived: [],
  unused: [],
};
const page = guardRailsPage(own, outside);

test("the page has a line for each control, with what keeps it in each environment", () => {
  expect(page).toContain("| control | what | enforced by | dev | production |");
  expect(page).toContain(
    "| 1 | HostProcess | [K8S-POD-007](guardrails/K8S-POD-007.md) | 3 of 4 workloads | 3 of 4 workloads |",
  );
});

test("the page says which rules judged nothing, and why that is right", () => {
  expect(page).toContain("| [K8S-NET-005](guardrails/K8S-NET-005.md) | `Ingress`, `TCPRoute` | Nothing makes them. |");
});

test("the page says that the pods of charts are not judged, and what is judged of them", () => {
  expect(page).toMatch(/## What is not judged\n\nThe pods of add-ons\..*`HELM-001` to `HELM-007`/);
});
