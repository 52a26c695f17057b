import { TrafficLedger } from "../src";

const files = new Map(["orders", "payments", "ledger"].map((name) => [name, `stacks/services/${name}.ts`]));
const rule = (from: string, to: string) => ({ from, to, port: 8080, variables: {} });
const findings = (...rules: ReturnType<typeof rule>[]) => {
  const traffic = new TrafficLedger();
  for (const each of rules) traffic.allow(each);
  return traffic.findings(files).map((finding) => `${finding.code} ${finding.where}: ${finding.got}; ${finding.fix}`);
};

test("what was said is known from both ends", () => {
  const traffic = new TrafficLedger();
  traffic.allow(rule("orders", "payments"));
  expect(traffic.into("payments")).toEqual([rule("orders", "payments")]);
  expect(traffic.outOf("orders")).toEqual([rule("orders", "payments")]);
  expect(traffic.into("orders")).toEqual([]);
});

test("saying it twice changes nothing", () => {
  const traffic = new TrafficLedger();
  traffic.allow(rule("orders", "payments"));
  traffic.allow(rule("orders", "payments"));
  expect(traffic.into("payments")).toHaveLength(1);
});

test("a chain is fine", () => {
  expect(findings(rule("orders", "payments"), rule("payments", "ledger"), rule("orders", "ledger"))).toEqual([]);
});

test("fails with PVD1009 when two services allow each other, showing the circle in the direction of the calls", () => {
  expect(findings(rule("orders", "payments"), rule("payments", "orders"))).toMatchInlineSnapshot(`
   [
     "PVD1009 stacks/services/orders.ts allowFrom: services that call each other: orders → payments → orders; drop one direction, or put an event between them",
   ]
  `);
});

test("fails with PVD1009 when a service allows itself", () => {
  expect(findings(rule("orders", "orders"))[0]).toMatch(/^PVD1009/);
});

test("fails with PVD1025 on a caller that is not in the fleet, with the likely one", () => {
  expect(findings(rule("order", "payments"))).toMatchInlineSnapshot(`
   [
     "PVD1025 stacks/services/payments.ts allowFrom: the unknown service "order"; did you mean orders?",
   ]
  `);
});
