import { judgeState } from "../src/state";
import { encryption, terraform } from "./sound-terraform";

const judged = (settings: object) =>
  judgeState("dev-network", settings as Readonly<Record<string, unknown>>).map(({ code, got }) => `${code} ${got}`);
const encryptedBy = (settings: object) => judged({ ...terraform, encryption: { ...encryption, ...settings } });
const { s3 } = terraform.backend;
const ANOTHER_WAY = ["PVD1022 encryption in another way"];

test("a state in S3, locked, and encrypted with the stack's own key passes", () => {
  expect(judged(terraform)).toEqual([]);
});

test("the stack that makes the keys has the account's", () => {
  const { aws_kms } = encryption.key_provider;
  const key_provider = { aws_kms: { state: { ...aws_kms.state, kms_key_id: s3.kms_key_id } } };
  const backend = { s3: { ...s3, key: "dev/state.tfstate" } };
  expect(judged({ ...terraform, backend, encryption: { ...encryption, key_provider } })).toEqual([]);
});

test.each([
  ["no backend", {}, "no backend"],
  ["a local backend", { backend: { local: { path: "x" } } }, "backend local"],
  ["no lock", { backend: { s3: { ...s3, use_lockfile: false } } }, "backend s3"],
  ["no encryption by S3", { backend: { s3: { ...s3, encrypt: false } } }, "backend s3"],
])("fails with PVD1022 with %s", (_what, settings, got) => {
  expect(judged({ encryption, ...settings })).toContain(`PVD1022 ${got}`);
});

test("fails with PVD1022 without encryption by OpenTofu", () => {
  expect(judged({ ...terraform, encryption: undefined })).toEqual(["PVD1022 no encryption"]);
});

const aes = encryption.method.aes_gcm;
const own = encryption.key_provider.aws_kms.state;
const fallback = { method: "method.unencrypted.plain" };

test.each<readonly [string, object]>([
  ["a state that may be plain text", { state: { ...encryption.state, enforced: false } }],
  ["a plan that may be plain text", { plan: { ...encryption.plan, enforced: false } }],
  ["a plan that is not encrypted", { plan: undefined }],
  ["plain text that is read as well", { state: { ...encryption.state, fallback } }],
  ["a method that encrypts nothing", { method: { aes_gcm: aes, unencrypted: { plain: {} } } }],
  ["a key from a passphrase", { key_provider: { pbkdf2: { state: { passphrase: "correct horse battery" } } } }],
  ["another stack's key", { key_provider: { aws_kms: { state: { ...own, kms_key_id: "alias/paved/dev/state/x" } } } }],
  ["a shorter key", { key_provider: { aws_kms: { state: { ...own, key_spec: "AES_128" } } } }],
  ["credentials", { key_provider: { aws_kms: { state: { ...own, access_key: "A" } } } }],
  ["a key provider without settings", { key_provider: { aws_kms: null } }],
])("fails with PVD1022 with %s", (_what, settings) => {
  expect(encryptedBy(settings)).toEqual(ANOTHER_WAY);
});

test("fails with PVD1022 with a state whose name says of no stack", () => {
  expect(judged({ ...terraform, backend: { s3: { ...s3, key: "terraform.tfstate" } } })).toEqual(ANOTHER_WAY);
});
