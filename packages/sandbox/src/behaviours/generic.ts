import { Refusal } from "../protocol/diagnostics";
import { objectMeta } from "./kubernetes/object";
import { type Behaviour, type Check, defineBehaviour } from "./define";

const nameIsFree: Check = (it) => {
  const name = it.text("name");
  if (name === undefined) return;
  const taken = it.all(it.type).some((other) => other.id !== it.prior?.id && other.text("name") === name);
  if (!taken) return;
  throw new Refusal(`${it.type} "${name}" already exists`, "Choose another name, or import the existing one.", [
    "name",
  ]);
};

/** What is assumed of a type that has no file of its own: an id of its own, and a name that only one may have. */
export function genericBehaviour(type: string): Behaviour {
  if (type.startsWith("kubernetes_")) return objectMeta({ type, kind: type });
  const service = type.split("_")[1] ?? type;
  return defineBehaviour({
    type,
    id: (it) => it.text("name") ?? `${service}-${it.hex(17)}`,
    // Some types have no id and are known by their ARN, which two objects must not share.
    arn: (it) => it.arn(service, it.id || it.text("name") || it.hex(17)),
    replaceOn: ["name"],
    checks: [nameIsFree],
  });
}
