type Fields = Readonly<Record<string, unknown>>;

const blocks = (value: unknown): readonly Fields[] =>
  value === undefined || value === null ? [] : ((Array.isArray(value) ? value : [value]) as readonly Fields[]);

/**
 * What a network policy lets through, one sentence for each peer and port: `in from namespace monitoring on TCP 8080`.
 * Reads the policy as Kubernetes writes it and as OpenTofu's provider does.
 */
export function networkPolicySentences(spec: unknown): readonly string[] {
  return blocks(spec).flatMap((policy) => {
    const of = selected(policy["podSelector"] ?? policy["pod_selector"]);
    return [
      ...blocks(policy["ingress"]).flatMap((rule) => ruleSentences(rule, rule["from"], "in from")),
      ...blocks(policy["egress"]).flatMap((rule) => ruleSentences(rule, rule["to"], "out to")),
    ].map((sentence) => `${of}: ${sentence}`);
  });
}

function ruleSentences(rule: Fields, peers: unknown, direction: string): readonly string[] {
  const from = blocks(peers).map(peerIn);
  const ports = blocks(rule["ports"]).map(
    ({ protocol = "TCP", port }) => `${String(protocol)} ${String(port ?? "any port")}`,
  );
  const named = from.length === 0 ? ["everybody"] : from;
  return named.flatMap((peer) =>
    (ports.length === 0 ? ["every port"] : ports).map((port) => `${direction} ${peer} on ${port}`),
  );
}

function peerIn(peer: Fields): string {
  const range = (peer["ipBlock"] ?? peer["ip_block"]) as Fields | undefined;
  if (range !== undefined) {
    const except = blocks(range["except"]).map(String);
    return `${String(range["cidr"])}${except.length > 0 ? ` but for ${except.join(", ")}` : ""}`;
  }
  const namespace = peer["namespaceSelector"] ?? peer["namespace_selector"];
  const pods = peer["podSelector"] ?? peer["pod_selector"];
  return [
    ...(pods === undefined ? [] : [selected(pods)]),
    ...(namespace === undefined ? [] : [`namespace ${labels(namespace) || "any"}`]),
  ].join(" of ");
}

function selected(selector: unknown): string {
  return `pods ${labels(selector) || "all"}`;
}

function labels(selector: unknown): string {
  const fields = blocks(selector)[0] ?? {};
  const matched = (fields["matchLabels"] ?? fields["match_labels"] ?? {}) as Fields;
  const said = Object.entries(matched).map(([name, value]) =>
    /(^|\/)(metadata\.)?name$/.test(name) ? String(value) : `${name}=${String(value)}`,
  );
  const expressions = fields["matchExpressions"] ?? fields["match_expressions"];
  return [...said, ...(expressions === undefined ? [] : [JSON.stringify(expressions)])].join(", ");
}
