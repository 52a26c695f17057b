import type { Fleet, FleetStack } from "../workspace/fleet";

type Block = Readonly<Record<string, unknown>>;

/** What a fleet that is trusted lets a root contain, beside what its resources are set to. */
export interface TrustedSettings {
  /** Types of resources and data sources, the latter with `data.` in front. */
  readonly types: ReadonlySet<string>;
  /** Providers with version, by name. */
  readonly providers: ReadonlySet<string>;
  /** By environment: backend and whatever else is set for OpenTofu, see {@link engineSettings}. */
  readonly engine: ReadonlyMap<string, ReadonlySet<string>>;
  /** By environment: how providers are configured, see {@link providerSettings}. */
  readonly configured: ReadonlyMap<string, ReadonlySet<string>>;
  /** Charts with their versions, and the arguments that their releases have. */
  readonly charts: ReadonlySet<string>;
  readonly releaseArguments: ReadonlySet<string>;
}

/** Takes from the roots of a trusted fleet what another may contain. */
export function trustedSettings({ stacks }: Fleet): TrustedSettings {
  const roots = stacks.map((stack) => ({ stack, root: JSON.parse(stack.json) as Block }));
  const ofEnvironment = (read: (root: Block, stack: FleetStack) => readonly string[]) => {
    const found = new Map<string, Set<string>>();
    for (const { stack, root } of roots) {
      const known = found.get(stack.environment) ?? new Set();
      found.set(stack.environment, new Set([...known, ...read(root, stack)]));
    }
    return found;
  };
  const of = (read: (root: Block) => readonly string[]) => new Set(roots.flatMap(({ root }) => read(root)));
  return {
    types: of(typesOf),
    providers: of(providersOf),
    engine: ofEnvironment((root, stack) => [engineSettings(root, stack)]),
    configured: ofEnvironment(providerSettings),
    charts: of((root) => releasesOf(root).map(chartOf)),
    releaseArguments: of((root) => releasesOf(root).flatMap(Object.keys)),
  };
}

/** Types of a root's resources, and of its data sources with `data.` in front. */
export function typesOf(root: Block): readonly string[] {
  return [...Object.keys(block(root, "resource")), ...Object.keys(block(root, "data")).map((type) => `data.${type}`)];
}

/** Providers that a root asks for: whose, and in which version. */
export function providersOf(root: Block): readonly string[] {
  const asked = Object.entries(block(block(root, "terraform"), "required_providers"));
  return asked.map(([name, asking]) => `${name} ${canonical(asking)}`);
}

/** What is set for OpenTofu itself, backend and encryption, where a stack's own state and key stand for every stack's. */
export function engineSettings(root: Block, { name, environment }: FleetStack): string {
  const { required_providers: _judgedByItself, ...settings } = block(root, "terraform");
  const short = name.slice(environment.length + 1);
  const text = canonical(settings);
  return text
    .replaceAll(`"${environment}/${short}.tfstate"`, '"<state>"')
    .replaceAll(`"alias/paved/${environment}/state/${short}"`, '"<key>"');
}

/** How a root's providers are configured; tags, which differ between stacks, reach nothing. */
export function providerSettings(root: Block): readonly string[] {
  return Object.entries(block(root, "provider")).map(([name, configured]) => {
    const all = (Array.isArray(configured) ? configured : [configured]) as readonly Block[];
    return `${name} ${canonical(all.map(({ default_tags: _tags, ...rest }) => rest))}`;
  });
}

/** Arguments of a root's Helm releases. */
export function releasesOf(root: Block): readonly Block[] {
  return Object.values(block(block(root, "resource"), "helm_release")) as readonly Block[];
}

/**
 * Which chart a release installs, from where and in which version: a path or an address of somebody's own would be read by
 * whoever plans, and another version is other code of the chart's makers that nobody has looked at.
 */
export function chartOf({ repository, chart, version }: Block): string {
  const [from, name, exactly] = [repository, chart, version].map((value) =>
    typeof value === "string" ? value : canonical(value ?? null),
  );
  return `${name} ${exactly} of ${from}`;
}

function block(of: Block, name: string): Block {
  const found = Object.hasOwn(of, name) ? of[name] : undefined;
  return typeof found === "object" && found !== null ? (found as Block) : {};
}

/** JSON that is the same for the same value, in whatever order it was written. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_, inner: unknown) => {
    if (typeof inner !== "object" || inner === null || Array.isArray(inner)) return inner;
    return Object.fromEntries(Object.entries(inner).toSorted(([one], [other]) => (one < other ? -1 : 1)));
  });
}
