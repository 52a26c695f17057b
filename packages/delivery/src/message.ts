import { firstFew } from "@paved/model";
import { type DeliveryChanges, total, type UnitChange } from "./changes";
import type { Source } from "./source";

/** Names the environment that a commit delivers. */
export const ENVIRONMENT_TRAILER = "Paved-Environment";
/** Names the commit of the sources that it was rendered from. */
export const SOURCE_TRAILER = "Paved-Source";

/** What was changed of an environment, and whence. */
interface Said {
  readonly changes: DeliveryChanges;
  /** @default - the commit does not say */
  readonly source?: Pick<Source, "commit"> & Partial<Pick<Source, "uncommitted">>;
}

/** What the commit of a delivery says: which services, of what, from where. */
export function deliveryMessage(verb: "Deliver" | "Withdraw", environment: string, { changes, source }: Said): string {
  const trailers = [
    `${ENVIRONMENT_TRAILER}: ${environment}`,
    ...(source === undefined ? [] : [`${SOURCE_TRAILER}: ${source.commit}`]),
  ];
  const parts = [
    `${verb} ${environment}: ${subjectOf(changes.units)}`,
    changes.units.map((each) => `${each.unit}: ${manifestsInWords(each.manifests)}`).join("\n"),
    ...(source?.uncommitted === true ? ["Rendered from a working tree with changes that were not committed."] : []),
    trailers.join("\n"),
  ];
  return `${parts.join("\n\n")}\n`;
}

/** What a delivery changes, on one line: `2 of 11 services change: orders (1 manifest), catalog (2 manifests)`. */
export function changesInWords({ units, services }: DeliveryChanges): string {
  if (units.length === 0) return "as delivered before";
  const own = units.filter(({ isService }) => isService);
  const others = units.filter(({ isService }) => !isService);
  const change = own.length === 1 ? "changes" : "change";
  const count = `${own.length} of ${services.all} services ${change}`;
  const said = own.length === 0 ? count : `${count}: ${inWords(own)}`;
  return others.length === 0 ? said : `${said}; of the platform ${inWords(others)}`;
}

const NAMED_IN_SUBJECT = 3;
/** More would be no summary; the commit names them all. */
const NAMED_IN_WORDS = 8;

function inWords(units: readonly UnitChange[]): string {
  return firstFew(units.map(unitInWords), NAMED_IN_WORDS);
}

function subjectOf(units: readonly UnitChange[]): string {
  const services = units.filter(({ isService }) => isService);
  const names = (services.length === 0 ? units : services).map(({ unit }) => unit);
  return firstFew(names, NAMED_IN_SUBJECT);
}

function unitInWords({ unit, change, manifests }: UnitChange): string {
  const count = quantity(total(manifests));
  if (change === "changed") return `${unit} (${count})`;
  return `${unit} (${change === "added" ? "new" : "gone"}, ${count})`;
}

function manifestsInWords(manifests: UnitChange["manifests"]): string {
  const counts = Object.entries(manifests).filter(([, count]) => count > 0);
  return counts.map(([how, count]) => `${quantity(count)} ${how}`).join(", ");
}

function quantity(count: number): string {
  return `${count} ${count === 1 ? "manifest" : "manifests"}`;
}
