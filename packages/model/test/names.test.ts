import fc from "fast-check";
import { checkName, deriveName, NAME_RULES, type NameTarget, PavedError } from "../src";

const targets = Object.keys(NAME_RULES) as NameTarget[];

function codeOf(work: () => unknown): string {
  try {
    work();
    return "none";
  } catch (error) {
    return error instanceof PavedError ? (error.findings[0]?.code ?? "none") : "another error";
  }
}

test.each(targets)("fails with PVD1006 when a %s is longer than it may be, naming the limit", (target) => {
  const { limit } = NAME_RULES[target];
  const name =
    target === "KMS alias"
      ? `alias/${"a".repeat(limit)}`
      : target === "SSM parameter"
        ? `/${"a".repeat(limit)}`
        : "a".repeat(limit + 1);
  expect(codeOf(() => checkName(target, name, "here"))).toBe("PVD1006");
  expect(() => checkName(target, name, "here")).toThrow(`at most ${limit}`);
});

test.each([
  ["Kubernetes name", "Orders"],
  ["Kubernetes name", "orders-"],
  ["RDS identifier", "orders--api"],
  ["IAM role", "orders/api"],
  ["ECR repository", "commerce//orders"],
  ["KMS alias", "alias/aws/rds"],
  ["security group", "sg-orders"],
  ["PostgreSQL name", "orders-api"],
] as const)("fails with PVD1007 when a %s is called %s", (target, name) => {
  expect(codeOf(() => checkName(target, name, "here"))).toBe("PVD1007");
});

test.each(["${TfToken[TOKEN.12]}", "orders-${TfToken[TOKEN.0]}", "#{TfToken[TOKEN.3]}"])(
  "fails with PVD1008 on the token %s",
  (name) => {
    expect(codeOf(() => checkName("IAM role", name, "here"))).toBe("PVD1008");
  },
);

test("every name made of letters, digits and hyphens within the limit is a Kubernetes name", () => {
  fc.assert(
    fc.property(fc.stringMatching(/^[a-z]([a-z0-9-]{0,61}[a-z0-9])?$/), (name) =>
      expect(checkName("Kubernetes name", name, "here")).toBe(name),
    ),
  );
});

test("names are joined the way their target allows", () => {
  expect(deriveName("IAM role", ["dev", "orders"], "here")).toBe("dev-orders");
  expect(deriveName("PostgreSQL name", ["orders", "rw"], "here")).toBe("orders_rw");
});
