import { z } from "zod";
import { definitionOf, METRIC_IDS } from "../definitions";
import { commandSchema, everyLine, requestSchema } from "../events/event";

/** Every metric with its definition, its source and what it cannot see, as a table in Markdown. */
export function definitionTable(): string {
  const rows = METRIC_IDS.map((id) => {
    const { title, better, definition, source, blind, gauge } = definitionOf(id);
    return `| ${title}, better when ${better} | ${definition} | ${source} | ${blind} | \`${gauge}\` |`;
  });
  return [
    "| metric | definition | source | what it cannot see | gauge |",
    "| --- | --- | --- | --- | --- |",
    ...rows,
  ].join("\n");
}

/** Every field that a line of the event log may have, as a table in Markdown. */
export function eventTable(): string {
  const rowsOf = (kind: string, fields: Readonly<Record<string, z.ZodType>>) =>
    Object.entries(fields).map(([field, type]) => `| ${kind} | \`${field}\` | ${said(type)} |`);
  const own = [commandSchema, requestSchema].flatMap(({ shape: { kind, ...fields } }) =>
    rowsOf(`\`${kind.value}\``, without(fields, everyLine)),
  );
  return ["| kind | field | what |", "| --- | --- | --- |", ...rowsOf("every", everyLine), ...own].join("\n");
}

function without(
  fields: Readonly<Record<string, z.ZodType>>,
  others: Readonly<Record<string, z.ZodType>>,
): Readonly<Record<string, z.ZodType>> {
  return Object.fromEntries(Object.entries(fields).filter(([field]) => !(field in others)));
}

function said(type: z.ZodType): string {
  const described = type.description ?? "";
  if (!(type instanceof z.ZodArray) || !(type.element instanceof z.ZodObject)) return described;
  const fields = Object.entries(type.element.shape as Record<string, z.ZodType>);
  return `${described}, each with ${fields.map(([field, { description }]) => `\`${field}\` (${description})`).join(", ")}`;
}
