type Fields = Readonly<Record<string, unknown>>;

const blocks = (value: unknown): readonly Fields[] =>
  value === undefined || value === null ? [] : ((Array.isArray(value) ? value : [value]) as readonly Fields[]);
const texts = (value: unknown): readonly string[] => (Array.isArray(value) ? value.map(String) : []);

/** What a role of Kubernetes lets do, one sentence for each resource: `get, list pods/log`, `delete deployments.apps`. */
export function roleSentences(rules: unknown): readonly string[] {
  return blocks(rules).flatMap((rule) => {
    const groups = texts(rule["apiGroups"] ?? rule["api_groups"]);
    const names = texts(rule["resourceNames"] ?? rule["resource_names"]);
    const of = names.length > 0 ? ` called ${names.join(" or ")}` : "";
    const verbs = texts(rule["verbs"]).toSorted().join(", ");
    return texts(rule["resources"]).flatMap((resource) =>
      (groups.length === 0 ? [""] : groups).map(
        (group) => `${verbs} ${resource}${group === "" ? "" : `.${group}`}${of}`,
      ),
    );
  });
}

/** Who is bound to which role: `Group team:commerce is team-read`. */
export function subjectSentences(roleRef: unknown, subjects: unknown): readonly string[] {
  const role = String(blocks(roleRef)[0]?.["name"]);
  return blocks(subjects).map(({ kind, name, namespace }) => {
    const where = namespace === undefined || namespace === "" ? "" : `${String(namespace)}/`;
    return `${String(kind)} ${where}${String(name)} is ${role}`;
  });
}
