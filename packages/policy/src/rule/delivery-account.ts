import { delivererOf } from "@paved/model";
import { asText, at, blocks } from "./attributes";
import { publishedFact } from "./own";
import type { ResourceSubject } from "./rule";

/** Who a service is delivered as, and where to. */
interface Delivered {
  /** Name of the account, in Flux's namespace. */
  readonly account: string;
  /** The namespace that the service's stack makes, as other resources of the stack may name it. */
  readonly namespace: readonly string[];
}

/** The account that Flux delivers the service of this stack as; nothing where it does not, or the stack is no service's. */
function deliveredAs({ environment, stack, siblings }: ResourceSubject): Delivered | undefined {
  if (delivererOf(environment) !== "flux") return undefined;
  const own = siblings("kubernetes_namespace_v1").find(
    ({ attributes }) => stack === `${environment.name}-${asText(at(attributes, "metadata.name"))}`,
  );
  if (own === undefined) return undefined;
  const service = asText(at(own.attributes, "metadata.name"));
  return { account: `deliver-${service}`, namespace: [service, `\${${own.address}.metadata[0].name}`] };
}

/** Whether a resource is that account, where what delivers is. */
export function isDeliveryAccount(subject: ResourceSubject): boolean {
  const account = deliveredAs(subject)?.account;
  return (
    subject.type === "kubernetes_service_account_v1" &&
    account !== undefined &&
    at(subject.attributes, "metadata.name") === account
  );
}

/** Whether a resource lets that account, and nobody besides, deliver to the service's own namespace. */
export function isDeliveryBinding(subject: ResourceSubject): boolean {
  const delivered = deliveredAs(subject);
  const { type, attributes } = subject;
  const bound = blocks(attributes["subject"]);
  const place = asText(at(attributes, "metadata.namespace") ?? "");
  return (
    delivered !== undefined &&
    /^kubernetes_role_binding(_v1)?$/.test(type) &&
    at(attributes, "role_ref.kind") === "ClusterRole" &&
    at(attributes, "role_ref.name") === "paved:service-delivery" &&
    delivered.namespace.includes(place) &&
    bound.length === 1 &&
    bound.every(
      ({ kind, name, namespace }) =>
        kind === "ServiceAccount" && name === delivered.account && publishedFact(namespace) === "argoCdNamespace",
    )
  );
}
