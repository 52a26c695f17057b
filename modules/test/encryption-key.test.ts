import { EncryptionKey, type EncryptionKeyProps } from "../src";
import { dev, production, synthIn } from "./support/stacks";

const minimal = { description: "Invoices", alias: "invoices" };
const full = {
  ...minimal,
  services: ["logs.eu-west-1.amazonaws.com", "autoscaling.amazonaws.com", "sns.amazonaws.com"],
};
const key = (props: EncryptionKeyProps, environment: typeof dev | typeof production = dev) =>
  synthIn(environment, (stack) => void new EncryptionKey(stack, "key", props));

interface Statement {
  readonly Principal: { readonly AWS?: string; readonly Service?: string };
  readonly Condition?: object;
}
const statements = (props: EncryptionKeyProps) =>
  (JSON.parse(String(key(props).only("aws_kms_key")["policy"])) as { Statement: Statement[] }).Statement;

test("snapshot: minimal", () => {
  expect(key(minimal).summary()).toMatchSnapshot();
});

test("snapshot: production, every kind of service", () => {
  expect(key(full, production).summary()).toMatchSnapshot();
});

test("rotates, and can be called back for 30 days", () => {
  expect(key(minimal).only("aws_kms_key")).toMatchObject({ enable_key_rotation: true, deletion_window_in_days: 30 });
});

test("is not destroyed where the environment is protected, and can be where it is not", () => {
  expect(key(minimal, production).only("aws_kms_key")["lifecycle"]).toEqual({ prevent_destroy: true });
  expect(key(minimal).only("aws_kms_key")["lifecycle"]).toBeUndefined();
});

test("without services, only IAM of the account decides", () => {
  expect(statements(minimal).map((statement) => statement.Principal)).toEqual([
    { AWS: "arn:aws:iam::111111111111:root" },
  ]);
});

test("no principal is a wildcard, and no service may use it without a condition on the account", () => {
  for (const { Principal, Condition } of statements(full)) {
    expect(JSON.stringify(Principal)).not.toContain("*");
    if (Principal.Service !== undefined) expect(JSON.stringify(Condition)).toContain("111111111111");
  }
});

test("a description stays text", () => {
  const stack = key({ ...minimal, description: '${file("/etc/passwd")}' });
  expect(stack.only("aws_kms_key")["description"]).toBe('$${file("/etc/passwd")}');
});

test("fails with PVD1007 for an alias that KMS refuses", () => {
  expect(() => key({ ...minimal, alias: "a b" })).toThrow(/PVD1007 dev-orders\/key: got KMS alias/);
});

test("fails with PVD1006 for an alias that is too long", () => {
  expect(() => key({ ...minimal, alias: "a".repeat(250) })).toThrow(/PVD1006 dev-orders\/key/);
});
