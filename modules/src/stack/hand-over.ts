import type { Findings, StackEntry } from "@paved/model";
import { TerraformResource, TerraformStack } from "cdktf";
import type { Construct } from "constructs";
import { addressOf, pathInStack } from "./moves";
import { originOf } from "./origin";
import { recorded } from "./records-of";

/** Mark of a stack: what it gives to another. */
export const HANDED_OVER = "paved:handed-over";
/** Mark of a stack: what it has from another. */
export const TAKEN_OVER = "paved:taken-over";

/** One half of a move between stacks. */
export interface HandOver {
  /** Name of the other stack in the environment, for example `orders`. */
  readonly other: string;
  /** Construct path of what moves, in the stack that had it. */
  readonly path: string;
  /** Construct path of what has moved, in the stack that has it now. */
  readonly now: string;
  readonly reason: string;
}

type Forgotten = StackEntry["records"]["forgotten"][number];
type Imported = StackEntry["records"]["imported"][number];

/**
 * What a stack takes over from others, by address.
 * @param findings gets PVD1030 for each half without its other half, and where nothing stands at the path
 */
export function takenOver(stack: Construct, findings: Findings): readonly Imported[] {
  return recorded<HandOver>(stack, TAKEN_OVER).flatMap((half) => {
    const giver = counterpart(stack, half, HANDED_OVER, findings);
    const moved = moves(stack, half);
    if (moved.length === 0) {
      refuse(findings, stack, `takeOver to ${half.now}, where nothing stands`, "make there what is taken over");
    }
    return giver === undefined
      ? []
      : moved.map(({ from, to }) => ({
          address: to,
          reason: half.reason,
          from: { stack: giver.node.id, address: from },
        }));
  });
}

/**
 * What a stack hands over to others, by the addresses it had.
 * @param findings gets PVD1030 for each half without its other half
 */
export function handedOver(stack: Construct, findings: Findings): readonly Forgotten[] {
  return recorded<HandOver>(stack, HANDED_OVER).flatMap((half) => {
    const taker = counterpart(stack, half, TAKEN_OVER, findings);
    if (taker === undefined) return [];
    const taking = recorded<HandOver>(taker, TAKEN_OVER).filter((each) => isOtherHalf(each, half, stack));
    const addresses = taking.flatMap((each) => moves(taker, each)).map(({ from }) => from);
    return addresses.map((address) => ({ address, reason: half.reason, to: taker.node.id }));
  });
}

/** Addresses of everything that stands at the path now, and what they were in the other stack. */
function moves(stack: Construct, { path, now }: HandOver): readonly { readonly from: string; readonly to: string }[] {
  const resources = stack.node.findAll().filter((each): each is TerraformResource => {
    return TerraformResource.isTerraformResource(each) && `${pathInStack(each)}/`.startsWith(`${now}/`);
  });
  return resources.map((resource) => {
    const former = path + pathInStack(resource).slice(now.length);
    return { from: `${resource.terraformResourceType}.${former.replaceAll("/", "_")}`, to: addressOf(resource) };
  });
}

/** The other stack, which has said the same of what moves. */
function counterpart(
  stack: Construct,
  half: HandOver,
  mark: typeof HANDED_OVER | typeof TAKEN_OVER,
  findings: Findings,
): Construct | undefined {
  const [verb, other] =
    mark === HANDED_OVER ? (["takeOver", "handOver"] as const) : (["handOver", "takeOver"] as const);
  const name = `${environmentOf(stack)}-${half.other}`;
  const found = stack.node.root.node.children.find((each) => TerraformStack.isStack(each) && each.node.id === name);
  const said = found === undefined ? [] : recorded<HandOver>(found as Construct, mark);
  if (found !== undefined && said.some((each) => isOtherHalf(each, half, stack))) return found as Construct;
  const got = `${verb} of ${half.path}, of which ${found === undefined ? `no ${name}` : name} says nothing`;
  refuse(findings, stack, got, `write ${other}(…) of the same path in ${half.other}, too`);
  return undefined;
}

function isOtherHalf(each: HandOver, half: HandOver, stack: Construct): boolean {
  return each.path === half.path && `${environmentOf(stack)}-${each.other}` === stack.node.id;
}

/** Stacks are called `<environment>-<name>`, and environments have no hyphens. */
function environmentOf(stack: Construct): string {
  return stack.node.id.split("-")[0] as string;
}

function refuse(findings: Findings, stack: Construct, got: string, fix: string): void {
  findings.add({
    code: "PVD1030",
    where: stack.node.id,
    source: originOf(stack),
    got,
    want: "both halves of a move: handOver in the stack that had it, takeOver in the one that has it",
    fix,
  });
}
