import { didYouMean, type Finding, order } from "@paved/model";
import type { PavedStack } from "../stack/paved-stack";
import { originOf } from "../stack/origin";
import { perTree } from "../stack/per-tree";

interface Reading {
  readonly stack: PavedStack;
  readonly contract: string;
}

/** Why a stack consumes a contract, in the words of who asked for it: what is said when nobody publishes it. */
export type Wish = Omit<Finding, "code">;

/** Who publishes and who consumes which contract, in one tree of stacks. */
export class ContractLedger {
  private readonly published: Reading[] = [];
  private readonly consumed: Reading[] = [];
  private readonly wishes = new Map<PavedStack, Map<string, Wish>>();

  publish(stack: PavedStack, contract: string): void {
    this.published.push({ stack, contract });
  }

  consume(stack: PavedStack, contract: string): void {
    const known = this.consumed.some((reading) => reading.stack === stack && reading.contract === contract);
    if (!known) this.consumed.push({ stack, contract });
  }

  /** Says why the stack consumes the contract, in words that hold in every environment; of several the first is kept. */
  explain(stack: PavedStack, contract: string, wish: Wish): void {
    const own = this.wishes.get(stack) ?? new Map<string, Wish>();
    this.wishes.set(stack, own);
    if (!own.has(contract)) own.set(contract, wish);
  }

  /** Contracts the stack publishes, for example `network@1`. */
  publishedBy(stack: PavedStack): readonly string[] {
    return this.published.filter((entry) => entry.stack === stack).map((entry) => entry.contract);
  }

  /** Contracts the stack consumes, each with the stack that publishes it. */
  consumedBy(stack: PavedStack): readonly { contract: string; from: PavedStack }[] {
    return this.consumed
      .filter((entry) => entry.stack === stack)
      .flatMap(({ contract }) => {
        const from = this.publisher(stack.environment.name, contract);
        return from === undefined ? [] : [{ contract, from }];
      });
  }

  /** What is wrong between the stacks: PVD1010 circles, PVD1011 contracts nobody publishes, PVD1019 ones published twice. */
  findings(): readonly Finding[] {
    return [...this.missing(), ...this.doubled(), ...this.circles()];
  }

  private publisher(environment: string, contract: string): PavedStack | undefined {
    return this.published.find((entry) => entry.contract === contract && entry.stack.environment.name === environment)
      ?.stack;
  }

  private missing(): Finding[] {
    return this.consumed
      .filter(({ stack, contract }) => this.publisher(stack.environment.name, contract) === undefined)
      .map(({ stack, contract }) => ({
        code: "PVD1011",
        ...(this.wishes.get(stack)?.get(contract) ?? {
          where: stack.node.id,
          source: originOf(stack),
          got: `contract ${contract}, which no stack of ${stack.environment.name} publishes`,
          want: "a published contract",
          fix: didYouMean(contract, [...new Set(this.published.map((entry) => entry.contract))]),
        }),
      }));
  }

  private doubled(): Finding[] {
    return this.published
      .filter(({ stack, contract }) => this.publisher(stack.environment.name, contract) !== stack)
      .map(({ stack, contract }) => ({
        code: "PVD1019",
        where: stack.node.id,
        source: originOf(stack),
        got: `contract ${contract}, which ${this.publisher(stack.environment.name, contract)?.node.id} publishes too`,
        want: "one publisher an environment",
        fix: "give one of them another name or version",
      }));
  }

  private circles(): Finding[] {
    const stacks = new Set([...this.published, ...this.consumed].map((entry) => entry.stack));
    const graph = new Map(
      [...stacks].map((stack) => [stack.node.id, this.consumedBy(stack).map((entry) => entry.from.node.id)]),
    );
    const ordering = order(graph);
    if (!("circle" in ordering)) return [];
    return [
      {
        code: "PVD1010",
        where: ordering.circle[0] ?? "",
        got: `stacks that wait for each other: ${ordering.circle.join(" → ")}`,
        want: "an order in which they can be applied",
        fix: "move the facts both need into a stack that comes before them",
      },
    ];
  }
}

/** The ledger of the tree that the construct belongs to. */
export const contractLedger = perTree(() => new ContractLedger());
