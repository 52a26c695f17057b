/** How a fault went, over all its repetitions. */
export interface FaultResult {
  readonly what: string;
  readonly repetitions: number;
  /** Applies that failed by it, or left something wrong. */
  readonly disturbed: number;
  /** Ended as an undisturbed apply: the same resources and objects, and a second plan that is empty. */
  readonly converged: number;
  /** Milliseconds from the first step of recovery to the empty second plan. */
  readonly recoveries: readonly number[];
  /** Why it was not tried. @default - it was */
  readonly untried?: string;
}

/** docs/reliability.md */
export function reliabilityPage(results: readonly FaultResult[]): string {
  const rows = results.map(({ what, repetitions, disturbed, converged, recoveries, untried }) => {
    if (untried !== undefined) return `| ${what} | not tried: ${untried} | | | | |`;
    const times = [0.5, 0.95].map((part) => `${(quantile(recoveries, part) / 1000).toFixed(1)} s`);
    return `| ${[what, repetitions, disturbed, `${converged} of ${repetitions}`, ...times].join(" | ")} |`;
  });
  const [converged, repetitions] = [total(results, "converged"), total(results, "repetitions")];
  return `# What happens when an apply is disturbed

Two stacks are applied by the real engine, their states in S3 and encrypted as in production ([state](state.md)), and disturbed at
a point that a seed chooses. Then somebody does what is written there: releases the lock that was left, puts back a state that
cannot be read from its versions, and applies again. It has to end as an undisturbed apply does: the same resources in the states,
the same objects made and none beside them, and a second plan that is empty.

**${converged} of ${repetitions} ended so.** This page is written by \`npm run test:faults\`; \`npm test\` tries each fault once.

| fault | repetitions | disturbed | converged | recovery, half within | 95 % within |
| --- | --- | --- | --- | --- | --- |
${rows.join("\n")}

*Disturbed* are those in which the fault hit: a kill may come when the apply is over, and a request that failed is tried again by
the engine. Recovery is an apply and a second plan of both stacks, on the machine that wrote this page, whatever else it did.

In the cloud one thing is otherwise: what a killed apply made and no state knows stays there, where the sandbox removes it. The next
apply says that it exists, and it has to be imported or deleted.
`;
}

function total(results: readonly FaultResult[], field: "converged" | "repetitions"): number {
  return results.reduce((sum, result) => sum + result[field], 0);
}

function quantile(values: readonly number[], part: number): number {
  const sorted = values.toSorted((one, other) => one - other);
  return sorted[Math.max(0, Math.ceil(part * sorted.length) - 1)] ?? 0;
}
