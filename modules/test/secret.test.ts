import { synth } from "@paved/testing";
import { EncryptionKey, externalSecrets, kubePrometheusStack, PavedStack, Secret, secretReaderArn } from "../src";
import { dev, production, synthIn } from "./support/stacks";

const writerArn = "arn:aws:iam::111111111111:role/commerce";
const secret = (stack: PavedStack, name = "stripe-api-key") => {
  const users = [{ roleArn: writerArn, through: "secretsmanager" }];
  const key = new EncryptionKey(stack, "key", { description: "Secrets of orders", alias: "secrets-orders", users });
  return new Secret(stack, "secret", { service: "orders", name, key, writerArn });
};
const minimal = synthIn(dev, (stack) => void secret(stack));

interface Statement {
  readonly Sid: string;
  readonly Effect: string;
  readonly Principal: unknown;
  readonly Action: readonly string[];
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}
const statements = (type: string): readonly Statement[] =>
  (JSON.parse(String(minimal.only(type)["policy"])) as { Statement: Statement[] }).Statement;
const exempted = (action: string): unknown =>
  statements("aws_secretsmanager_secret_policy").find(
    ({ Effect, Action }) => Effect === "Deny" && Action.includes(action),
  )?.Condition?.["ArnNotEquals"]?.["aws:PrincipalArn"];

test("snapshot: dev", () => {
  expect(minimal.summary()).toMatchSnapshot();
});

test("snapshot: production", () => {
  expect(synthIn(production, (stack) => void secret(stack)).summary()).toMatchSnapshot();
});

test("is called by environment and service, as External Secrets looks for it", () => {
  expect(minimal.only("aws_secretsmanager_secret")["name"]).toBe("paved/dev/orders/stripe-api-key");
});

test("is encrypted with the service's key", () => {
  expect(minimal.only("aws_secretsmanager_secret")["kms_key_id"]).toBe("${aws_kms_key.key_key.arn}");
});

test("has no value that OpenTofu knows of", () => {
  expect(minimal.resources("aws_secretsmanager_secret_version")).toEqual({});
});

test("can be had back for 30 days where the environment is protected; elsewhere its name is free again at once", () => {
  const kept = synthIn(production, (stack) => void secret(stack)).only("aws_secretsmanager_secret");
  expect(kept).toMatchObject({ recovery_window_in_days: 30, lifecycle: { prevent_destroy: true } });
  expect(minimal.only("aws_secretsmanager_secret")["recovery_window_in_days"]).toBe(0);
});

test("only External Secrets reads the value, as the role that the platform's stack gives it", () => {
  expect(exempted("secretsmanager:GetSecretValue")).toEqual([secretReaderArn(dev)]);
  const platform = synthIn(dev, (stack) => {
    const facts = { clusterName: "paved-dev", vpcId: "vpc-1" };
    externalSecrets(stack, { ...facts, monitoring: kubePrometheusStack(stack, facts) });
  });
  const { name } = platform.at("aws_iam_role.external-secrets_identity_role_role");
  expect(secretReaderArn(dev)).toBe(`arn:aws:iam::${dev.account}:role/${String(name)}`);
});

test("its team puts the value, with the key, and needs no policy of its own; nobody else does but the pipeline", () => {
  expect(statements("aws_secretsmanager_secret_policy")[0]).toMatchObject({
    Effect: "Allow",
    Principal: { AWS: writerArn },
    Action: expect.arrayContaining(["secretsmanager:PutSecretValue"]),
  });
  expect(statements("aws_kms_key")).toContainEqual({
    Sid: "UseByRole1",
    Effect: "Allow",
    Principal: { AWS: writerArn },
    Action: ["kms:Decrypt", "kms:GenerateDataKey"],
    Resource: "*",
    Condition: { StringEquals: { "kms:ViaService": "secretsmanager.eu-west-1.amazonaws.com" } },
  });
  expect(exempted("secretsmanager:PutSecretValue")).toEqual([writerArn, "arn:aws:iam::111111111111:role/paved-apply"]);
});

test("another service's stack finds it by its contract", () => {
  const stacks = synth((app) => {
    secret(new PavedStack(app, { environment: dev, name: "orders", kind: "service", owner: "commerce" }));
    const other = new PavedStack(app, { environment: dev, name: "shop", kind: "service", owner: "growth" });
    expect(Secret.fromName(other, "orders", "stripe-api-key").path).toBe("paved/dev/orders/stripe-api-key");
  });
  const read = "data.aws_ssm_parameter.contract-secret-orders-stripe-api-key-v1";
  expect(stacks["dev-shop"]?.at(read)["name"]).toBe("/paved/dev/secret-orders-stripe-api-key/v1");
});

test("fails with PVD1007 for a name that Secrets Manager refuses", () => {
  expect(() => synthIn(dev, (stack) => void secret(stack, "stripe key"))).toThrow(/PVD1007 .*secret name/);
});
