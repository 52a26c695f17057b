import { X509Certificate } from "node:crypto";
import { Database, DatabaseAdministrator, databaseAuthority } from "../src";
import { dev, networkFacts, synthIn } from "./support/stacks";

const minimal = synthIn(dev, (stack) => {
  const database = new Database(stack, "database", {
    name: "orders",
    size: "small",
    network: networkFacts,
    clusterSecurityGroupId: "sg-pods",
  });
  new DatabaseAdministrator(stack, "administrator", { name: "orders", database, namespace: "database-access" });
});

test("snapshot: an administrator, which has nothing to set", () => {
  const own = Object.entries(minimal.summary()).filter(([address]) => address.includes(".administrator_"));
  expect(Object.fromEntries(own)).toMatchSnapshot();
});

test("may read the master password of this database, and nothing else", () => {
  const policy = JSON.parse(minimal.at("aws_iam_role_policy.administrator_identity_policy")["policy"] as string) as {
    Statement: readonly { Action: readonly string[]; Resource: readonly string[] }[];
  };
  expect(policy.Statement.map(({ Action, Resource }) => [Action, Resource].flat())).toEqual([
    ["secretsmanager:GetSecretValue", "${aws_db_instance.database_instance.master_user_secret[0].secret_arn}"],
    ["kms:Decrypt", "${aws_kms_key.database_key_key.arn}"],
  ]);
});

test("its service account, and so its job, comes after what it is to AWS", () => {
  expect(minimal.only("kubernetes_service_account_v1")["depends_on"]).toEqual([
    "aws_eks_pod_identity_association.administrator_identity_association",
    "aws_iam_role_policy.administrator_identity_policy",
  ]);
});

test("its pods get no token of the cluster's API", () => {
  expect(minimal.only("kubernetes_service_account_v1")["automount_service_account_token"]).toBe(false);
});

test("the password itself is in no ConfigMap", () => {
  const { data } = minimal.only("kubernetes_config_map_v1") as { data: Record<string, string> };
  expect(Object.keys(data)).toEqual(["AWS_REGION", "MASTER_SECRET_ARN", "PGDATABASE", "PGHOST", "PGPORT"]);
});

test("the authority of a region's databases is the one their certificates are of, for as long as anybody plans", () => {
  const certificate = new X509Certificate(databaseAuthority("eu-west-1"));
  expect(certificate.subject).toContain("CN=Amazon RDS eu-west-1 Root CA RSA2048 G1");
  expect(certificate.ca).toBe(true);
  expect(new Date(certificate.validTo).getUTCFullYear()).toBe(2061);
  expect(databaseAuthority("us-east-1")).not.toBe(databaseAuthority("eu-west-1"));
});

test("fails with PVD1002 for a region that RDS has no authority in", () => {
  expect(() => databaseAuthority("eu-west-9")).toThrow(/PVD1002.*eu-west-9/);
});
