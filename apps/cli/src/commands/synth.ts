import { synth } from "@paved/pipeline";
import type { CommandRun } from "../command-spec";
import { EXIT_CODES } from "../exit-codes";
import { quantity } from "../terminal/quantity";

/** `paved synth` */
export const synthCommand: CommandRun = async ({ workspace, terminal, options }) => {
  const start = performance.now();
  const index = await synth(workspace);
  const seconds = Math.round(performance.now() - start) / 1000;
  const { environments, services, stacks } = index;
  const notes = stacks.flatMap(({ name, notes: lines }) => lines.map((note) => ({ stack: name, note })));
  if (options["json"] === true) {
    const names = { environments, services: services.map(({ name }) => name), stacks: stacks.map(({ name }) => name) };
    terminal.out(JSON.stringify({ ...names, notes, seconds }, null, 2));
    return EXIT_CODES.ok.code;
  }
  const what = `${quantity(stacks.length, "stack")} of ${quantity(services.length, "service")}`;
  terminal.out(`${what} in ${environments.join(", ")}; written to cdktf.out; ${seconds.toFixed(1)} s`);
  for (const { stack, note } of notes) terminal.out(`note: ${stack}: ${note}`);
  return EXIT_CODES.ok.code;
};
