import { DataAwsSsmParameter } from "@cdktf/provider-aws/lib/data-aws-ssm-parameter";
import { SsmParameter } from "@cdktf/provider-aws/lib/ssm-parameter";
import { checkName } from "@paved/model";
import { Fn, Token } from "cdktf";
import type { Construct } from "constructs";
import { MODULE } from "../stack/origin";
import { stackOf } from "../stack/paved-stack";
import { contractLedger } from "./ledger";

/** Shape of a contract's facts: each a string or a list of strings. */
export type ContractFields = Readonly<Record<string, "string" | "string[]">>;

/** The facts themselves, typed by the shape. */
export type ContractFacts<F extends ContractFields> = {
  readonly [K in keyof F]: F[K] extends "string" ? string : readonly string[];
};

/**
 * A named, versioned set of facts that one stack tells others, for example the network's subnets. It is kept in an SSM
 * parameter at a stable name, so neither side knows the other's state or construct paths. A field may be added; when one
 * is removed or changes its meaning, the version goes up and the old one is published beside it until nobody reads it.
 */
export interface Contract<F extends ContractFields> {
  readonly name: string;
  readonly version: number;
  readonly fields: F;
}

/** `network@1` */
export function contractId(contract: Contract<ContractFields>): string {
  return `${contract.name}@${contract.version}`;
}

/** Name of the parameter that the facts are kept in: `/paved/dev/network/v1`. */
export function contractParameter(scope: Construct, contract: Contract<ContractFields>): string {
  const stack = stackOf(scope);
  const name = `/paved/${stack.environment.name}/${contract.name}/v${contract.version}`;
  return checkName("SSM parameter", name, stack.node.path);
}

/**
 * Publishes the facts from the stack of `scope`, for all stacks of the same environment.
 * A contract published twice in an environment is PVD1019, one that nobody publishes PVD1011, both found at synth.
 */
export function publish<F extends ContractFields>(
  scope: Construct,
  contract: Contract<F>,
  facts: ContractFacts<F>,
): void {
  const stack = stackOf(scope);
  contractLedger(stack).publish(stack, contractId(contract));
  const parameter = new SsmParameter(scope, `contract-${contract.name}-v${contract.version}`, {
    name: contractParameter(stack, contract),
    description: `Facts of ${stack.node.id} for other stacks, contract ${contractId(contract)}`,
    type: "String",
    // The facts are names and ids, not secrets: kept readable, so that a plan shows what changes.
    insecureValue: Fn.jsonencode(facts),
  });
  parameter.node.addMetadata(MODULE, "modules/src/contract");
}

/** Reads the facts of another stack of the same environment, and makes this stack wait for the one that publishes them. */
export function consume<F extends ContractFields>(scope: Construct, contract: Contract<F>): ContractFacts<F> {
  const stack = stackOf(scope);
  contractLedger(stack).consume(stack, contractId(contract));
  const id = `contract-${contract.name}-v${contract.version}`;
  const parameter =
    (stack.node.tryFindChild(id) as DataAwsSsmParameter | undefined) ??
    new DataAwsSsmParameter(stack, id, { name: contractParameter(stack, contract) });
  const facts = Object.entries(contract.fields).map(([field, shape]) => {
    const value = Fn.lookup(Fn.jsondecode(parameter.insecureValue), field, shape === "string" ? "" : []);
    return [field, shape === "string" ? Token.asString(value) : Token.asList(value)];
  });
  return Object.fromEntries(facts) as ContractFacts<F>;
}
