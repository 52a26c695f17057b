import type { BlockSchema } from "../../schema/model";
import type { PlacedObject } from "../../store/object-store";
import type { ValueObject } from "../../values/value";
import { Facts } from "../facts";
import { Instance, type Place } from "../instance";

/** A data source that is being read: its arguments, and what was applied. */
export class Query extends Instance {
  constructor(
    type: string,
    config: ValueObject,
    place: Place,
    world: () => readonly PlacedObject[],
    readonly block: BlockSchema,
  ) {
    super(type, config, place, world, `${place.scope}|${type}|${JSON.stringify(config)}`);
  }

  /** Applied objects of the resource type of the same name. */
  get candidates(): Facts[] {
    return this.all(this.type);
  }
}

/** How a data source is read. @throws Refusal when there is nothing to read */
export interface DataBehaviour {
  readonly type: string;
  readonly read: (query: Query) => ValueObject;
}

/** Declares how one data source is read. */
export function defineData(behaviour: DataBehaviour): DataBehaviour {
  return behaviour;
}
