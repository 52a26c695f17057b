import { ENVIRONMENT_NAMES, type Finding, isDay, kindOf, PavedError, shown } from "@paved/model";
import { TerraformStack } from "cdktf";
import { Construct } from "constructs";
import { isConstructPath } from "./address-records";
import { pathInStack } from "./moves";
import { originOf, userLine } from "./origin";
import { isOwnId } from "./own-ids";
import type { Forgetting, HandingOver, Import, Replacement, Retirement, TakingOver } from "./record-verbs";

/** Type and name of one resource: no data source, no module, no index. */
const RESOURCE_ADDRESS = /^[a-z][a-z0-9]*(?:_[a-z0-9]+)+\.[a-z][a-z0-9_-]*$/;

type Verb = "renamedFrom" | "retire" | "forget" | "importExisting" | "handOver" | "takeOver" | "allowReplace";

/** What records are made from comes from service files, which may not have passed the type checker: PVD1030. */
class ArgumentCheck {
  private readonly findings: Finding[] = [];

  /** @param example what could have been written */
  constructor(
    private readonly verb: Verb,
    private readonly construct: unknown,
    private readonly example: string,
  ) {}

  refuse(got: string, want: string, fix: string): void {
    const construct = Construct.isConstruct(this.construct) ? this.construct : undefined;
    const where = construct?.node.path ?? this.verb;
    const source = userLine() ?? (construct && originOf(construct));
    this.findings.push({ code: "PVD1030", where, source, got: `${this.verb} ${got}`, want, fix });
  }

  /** Of the rest of the fields nothing is known, and a mistyped one would be taken for one that was left out. */
  fields(given: unknown, known: readonly string[]): given is Readonly<Record<string, unknown>> {
    if (typeof given !== "object" || given === null || Array.isArray(given)) {
      this.refuse(`with ${kindOf(given)}`, known.join(" and "), this.example);
      return false;
    }
    for (const key of Object.keys(given).filter((each) => !known.includes(each))) {
      this.refuse(`with the field ${shown(key)}`, known.join(" and "), this.example);
    }
    return true;
  }

  reason(reason: unknown): void {
    if (typeof reason === "string" && reason.trim() !== "") return;
    const fix = `write ${this.verb}(service, { …, reason: "…" })`;
    this.refuse("without a reason", "why, for whoever reads the change", fix);
  }

  until(until: unknown): void {
    if (typeof until === "string" && isDay(until)) return;
    this.refuse(`until ${shown(until)}`, "a day that exists, as YYYY-MM-DD", "name the day it is done by");
  }

  address(address: unknown): void {
    if (typeof address === "string" && RESOURCE_ADDRESS.test(address)) return;
    const want = "addresses of resources, as they are in environments/<name>/addresses";
    this.refuse(`of ${shown(address)}`, want, this.example);
  }

  environments(names: unknown): void {
    if (names === undefined || (Array.isArray(names) && names.every(isEnvironment))) return;
    const fix = "leave environments out for all of them";
    this.refuse(`in the environments ${shown(names)}`, `a list of ${ENVIRONMENT_NAMES.join(", ")}`, fix);
  }

  service(): void {
    if (Construct.isConstruct(this.construct) && TerraformStack.isStack(this.construct)) return;
    const fix = `write ${this.verb}(service, …)`;
    this.refuse(`with ${whatIs(this.construct)}`, "the service: what build is given", fix);
  }

  /** One half of a move between stacks. */
  move(given: object, other: "to" | "from", paths: readonly string[]): void {
    this.service();
    if (!this.fields(given, [other, ...paths, "reason"])) return;
    const name = given[other];
    const isName = typeof name === "string" && /^[a-z][a-z0-9-]*$/.test(name);
    if (!isName) this.refuse(`${other} ${shown(name)}`, "the name of a stack, without its environment", this.example);
    for (const path of paths.map((each) => given[each])) {
      if (!isPath(path)) this.refuse(`of ${shown(path)}`, "a path of construct ids", this.example);
    }
    this.reason(given["reason"]);
  }

  throwIfAny(): void {
    if (this.findings.length > 0) throw new PavedError(this.findings);
  }
}

/** @throws PavedError PVD1030 when it is no construct of a stack, or a path is none */
export function checkRenaming(construct: unknown, formerPaths: readonly unknown[]): void {
  const fix = 'write for example renamedFrom(api, "server")';
  const check = new ArgumentCheck("renamedFrom", construct, fix);
  if (!isInStack(construct)) check.refuse(`with ${whatIs(construct)}`, "the construct that was renamed", fix);
  const want = "the path of construct ids that it had in this stack before";
  if (formerPaths.length === 0) check.refuse("with no former path", want, fix);
  const own = isInStack(construct) ? pathInStack(construct) : undefined;
  for (const path of formerPaths) {
    const couldBe = isPath(path) && path !== own && !isOwnId(path.split("/")[0] ?? "");
    if (!couldBe) check.refuse(`with ${shown(path)}`, want, fix);
  }
  check.throwIfAny();
}

/** @throws PavedError PVD1030 for each argument that is wrong */
export function checkRetirement(service: unknown, retirement: Retirement): void {
  const fix = 'write for example retire(service, { path: "api/cache", reason: "nobody reads it" })';
  const check = new ArgumentCheck("retire", service, fix);
  check.service();
  if (check.fields(retirement, ["path", "environments", "reason", "until"])) {
    const { path, environments, until } = retirement as Readonly<Record<string, unknown>>;
    const want = "the path of construct ids that it had in this stack";
    if (path !== undefined && !isPath(path)) check.refuse(`of ${shown(path)}`, want, fix);
    check.environments(environments);
    check.reason(retirement.reason);
    if (until !== undefined) check.until(until);
  }
  check.throwIfAny();
}

/** @throws PavedError PVD1030 for each argument that is wrong */
export function checkReplacement(service: unknown, replacement: Replacement): void {
  const fix =
    'write for example allowReplace(service, { address: "aws_sqs_queue.…", until: "2027-01-31", reason: "…" })';
  const check = new ArgumentCheck("allowReplace", service, fix);
  check.service();
  if (check.fields(replacement, ["address", "environments", "until", "reason"])) {
    check.address(replacement.address);
    check.environments(replacement.environments);
    check.until(replacement.until);
    check.reason(replacement.reason);
  }
  check.throwIfAny();
}

/** @throws PavedError PVD1030 for each argument that is wrong */
export function checkForgetting(service: unknown, forgetting: Forgetting): void {
  const fix = 'write for example forget(service, { addresses: ["aws_s3_bucket.api_bucket_bucket"], reason: "…" })';
  const check = new ArgumentCheck("forget", service, fix);
  check.service();
  if (check.fields(forgetting, ["addresses", "reason"])) {
    const addresses: unknown = forgetting.addresses;
    const all: readonly unknown[] = Array.isArray(addresses) ? addresses : [];
    if (all.length === 0) check.address(addresses);
    for (const address of all) check.address(address);
    check.reason(forgetting.reason);
  }
  check.throwIfAny();
}

/** @throws PavedError PVD1030 for each argument that is wrong */
export function checkImport(service: unknown, existing: Import): void {
  const fix =
    'write for example importExisting(service, { ids: { "aws_s3_bucket.api_bucket_bucket": "files" }, reason: "…" })';
  const check = new ArgumentCheck("importExisting", service, fix);
  check.service();
  if (check.fields(existing, ["ids", "environments", "reason"])) {
    const { ids, environments } = existing as Readonly<Record<string, unknown>>;
    const all = typeof ids === "object" && ids !== null ? Object.entries(ids) : [];
    if (all.length === 0) check.refuse(`of ${shown(ids)}`, "ids by the addresses of resources", fix);
    for (const [address, id] of all) {
      const isOne = RESOURCE_ADDRESS.test(address) && typeof id === "string" && id.trim() !== "";
      if (!isOne) check.refuse(`of ${shown(id)} as ${shown(address)}`, "ids by the addresses of resources", fix);
    }
    check.environments(environments);
    check.reason(existing.reason);
  }
  check.throwIfAny();
}

/** @throws PavedError PVD1030 for each argument that is wrong */
export function checkHandOver(service: unknown, handing: HandingOver): void {
  const fix = 'write for example handOver(service, { to: "files", path: "api/bucket", reason: "…" })';
  const check = new ArgumentCheck("handOver", service, fix);
  check.move(handing, "to", ["path"]);
  check.throwIfAny();
}

/** @throws PavedError PVD1030 for each argument that is wrong */
export function checkTakeOver(service: unknown, taking: TakingOver): void {
  const fix = 'write for example takeOver(service, { from: "orders", path: "api/bucket", reason: "…" })';
  const check = new ArgumentCheck("takeOver", service, fix);
  check.move(taking, "from", taking?.now === undefined ? ["path"] : ["path", "now"]);
  check.throwIfAny();
}

function isEnvironment(name: unknown): boolean {
  return ENVIRONMENT_NAMES.some((known) => known === name);
}

function isInStack(construct: unknown): construct is Construct {
  return Construct.isConstruct(construct) && construct.node.scopes.some((scope) => TerraformStack.isStack(scope));
}

function whatIs(value: unknown): string {
  return Construct.isConstruct(value) ? `the construct ${value.node.id}` : kindOf(value);
}

function isPath(path: unknown): path is string {
  return typeof path === "string" && isConstructPath(path);
}
