import {
  componentEntityV1alpha1Validator,
  type Entity,
  EntityPolicies,
  FieldFormatEntityPolicy,
  NoForeignRootFieldsEntityPolicy,
  SchemaValidEntityPolicy,
} from "@backstage/catalog-model";
import { templateEntityV1beta3Validator } from "@backstage/plugin-scaffolder-common";
import { parse } from "yaml";
import { ASKED, parseAnswers, type QuestionName, SCAFFOLDS, softwareTemplate } from "../src";
import { valuesOf } from "../src/rendered-scaffold";
import { renderText } from "../src/renderer";
import { CASES, rendered } from "./generated";

const policy = EntityPolicies.allOf([
  new SchemaValidEntityPolicy(),
  new FieldFormatEntityPolicy(),
  new NoForeignRootFieldsEntityPolicy(),
]);
const platform = { repository: "example/platform" };

interface Form {
  readonly required: readonly string[];
  readonly properties: Readonly<Record<string, { readonly default?: unknown }>>;
}
interface Step {
  readonly action: string;
  readonly input: { readonly url?: string; readonly values?: Readonly<Record<string, unknown>> };
}
interface Template extends Entity {
  readonly spec: { readonly [field: string]: never } & {
    readonly parameters: readonly Form[];
    readonly steps: readonly Step[];
  };
}
const templateOf = (name: string) =>
  softwareTemplate(
    SCAFFOLDS.find((scaffold) => scaffold.name === name)!,
    platform,
  ) as unknown as Template;

test.each(SCAFFOLDS)("Backstage accepts the Software Template of $name, by its own schema", async ({ name }) => {
  const template = templateOf(name);
  expect(await templateEntityV1beta3Validator.check(template)).toBe(true);
  expect(await policy.enforce(template)).toEqual(template);
});

test("the schema is one that refuses", async () => {
  const template = templateOf("node-api");
  const without = { ...template, spec: { ...template.spec, steps: undefined } };
  await expect(templateEntityV1beta3Validator.check(without as unknown as Entity)).rejects.toThrow(/steps/);
});

test.each(SCAFFOLDS)("the form of $name asks what the command asks, and requires the same", ({ name, asks }) => {
  const [form] = templateOf(name).spec.parameters;
  expect(Object.keys(form!.properties)).toEqual(asks);
  const needed = asks.filter((each: QuestionName) => ASKED[each].usual === undefined && ASKED[each].optional !== true);
  expect(form!.required).toEqual(needed);
});

test.each(CASES)("the form of $name hands templates what the command hands them, with $answers", ({ name, given }) => {
  const scaffold = SCAFFOLDS.find((each) => each.name === name)!;
  const { steps, parameters } = templateOf(name).spec;
  const defaults = Object.fromEntries(
    Object.entries(parameters[0]!.properties).map(([field, { default: usual }]) => [field, usual]),
  );
  const context = { parameters: { ...defaults, ...given } };
  const wanted = Object.entries(valuesOf(scaffold, parseAnswers(scaffold, given)));
  const fetches = steps.filter(({ action }) => action === "fetch:template");
  expect(fetches.map(({ input }) => input.url)).toEqual([
    ...scaffold.layers.map(({ folder }) => `./${folder}`),
    `./registration/${name}`,
  ]);
  for (const { input } of fetches) {
    for (const [field, value] of wanted) {
      const said = input.values?.[field];
      expect(typeof said === "string" ? renderText(said, context) : String(said)).toBe(String(value));
    }
  }
});

test.each(CASES)(
  "Backstage accepts what $name says of itself in the catalog, with $answers",
  async ({ name, given }) => {
    const entity = parse((await rendered(name, given)).repository.get("catalog-info.yaml")!) as Entity;
    expect(await policy.enforce(entity)).toEqual(entity);
    expect(await componentEntityV1alpha1Validator.check(entity)).toBe(true);
    expect(entity.metadata.name).toBe(`${String(given["name"])}-source`);
  },
);
