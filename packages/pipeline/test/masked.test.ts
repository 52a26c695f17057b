import fc from "fast-check";
import { stringify } from "yaml";
import { differenceInWords, driftMarkdown, impactHtml, impactMarkdown, impactOf } from "../src";
import { attributeDifferences } from "../src/difference/attributes";
import { masked } from "../src/difference/masked";
import { isTellingName } from "../src/difference/secret-name";
import { readDrift } from "../src/drift/read-drift";
import { fleetOf } from "./synthesized-fleet";

const MASK = "(masked)";

test.each([
  "password",
  "api_key",
  "secret_access_key",
  "masterUserPassword",
  "adminPassword",
  "adminpassword",
  "STRIPE_API_KEY",
  "grafana.adminPassword",
  "APIKey",
  "password_wo",
  "secret_string",
  "private_key_pem",
  "aws:RequestTag/secret",
  "users[0].auth_token",
])("%s is the name of a secret", (name) => {
  expect(isTellingName(name)).toBe(true);
});

test.each([
  "secret_name",
  "secretArn",
  "topologyKey",
  "partitionKey",
  "TOKEN_LIFETIME",
  "monkey",
  "http_tokens",
  "password_wo_version",
])("%s is none", (name) => {
  expect(isTellingName(name)).toBe(false);
});

test.each<readonly [string, unknown, unknown]>([
  ["a pair", { name: "STRIPE_API_KEY", value: "x" }, { name: "STRIPE_API_KEY", value: MASK }],
  ["Helm's values as JSON", ['{"adminPassword":"x","replicas":2}'], ['{"adminPassword":"(masked)","replicas":2}']],
  ["Helm's values as YAML", ["adminPassword: x\nreplicas: 2\n"], ["adminPassword: (masked)\nreplicas: 2\n"]],
  ["a comment in YAML", ["# password: x\nreplicas: 2\n"], ["replicas: 2\n"]],
  ["a number", { password: 1234 }, { password: MASK }],
  ["what is below a telling name", { credentials: { main: ["x"] } }, { credentials: { main: [MASK] } }],
  ["a Secret", { kind: "Secret", data: { name: "eA==" } }, { kind: "Secret", data: { name: MASK } }],
  ["a script", "export DB_PASSWORD=x\nrun", `export DB_PASSWORD: ${MASK}`],
  ["an argument", ["run", "--password", "x", "--user", "y"], ["run", "--password", MASK, "--user", "y"]],
  ["an argument in a text", "run --password x", `run --password: ${MASK}`],
  ["what stands below its name", "{{- if a }}\npassword:\n  x", `{{- if a }}\npassword: ${MASK}`],
  ["an expression", '${jsonencode({"token" = "x"})}', `\${jsonencode({"token: ${MASK}`],
  ["a pair in an expression", '${jsonencode([{"name" = "API_KEY", "value" = "x"}])}', MASK],
  ["a literal in a reference's place", { token: '${upper("x")}' }, { token: MASK }],
])("is masked: %s", (_what, value, shown) => {
  expect(masked("", value)).toEqual(shown);
});

test.each<readonly [string, unknown]>([
  ["a reference", { password: "${random_password.main.result}", key: '${aws_x.y["a"].arn}' }],
  ["a reference in an expression", '${jsonencode({"password" = random_password.main.result})}'],
  ["an ARN that says secret", ["arn:aws:secretsmanager:eu-west-1:1:secret:paved/dev/*"]],
  ["whether there is one", { automountServiceAccountToken: false, password: true }],
  ["a key of a reference", { env: [{ name: "TOKEN", valueFrom: { secretKeyRef: { name: "a", key: "token" } } }] }],
  ["what External Secrets makes", { data: [{ secretKey: "token", remoteRef: { key: "paved/dev/token" } }] }],
  ["a selector", { tolerations: [{ key: "nodes", operator: "Exists" }] }],
  ["a volume", { volumes: [{ name: "a", secret: { secretName: "a", defaultMode: 288 } }] }],
  ["a sentence", { description: "note: it has no key" }],
])("is shown: %s", (_what, value) => {
  expect(masked("", value)).toEqual(value);
});

test("a secret that differs is said to differ, whatever stands around it", () => {
  const env = (value: string) => ({ env: [{ name: "STRIPE_API_KEY", value }] });
  expect(attributeDifferences(env("a"), env("b"))).toEqual([{ path: "env[0].value", before: MASK, after: MASK }]);
  const text = (password: string) => ({ values: [JSON.stringify({ adminPassword: password, a: { b: 1 } })] });
  expect(attributeDifferences(text("a"), text("b"))).toEqual([
    { path: "values[0].adminPassword", before: MASK, after: MASK },
  ]);
});

test("what the engine marks as sensitive is masked also below names with dots", () => {
  const change = {
    actions: ["update"],
    before: { data: { "a.b": "x" } },
    after: { data: { "a.b": "y" } },
    after_sensitive: { data: { "a.b": true } },
  };
  expect(readDrift(JSON.stringify({ resource_drift: [{ address: "a.b", mode: "managed", change }] }))).toMatchObject([
    { attributes: [{ path: "data.a.b", before: MASK, after: MASK }] },
  ]);
});

const CANARY = "canary7c1d";
const secretNames = fc
  .tuple(
    fc.constantFrom("", "db", "stripe", "master_user", "grafana.admin", "example.com/app"),
    fc.constantFrom(
      "password",
      "passwd",
      "api_key",
      "secret_access_key",
      "access_key",
      "token",
      "secret",
      "credentials",
    ),
    fc.constantFrom<(name: string) => string>(
      (name) => name,
      (name) => name.toUpperCase(),
      (name) => name.replace(/_(\w)/g, (_all, letter: string) => letter.toUpperCase()),
      (name) => name.replaceAll("_", "-"),
    ),
  )
  .map(([prefix, name, cased]) => cased(prefix === "" ? name : `${prefix}_${name}`));
const secrets = fc.constantFrom<unknown>(
  CANARY,
  `${CANARY} and, more; of: it = x`,
  [CANARY],
  { main: CANARY },
  `\${upper("${CANARY}")}`,
);
const flat = (secret: unknown): string => JSON.stringify(secret);

/** The forms in which somebody writes a secret. */
const forms = fc.constantFrom<(name: string, secret: unknown) => unknown>(
  (name, secret) => ({ [name]: secret }),
  (name, secret) => [{ [name]: secret }],
  (name, secret) => ({ env: [{ name, value: secret }] }),
  (name, secret) => ({
    set: [
      { value: secret, name },
      { name: "a", value: "b" },
    ],
  }),
  (name, secret) => ({ parameters: [{ Key: name, Value: secret }] }),
  (name, secret) => ({ values: [JSON.stringify({ a: { [name]: secret } })] }),
  (name, secret) => ({ values: [stringify({ a: [{ [name]: secret }], b: 1 })] }),
  (name, secret) => ({ values: [`${stringify({ a: 1 })}---\n${stringify({ [name]: secret })}`] }),
  (name, secret) => ({ document: JSON.stringify({ inner: JSON.stringify({ [name]: secret }) }) }),
  (name, secret) => ({ insecure_value: `\${jsonencode({"a" = aws_vpc.a.id, "${name}" = ${flat(secret)}})}` }),
  (name, secret) => ({ insecure_value: `\${jsonencode([{"name" = "${name}", "value" = ${flat(secret)}}])}` }),
  (name, secret) => ({ user_data: `#!/bin/sh\nexport ${name}=${flat(secret)}\nrun` }),
  (name, secret) => ({ command: [`--${name.replace(/.*\//, "")}`, secret] }),
  (name, secret) => ({ args: [`--${name}=${flat(secret)}`] }),
  (name, secret) => ({ policy: JSON.stringify({ Statement: [statement(name, flat(secret))] }) }),
);
const statement = (name: string, value: string) => ({
  Effect: "Allow",
  Action: "s3:*",
  Resource: "*",
  Condition: { StringEquals: { [`aws:RequestTag/${name}`]: value } },
});
const deep = fc.array(fc.constantFrom("spec", "main", "list", "app.kubernetes.io/x"), { maxLength: 4 });
const within = (value: unknown, names: readonly string[]): object =>
  names.reduce<object>((inner, name) => (name === "list" ? { list: [inner] } : { [name]: inner }), { own: value });

test("no secret is in any report, under whatever name, at whatever depth, in whatever form", () => {
  fc.assert(
    fc.property(secretNames, secrets, forms, deep, (name, secret, form, names) => {
      const [none, other, it] = [
        { note: "a" },
        form(name, secret),
        form(name, JSON.parse(JSON.stringify(secret).replaceAll(CANARY, `${CANARY}2`))),
      ].map((each) => within(each, names));
      for (const [before, after] of [
        [other, it],
        [none, it],
        [it, none],
      ] as const) {
        for (const text of reports(before!, after!)) expect(text).not.toContain(CANARY);
      }
    }),
    { numRuns: 150 },
  );
});

/** Everything that is said of a change: of resources, of manifests, of permissions and of drift. */
function reports(before: object, after: object): readonly string[] {
  const side = (own: object) => {
    const inner = (own as { own?: { policy?: string } }).own ?? {};
    const resource = { aws_lambda_function: { f: own }, aws_iam_policy: { p: { policy: "{}", ...inner } } };
    const secret = { kind: "Secret", metadata: { name: "s" }, stringData: { note: JSON.stringify(own) } };
    const manifests = [{ kind: "Deployment", metadata: { name: "orders" }, spec: own }, secret];
    return fleetOf({ "dev-orders": { resource } }, { "dev/orders": manifests });
  };
  const impact = impactOf({ before: side(before), after: side(after), changedFiles: [] });
  const attributes = impact.stacks.flatMap(({ effects, deliveries }) =>
    [...effects, ...deliveries].flatMap((each) => each.attributes),
  );
  expect(attributes.length).toBeGreaterThan(0);
  const change = { actions: ["update"], before, after };
  const resources = readDrift(JSON.stringify({ resource_drift: [{ address: "a.b", mode: "managed", change }] }));
  const stack = { name: "dev-orders", environment: "dev", owner: "commerce", status: "drifted", findings: [] } as const;
  const drift = { stacks: [{ ...stack, resources }], tofu: "1.12.6", seconds: 1 };
  return [
    JSON.stringify(impact),
    impactMarkdown(impact),
    impactHtml(impact, { base: "a", head: "b" }),
    attributes.map(differenceInWords).join("\n"),
    JSON.stringify(drift),
    driftMarkdown(drift),
  ];
}
