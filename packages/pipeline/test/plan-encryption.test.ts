import { chooseEncryption, planEncryption } from "../src/bundle/plan-encryption";
import type { FleetStack } from "../src/workspace/fleet";

const KEY = { PAVED_BUNDLE_KEY: "a passphrase for plans" };

const stackWith = (s3: object): FleetStack =>
  ({ name: "dev-network", json: JSON.stringify({ terraform: { backend: { s3 } } }) }) as FleetStack;

test("in the cloud, without a passphrase, a plan is encrypted by the key of its stack's state", () => {
  expect(chooseEncryption("live", {})).toBe("kms");
  const stack = stackWith({ bucket: "state", region: "eu-west-1", kms_key_id: "alias/paved-state" });
  expect(JSON.parse(planEncryption("kms", "live", {})(stack))).toEqual({
    key_provider: {
      aws_kms: { paved_bundle: { kms_key_id: "alias/paved-state", region: "eu-west-1", key_spec: "AES_256" } },
    },
    method: { aes_gcm: { paved_bundle: { keys: "key_provider.aws_kms.paved_bundle" } } },
    plan: { method: "method.aes_gcm.paved_bundle", enforced: true },
  });
});

test("with a passphrase it is that one's, there and in the sandbox, and never anything of the state", () => {
  expect([chooseEncryption("live", KEY), chooseEncryption("sandbox", KEY)]).toEqual(["passphrase", "passphrase"]);
  const settings = JSON.parse(planEncryption("passphrase", "sandbox", KEY)(stackWith({}))) as Record<string, unknown>;
  expect(settings["key_provider"]).toEqual({ pbkdf2: { paved_bundle: { passphrase: KEY.PAVED_BUNDLE_KEY } } });
  expect(Object.keys(settings)).toEqual(["key_provider", "method", "plan"]);
});

test("fails with PVD5005 in the sandbox without a passphrase, and in the cloud where the state has no key", () => {
  expect(() => chooseEncryption("sandbox", {})).toThrow(/^PVD5005 PAVED_BUNDLE_KEY: got no passphrase/);
  expect(() => planEncryption("kms", "live", {})(stackWith({ region: "eu-west-1" }))).toThrow(/^PVD5005 dev-network/);
});

test("an error about the passphrase does not repeat it", () => {
  const message = (() => {
    try {
      return chooseEncryption("sandbox", { PAVED_BUNDLE_KEY: "hunter2" });
    } catch (error) {
      return String(error);
    }
  })();
  expect(message).toContain("too short");
  expect(message).not.toContain("hunter2");
});

test("fails with PVD4003 in the cloud where settings of encryption are the user's own, which would be lost", () => {
  const own = { ...KEY, TF_ENCRYPTION: "{}" };
  expect(() => planEncryption("passphrase", "live", own)).toThrow(/^PVD4003 TF_ENCRYPTION: got settings of your own/);
  expect(() => planEncryption("passphrase", "sandbox", own)).not.toThrow();
});
