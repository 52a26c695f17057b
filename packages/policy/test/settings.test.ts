import * as fc from "fast-check";
import { isSecretName } from "../src/credentials";
import { harmOf } from "../src/settings";

test.each([
  ["LD_PRELOAD", "/tmp/hook.so"],
  ["PYTHONPATH", "/tmp"],
  ["JAVA_TOOL_OPTIONS", "-javaagent:/tmp/agent.jar"],
  ["https_proxy", "http://proxy.example.com"],
  ["AWS_ENDPOINT_URL_S3", "https://s3.example.com"],
  ["SSLKEYLOGFILE", "/tmp/keys"],
  ["NODE_ENV", "development"],
  ["NODE_TLS_REJECT_UNAUTHORIZED", "0"],
  ["PYTHONHTTPSVERIFY", "0"],
  ["PGSSLMODE", "require"],
  ["LEDGER_DATABASE_SSLMODE", "prefer"],
  ["PGSSLROOTCERT", "/tmp/ca.pem"],
  ["NODE_EXTRA_CA_CERTS", "/etc/paved/../../tmp/ca.pem"],
  ["TLS_CA_FILE", "/tmp/ca.crt"],
  ["NODE_OPTIONS", "--max-old-space-size=384 --require /tmp/hook.js"],
  ["NODE_OPTIONS", "--inspect=0.0.0.0:9229"],
  ["OTEL_EXPORTER_OTLP_INSECURE", "true"],
  ["PAYMENTS_TLS_SKIP_VERIFY", "1"],
  ["CACHE_TLS_ENABLED", "false"],
  ["VERIFY_SSL", "no"],
  ["GRPC_CREDENTIALS_KIND", "insecure"],
  ["DATABASE_OPTIONS", "host=db sslmode=disable"],
])("%s of %s does harm", (name, value) => {
  expect(harmOf(name, value)).toEqual(expect.any(String));
});

test.each([
  ["NODE_ENV", "production"],
  ["NODE_OPTIONS", "--max-old-space-size=384 --enable-source-maps"],
  ["PGSSLMODE", "verify-full"],
  ["PGSSLROOTCERT", "/etc/paved/database/ca.pem"],
  ["SSL_CERT_FILE", "/etc/ssl/certs/ca-certificates.crt"],
  ["OTEL_EXPORTER_OTLP_INSECURE", "false"],
  ["CACHE_TLS_ENABLED", "true"],
  ["GRPC_REFLECTION", "on"],
  ["INVENTORY_URL", "http://inventory.inventory.svc.cluster.local"],
  ["SECRET_FILES_DIRECTORY", "/etc/paved/secrets"],
  ["LOG_LEVEL", "info"],
  ["ENV", "production"],
  ["EMAIL_SKIP_VERIFICATION", "true"],
  ["JWT_PUBLIC_KEY_PATH", "/app/keys/public.pem"],
])("%s of %s does none", (name, value) => {
  expect(harmOf(name, value)).toBeUndefined();
});

test("a variable that loads code does harm wherever its value comes from", () => {
  expect(harmOf("LD_PRELOAD", undefined)).toEqual(expect.any(String));
});

test("a safe value that comes from elsewhere is not known to be one", () => {
  expect(harmOf("PGSSLMODE", undefined)).toEqual(expect.any(String));
});

test.each([
  "DB_PASSWORD",
  "STRIPE_API_KEY",
  "APIKEY",
  "SIGNING_KEY",
  "GITHUB_TOKEN",
  "AWS_ACCESS_KEY_ID",
  "DB_CONNECTION_STRING",
])("%s is the name of a secret", (name) => {
  expect(isSecretName(name)).toBe(true);
});

test.each(["TLS_KEY_FILE", "MASTER_SECRET_ARN", "STRIPE_PUBLISHABLE_KEY", "PARTITION_KEY", "MONKEY", "TOKEN_LIFETIME"])(
  "%s is none",
  (name) => {
    expect(isSecretName(name)).toBe(false);
  },
);

test("no name and no value makes it throw", () => {
  fc.assert(fc.property(fc.string(), fc.string(), (name, value) => expect(() => harmOf(name, value)).not.toThrow()));
});
