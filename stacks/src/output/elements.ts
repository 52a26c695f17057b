import type { ElementOrigin, Findings } from "@paved/model";
import { goldenPathOf, moduleOf, originOf, type PavedStack } from "@paved/modules";
import type { Element } from "@paved/policy";
import { TerraformDataSource, TerraformElement, TerraformResource } from "cdktf";

/** A resource or data source of the tree, with the golden path and the module it came from. */
export interface TreeElement extends Element {
  readonly goldenPath?: string;
  readonly module?: string;
}

/** Every resource and data source of the stack, by walking the tree. Ids that cannot make an address are PVD1014. */
export function elementsOf(stack: PavedStack, findings: Findings): readonly TreeElement[] {
  return stack.node.findAll().flatMap((construct) => {
    if (!TerraformElement.isTerraformElement(construct)) return [];
    const name = findings.collect(() => construct.friendlyUniqueId);
    const prefix = TerraformResource.isTerraformResource(construct)
      ? ""
      : TerraformDataSource.isTerraformDataSource(construct)
        ? "data."
        : undefined;
    if (prefix === undefined || name === undefined) return [];
    const type = (construct as TerraformResource | TerraformDataSource).terraformResourceType;
    return [
      {
        address: `${prefix}${type}.${name}`,
        path: construct.node.path.slice(stack.node.path.length + 1),
        goldenPath: goldenPathOf(construct),
        module: moduleOf(construct),
        source: originOf(construct),
      },
    ];
  });
}

/** The elements as the index lists them, by address. */
export function origins(elements: readonly TreeElement[]): Record<string, ElementOrigin> {
  const sorted = elements.toSorted((a, b) => (a.address < b.address ? -1 : 1));
  return Object.fromEntries(
    sorted.map(({ address, path, goldenPath, module, source }) => [address, { path, goldenPath, module, source }]),
  );
}
