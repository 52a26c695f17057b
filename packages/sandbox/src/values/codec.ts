import { decode, encode, ExtData, ExtensionCodec } from "@msgpack/msgpack";
import type { WireValue } from "../protocol/messages";
import type { ValueType } from "../schema/model";
import { Dynamic, isObject, Unknown, type Value, type ValueObject } from "./value";

/** Extension types of unknown values: plain, and with a refinement. */
const PLAIN = 0;
const REFINED = 12;

const extensions = new ExtensionCodec();
extensions.register({ type: PLAIN, encode: () => null, decode: () => new Unknown() });
extensions.register({ type: REFINED, encode: () => null, decode: (data) => new Unknown(Uint8Array.from(data)) });

/** A value from the wire. */
export function decodeValue(type: ValueType, wire: WireValue | undefined): Value {
  if (wire?.msgpack !== undefined && wire.msgpack.length > 0) {
    return fromRaw(type, decode(wire.msgpack, { extensionCodec: extensions, useBigInt64: true }));
  }
  return wire?.json !== undefined && wire.json.length > 0
    ? parseValue(type, Buffer.from(wire.json).toString("utf8"))
    : null;
}

/** A value for the wire. */
export function encodeValue(type: ValueType, value: Value): WireValue {
  return { msgpack: encode(toRaw(type, value), { extensionCodec: extensions, useBigInt64: true }) };
}

/** A value from state JSON, see {@link conformValue}. */
export function parseValue(type: ValueType, json: string): Value {
  return conformValue(type, JSON.parse(json) as unknown);
}

function fromRaw(type: ValueType, raw: unknown): Value {
  if (raw instanceof Unknown) return raw;
  if (raw === null || raw === undefined) return null;
  if (type === "dynamic") {
    const [dynamic, value] = raw as [Uint8Array, unknown];
    const json = Buffer.from(dynamic).toString("utf8");
    return new Dynamic(json, fromRaw(JSON.parse(json) as ValueType, value));
  }
  if (typeof raw === "bigint") {
    const number = Number(raw);
    return Number.isSafeInteger(number) ? number : raw.toString();
  }
  if (typeof type === "string") return raw as Value;
  return compose(type, raw, fromRaw);
}

/** A value from plain JSON: conformed to the type, so that fields of other versions are dropped or null. */
export function conformValue(type: ValueType, raw: unknown): Value {
  if (raw === null || raw === undefined) return null;
  if (type === "dynamic") {
    const { type: dynamic, value } = raw as { type: ValueType; value: unknown };
    return new Dynamic(JSON.stringify(dynamic), conformValue(dynamic, value));
  }
  return typeof type === "string" ? (raw as Value) : compose(type, raw, conformValue);
}

function compose(
  type: Exclude<ValueType, string>,
  raw: unknown,
  inner: (type: ValueType, raw: unknown) => Value,
): Value {
  if (type[0] === "list" || type[0] === "set")
    return (raw as unknown[]).map((item) => inner(type[1] as ValueType, item));
  const fields = raw as Record<string, unknown>;
  const value: ValueObject = {};
  if (type[0] === "map") {
    for (const [key, item] of Object.entries(fields)) value[key] = inner(type[1] as ValueType, item);
  } else {
    for (const [name, field] of Object.entries(type[1])) value[name] = inner(field as ValueType, fields[name]);
  }
  return value;
}

function toRaw(type: ValueType, value: Value | undefined): unknown {
  if (value instanceof Unknown) {
    return value.refinement === undefined
      ? new ExtData(PLAIN, new Uint8Array(1))
      : new ExtData(REFINED, value.refinement);
  }
  if (value === null || value === undefined) return null;
  if (type === "dynamic") {
    if (!(value instanceof Dynamic)) throw new Error("a dynamic value without its type");
    return [Buffer.from(value.type), toRaw(JSON.parse(value.type) as ValueType, value.value)];
  }
  if (typeof type === "string") return value;
  if (type[0] === "object") {
    const fields = isObject(value) ? value : {};
    return Object.fromEntries(Object.entries(type[1]).map(([name, field]) => [name, toRaw(field, fields[name])]));
  }
  if (Array.isArray(value)) return value.map((item) => toRaw(type[1], item));
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, toRaw(type[1], item as Value)]));
}
