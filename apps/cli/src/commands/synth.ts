import { synth } from "@paved/pipeline";
import type { CommandRun } from "../command-spec";
import { EXIT_CODES } from "../exit-codes";
import { quantity } from "../terminal/quantity";

/** `paved synth` */
export const synthCommand: CommandRun = async ({ workspace, terminal, options }) => {
  const start = performance.now();
  const index = await synth(workspace);
  const seconds = Math.round(performance.now() - start) / 1000;
  const { services, stacks } = index;
  const environments = names(index.environments);
  const notes = stacks.flatMap(({ name, notes: lines }) => lines.map((note) => ({ stack: name, note })));
  if (options["json"] === true) {
    const written = { environments, services: names(services), stacks: names(stacks) };
    terminal.out(JSON.stringify({ ...written, notes, seconds }, null, 2));
    return EXIT_CODES.ok.code;
  }
  const what = `${quantity(stacks.length, "stack")} of ${quantity(services.length, "service")}`;
  terminal.out(`${what} in ${environments.join(", ")}; written to cdktf.out; ${seconds.toFixed(1)} s`);
  for (const { stack, note } of notes) terminal.out(`note: ${stack}: ${note}`);
  return EXIT_CODES.ok.code;
};

function names(entries: readonly { readonly name: string }[]): readonly string[] {
  return entries.map(({ name }) => name);
}
