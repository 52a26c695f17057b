import { type Edit, editsOf } from "../edit";

const SERVICE = "export default defineService(about, (service) => {";

/** Unsafe edits of where states are kept, and of what they are encrypted with. */
export const stateEdits: readonly Edit[] = [
  ...editsOf("modules/src/stack/state-encryption.ts", [
    {
      what: "a state may be plain text",
      from: '"encryption.state.enforced": true',
      to: '"encryption.state.enforced": false',
      caught: "synth",
      by: "PVD1022",
    },
    {
      what: "a plan may be plain text",
      from: '"encryption.plan.enforced": true',
      to: '"encryption.plan.enforced": false',
      caught: "synth",
      by: "PVD1022",
    },
    {
      what: "plans are not encrypted",
      from: '    "encryption.plan.method": method,\n    "encryption.plan.enforced": true,\n',
      to: "",
      caught: "synth",
      by: "PVD1022",
    },
    {
      what: "plain text is read from the bucket as well",
      from: '    "encryption.state.method": method,',
      to:
        '    "encryption.method.unencrypted.plain": "",\n' +
        '    "encryption.state.fallback.method": "method.unencrypted.plain",\n    "encryption.state.method": method,',
      caught: "synth",
      by: "PVD1022",
    },
    {
      what: "one key opens every state of an environment",
      from: "/state/${name}`, `",
      to: "/state`, `",
      caught: "synth",
      by: "PVD1022",
    },
    {
      what: "states are encrypted with half a key",
      from: '"AES_256"',
      to: '"AES_128"',
      caught: "synth",
      by: "PVD1022",
    },
  ]),
  ...editsOf("modules/src/stack/paved-stack.ts", [
    {
      what: "two applies may write one state at once",
      from: '    backend.addOverride("use_lockfile", true);\n',
      to: "",
      caught: "synth",
      by: "PVD1022",
    },
    {
      what: "S3 does not encrypt states and locks with the account's key",
      from: "      encrypt: true,\n",
      to: "",
      caught: "synth",
      by: "PVD1022",
    },
  ]),
  ...editsOf("stacks/src/platform/state-stack.ts", [
    {
      what: "the key of a state is destroyed",
      from: "for (const stack of stacks) {",
      to: "for (const stack of stacks.slice(1)) {",
      caught: "policy",
      by: "PVD2010",
    },
  ]),
  ...editsOf("stacks/services/orders.ts", [
    {
      what: "a service has its state in plain text",
      from: SERVICE,
      to: `${SERVICE}\n  service.addOverride("terraform.encryption.state.enforced", false);`,
      caught: "synth",
      by: "PVD1032",
    },
    {
      what: "a service encrypts its state with another service's key",
      from: SERVICE,
      to:
        `${SERVICE}\n  service.addOverride(` +
        '"terraform.encryption.key_provider.aws_kms.state.kms_key_id", "alias/paved/production/state/platform");',
      caught: "synth",
      by: "PVD1032",
    },
    {
      what: "a service takes the encryption out of its stack",
      from: SERVICE,
      to: `${SERVICE}\n  service.addOverride("terraform.encryption", undefined);`,
      caught: "synth",
      by: "PVD1022",
    },
  ]),
];
