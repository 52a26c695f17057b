const target = { method: "method.aes_gcm.state", enforced: true };

/** OpenTofu's encryption as every stack has it. */
export const encryption = {
  key_provider: {
    aws_kms: { state: { kms_key_id: "alias/paved/dev/state/network", key_spec: "AES_256", region: "eu-west-1" } },
  },
  method: { aes_gcm: { state: { keys: "key_provider.aws_kms.state" } } },
  state: target,
  plan: target,
};

/** The `terraform` block of a stack without a fault. */
export const terraform = {
  backend: { s3: { key: "dev/network.tfstate", kms_key_id: "alias/paved-state", use_lockfile: true, encrypt: true } },
  encryption,
  required_providers: { aws: { source: "registry.opentofu.org/hashicorp/aws", version: "6.25.0" } },
};
