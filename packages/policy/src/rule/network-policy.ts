import { covers, OWN_RANGES } from "./address-range";
import { asNumber, asText, at, blocks, isRecord, isSet, recordAt, shown, texts, unless } from "./attributes";
import { isBesidePods } from "./network-peer";
import type { Attributes, Violation } from "./rule";

/** Whose pods a policy is of. */
export interface PolicyOwner {
  /** Range of the environment's network. */
  readonly cidr: string;
  /** Whether it reaches the network itself when it reaches everywhere, which no service does. */
  readonly mayReachAll: boolean;
}

/** Where pods get their cloud credentials: the agent on their own node. */
const POD_IDENTITY_AGENT = "169.254.170.23/32";

const LINK_LOCAL = "169.254.0.0/16";

/** Namespaces in which every pod may be spoken with: that of Prometheus, which reads everybody's figures. */
const WHOLE_NAMESPACES = ["monitoring"];

const NAME = "kubernetes.io/metadata.name";

/** The names of a manifest for those of OpenTofu's provider: `pod_selector` is `podSelector`. */
export function inManifestNames(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(inManifestNames);
  if (!isRecord(value)) return value;
  const camel = (name: string): string => name.replaceAll(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [camel(name), inManifestNames(inner)]));
}

/** Whether a selector names what it selects by labels alone; one of nothing selects everything. */
export function isNaming(selector: unknown): boolean {
  const [only] = blocks(selector);
  if (only === undefined || isSet(only["matchExpressions"])) return false;
  const labels = Object.values(recordAt(only, "matchLabels"));
  return labels.length > 0 && labels.every((label) => isSet(label) && typeof label === "string");
}

/** What in the rules of one side of a policy lets more through than was named. */
export function wideRules(spec: unknown, side: "ingress" | "egress", owner: PolicyOwner): readonly Violation[] {
  const peersOf = side === "ingress" ? "from" : "to";
  return blocks(at(spec, side)).flatMap((rule) => {
    const peers = blocks(rule[peersOf]);
    const found = peers.flatMap((peer) => widePeer(peer, side, rule, owner));
    return [
      ...unless(peers.length > 0, `a rule without ${peersOf}`),
      ...widePorts(rule["ports"]),
      ...found.map(({ got }) => ({ got: `${peersOf} ${got}` })),
    ];
  });
}

function widePorts(ports: unknown): readonly Violation[] {
  const named = blocks(ports);
  if (named.length === 0) return [{ got: "a rule without ports" }];
  return named
    .filter((port) => !isSet(port["port"]) || isSet(port["endPort"]))
    .map((port) => ({ got: `ports ${shown(port)}` }));
}

function widePeer(peer: Attributes, side: string, rule: Attributes, owner: PolicyOwner): readonly Violation[] {
  const [range] = blocks(peer["ipBlock"]);
  if (range !== undefined) {
    const fits = side === "ingress" ? isBesidePods(range["cidr"], owner.cidr) : mayBeReached(range, rule, owner);
    return unless(fits, shown(range));
  }
  const [namespaces, pods] = [peer["namespaceSelector"], peer["podSelector"]];
  if (namespaces === undefined) return unless(isNaming(pods), `pods ${shown(pods)}`);
  const name = recordAt(blocks(namespaces)[0], "matchLabels")[NAME];
  if (!isNaming(namespaces) || name === undefined) return [{ got: `namespaces ${shown(namespaces)}` }];
  const isWhole = pods === undefined && WHOLE_NAMESPACES.includes(asText(name));
  return unless(isWhole || isNaming(pods), `every pod of ${shown(name)}`);
}

function mayBeReached(range: Attributes, rule: Attributes, owner: PolicyOwner): boolean {
  const ports = blocks(rule["ports"]).map(({ port }) => asNumber(port));
  if (range["cidr"] === POD_IDENTITY_AGENT) return ports.every((port) => port === 80);
  if (range["cidr"] !== "0.0.0.0/0") return isBesidePods(range["cidr"], owner.cidr);
  const left = texts(range["except"]);
  const closed = owner.mayReachAll ? [LINK_LOCAL] : [...OWN_RANGES, LINK_LOCAL];
  const isApart = owner.mayReachAll || left.some((each) => covers(each, owner.cidr));
  return isApart && ports.every((port) => port === 443) && closed.every((each) => left.includes(each));
}
