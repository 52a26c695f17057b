import { at, textOf, textsOf, type Value, type ValueObject } from "../values/value";

/** Reads the attributes of one object; paths are dotted and step into blocks that occur once: `vpc_config.subnet_ids`. */
export class Facts {
  constructor(readonly values: ValueObject) {}

  /** The value at a path. */
  get(path: string): Value | undefined {
    return at(this.values, ...path.split("."));
  }

  /** The text at a path, undefined when there is none or it is empty. */
  text(path: string): string | undefined {
    return textOf(this.get(path));
  }

  /** The strings of the list or set at a path. */
  texts(path: string): string[] {
    return textsOf(this.get(path));
  }

  /** The number at a path. */
  number(path: string): number | undefined {
    const value = this.get(path);
    return typeof value === "number" ? value : undefined;
  }

  /** Whether the value at a path is true. */
  isTrue(path: string): boolean {
    return this.get(path) === true;
  }

  /** The id that OpenTofu knows the object by. */
  get id(): string {
    return this.text("id") ?? "";
  }
}
