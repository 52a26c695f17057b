type Fields = Readonly<Record<string, unknown>>;

/**
 * What an IAM policy says, one sentence for each action on each resource: `Allow s3:GetObject on arn:aws:s3:::a, to
 * sns.amazonaws.com, when …`. A policy that cannot be read says so, since that is a permission nobody can judge.
 */
export function iamSentences(policy: unknown): readonly string[] {
  const document = parse(policy);
  if (document === undefined) return [`Allow what cannot be read here: ${String(policy).slice(0, 200)}`];
  return list(document["Statement"]).flatMap((each) => statementSentences(each as Fields));
}

function parse(policy: unknown): Fields | undefined {
  try {
    const value: unknown = typeof policy === "string" ? JSON.parse(policy) : policy;
    return typeof value === "object" && value !== null ? (value as Fields) : undefined;
  } catch {
    return undefined;
  }
}

function statementSentences(statement: Fields): readonly string[] {
  const effect = String(statement["Effect"]);
  const actions = [...texts(statement["Action"]), ...texts(statement["NotAction"]).map((each) => `all but ${each}`)];
  const on = [...texts(statement["Resource"]), ...texts(statement["NotResource"]).map((each) => `all but ${each}`)];
  const to = [
    ...principals(statement["Principal"]),
    ...principals(statement["NotPrincipal"]).map((one) => `all but ${one}`),
  ];
  const when = conditions(statement["Condition"]);
  const tail = `${to.length === 0 ? "" : `, to ${to.join(" and ")}`}${when === "" ? "" : `, when ${when}`}`;
  return actions.flatMap((action) =>
    on.length === 0
      ? [`${effect} ${action}${tail}`]
      : on.map((resource) => `${effect} ${action} on ${resource}${tail}`),
  );
}

function principals(value: unknown): readonly string[] {
  if (typeof value === "string") return [value];
  if (typeof value !== "object" || value === null) return [];
  return Object.values(value).flatMap(texts).toSorted();
}

function conditions(value: unknown): string {
  if (typeof value !== "object" || value === null) return "";
  const parts = Object.entries(value).flatMap(([operator, keys]) =>
    Object.entries(keys as Fields).map(
      ([key, values]) => `${key} ${operator} ${texts(values).toSorted().join(" or ")}`,
    ),
  );
  return parts.toSorted().join(" and ");
}

function list(value: unknown): readonly unknown[] {
  return value === undefined ? [] : Array.isArray(value) ? value : [value];
}

function texts(value: unknown): readonly string[] {
  return list(value).map((each) => (typeof each === "string" ? each : JSON.stringify(each)));
}
