import type { ManagedObject } from "../tofu/state-file";

type Attributes = ManagedObject["attributes"];

/**
 * Types whose provider imports them by something else than their id in the state, as their documentation says under
 * import. Nothing means that they cannot be imported, and stand for nothing in the cloud either: they are made anew.
 */
const IMPORTED_BY: Readonly<Record<string, (attributes: Attributes) => string | undefined>> = {
  aws_acm_certificate_validation: () => undefined,
  aws_cloudwatch_log_delivery_destination: ({ name }) => text(name),
  aws_cloudwatch_log_delivery_source: ({ name }) => text(name),
  aws_db_instance: ({ identifier }) => text(identifier),
  aws_eks_pod_identity_association: ({ cluster_name, association_id }) => joined(",", cluster_name, association_id),
  aws_iam_role_policy_attachment: ({ role, policy_arn }) => joined("/", role, policy_arn),
  aws_route: (route) => joined("_", route["route_table_id"], destination(route)),
  aws_route_table_association: ({ subnet_id, gateway_id, route_table_id }) =>
    joined("/", text(subnet_id) ?? gateway_id, route_table_id),
  helm_release: ({ namespace, name }) => joined("/", namespace, name),
};

/** What the provider imports an object by, that stands in a state. @returns nothing when it cannot be imported */
export function importIdOf({ type, id, attributes }: ManagedObject): string | undefined {
  const by = IMPORTED_BY[type];
  return by === undefined ? id : by(attributes);
}

function destination(route: Attributes): string | undefined {
  return (
    text(route["destination_cidr_block"]) ??
    text(route["destination_ipv6_cidr_block"]) ??
    text(route["destination_prefix_list_id"])
  );
}

function text(value: unknown): string | undefined {
  return typeof value === "string" && value !== "" ? value : undefined;
}

function joined(by: string, ...values: readonly unknown[]): string | undefined {
  const texts = values.map(text);
  return texts.includes(undefined) ? undefined : texts.join(by);
}
