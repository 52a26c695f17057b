import { type Finding, PavedError } from "@paved/model";

/** Providers that a root or a fleet asks for: name to source and exact version. */
export type AskedProviders = Readonly<Record<string, { readonly source: string; readonly version: string }>>;

/** Providers that a synthesized root asks for. */
export function askedProviders(json: string): AskedProviders {
  const root = JSON.parse(json) as { terraform?: { required_providers?: AskedProviders } };
  return root.terraform?.required_providers ?? {};
}

/**
 * Providers that any of the stacks asks for.
 * @throws PavedError PVD7001 when two ask for one provider differently: one lock file could not hold both
 */
export function askedTogether(stacks: readonly { readonly name: string; readonly json: string }[]): AskedProviders {
  const together: Record<string, AskedProviders[string]> = {};
  const findings: Finding[] = [];
  for (const { name, json } of stacks) {
    for (const [provider, asked] of Object.entries(askedProviders(json))) {
      const known = (together[provider] ??= asked);
      if (known.source === asked.source && known.version === asked.version) continue;
      const got = `${provider} ${asked.version} of ${asked.source}`;
      const want = `${known.version} of ${known.source}, as other stacks`;
      findings.push({ code: "PVD7001", where: name, got, want, fix: "let all stacks use one version" });
    }
  }
  if (findings.length > 0) throw new PavedError(findings);
  return together;
}
