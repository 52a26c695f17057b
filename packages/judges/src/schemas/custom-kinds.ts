import { Ajv, type ErrorObject, type ValidateFunction } from "ajv";
import { parse } from "yaml";
import { crdTexts } from "./crd-files";
import type { CrdPin } from "./crd-pins";
import { type SchemaNode, toJsonSchema } from "./structural";
import type { Bench } from "../bench";
import type { ManifestFile } from "../manifests";
import type { Fault } from "./fault";

interface CustomResourceDefinition {
  readonly spec: {
    readonly group: string;
    readonly names: { readonly kind: string };
    readonly versions: readonly {
      readonly name: string;
      readonly served: boolean;
      readonly schema: { readonly openAPIV3Schema: SchemaNode };
    }[];
  };
}

/** Validates manifests of custom kinds by the CRDs of the projects that serve them. */
export class CustomKinds {
  private readonly compiled = new Map<string, ValidateFunction>();
  private readonly ajv = new Ajv({
    allErrors: true,
    strict: false,
    unicodeRegExp: false,
    logger: false,
    code: { regExp: goPattern },
  });

  private constructor(private readonly schemas: ReadonlyMap<string, SchemaNode>) {}

  /** Reads the pinned CRDs. @throws PavedError PVD2014, see {@link crdTexts} */
  static async load(bench: Bench, pins: readonly CrdPin[]): Promise<CustomKinds> {
    const texts = await crdTexts(bench, pins);
    const served = texts.flatMap((text) => {
      const { group, names, versions } = (parse(text) as CustomResourceDefinition).spec;
      const live = versions.filter(({ served: isServed }) => isServed);
      return live.map(({ name, schema }) => [`${group}/${name} ${names.kind}`, schema.openAPIV3Schema] as const);
    });
    return new CustomKinds(new Map(served));
  }

  /** Whether there is a CRD that serves this kind in this version. */
  has({ apiVersion, kind }: ManifestFile): boolean {
    return this.schemas.has(`${apiVersion} ${kind}`);
  }

  /** What the manifest has that its CRD does not allow. */
  faultsOf({ apiVersion, kind, content }: ManifestFile): readonly Fault[] {
    const key = `${apiVersion} ${kind}`;
    const validate = this.compiled.get(key) ?? this.ajv.compile(toJsonSchema(this.schemas.get(key)!));
    this.compiled.set(key, validate);
    return validate(content) ? [] : (validate.errors ?? []).map(toFault);
  }
}

/** A pattern as Go reads it: there, `(?i)` says that case does not matter. */
const goPattern = Object.assign(
  (pattern: string, flags: string) =>
    new RegExp(pattern.replace("(?i)", ""), pattern.includes("(?i)") ? `${flags}i` : flags),
  // Ajv writes this name only into code that is to be kept, and ours is not.
  { code: "goPattern" },
);

function toFault({ keyword, instancePath, params, message }: ErrorObject): Fault {
  const where = instancePath === "" ? "/" : instancePath;
  if (keyword !== "additionalProperties") return { rule: "wrong-value", title: `${where} ${message ?? keyword}` };
  const { additionalProperty } = params as { readonly additionalProperty: string };
  return { rule: "unknown-field", title: `${where} has "${additionalProperty}", which the API server would drop` };
}
