import type { KubernetesObject } from "@paved/control-plane";
import type { Fleet } from "@paved/pipeline";

type Named<T> = Readonly<Record<string, T>>;

interface Binding {
  readonly metadata: { readonly name: string };
  readonly role_ref: { readonly api_group: string; readonly kind: string; readonly name: string };
  readonly subject: readonly { readonly kind: string; readonly name: string }[];
}

interface Root {
  readonly resource?: {
    readonly kubernetes_service_account_v1?: Named<{ readonly metadata: { readonly name: string } }>;
    readonly kubernetes_role_binding_v1?: Named<Binding>;
  };
}

/** Whether a name is that of an account that Flux delivers as. */
const isDeliverer = (name: string): boolean => name.startsWith("deliver-");

/**
 * The accounts that Flux delivers services of an environment as, and what binds them, as the API server gets them from the stacks
 * of services. Where they refer to something of a stack, that is the service's namespace or Flux's.
 */
export function fluxAccessOf({ index, stacks }: Fleet, environment: string, home: string): readonly KubernetesObject[] {
  const services = new Map(index.stacks.map(({ name, service }) => [name, service]));
  return stacks
    .filter((stack) => stack.environment === environment && services.get(stack.name) !== undefined)
    .flatMap(({ name, json }) => {
      const { resource = {} } = JSON.parse(json) as Root;
      const accounts = Object.values(resource.kubernetes_service_account_v1 ?? {});
      const bindings = Object.values(resource.kubernetes_role_binding_v1 ?? {});
      return [
        ...accounts
          .filter(({ metadata }) => isDeliverer(metadata.name))
          .map(({ metadata }) => ({
            apiVersion: "v1",
            kind: "ServiceAccount",
            metadata: { name: metadata.name, namespace: home },
          })),
        ...bindings
          .filter(({ subject }) => subject.some((one) => isDeliverer(one.name)))
          .map(({ metadata, role_ref: { api_group: apiGroup, ...ref }, subject }) => ({
            apiVersion: "rbac.authorization.k8s.io/v1",
            kind: "RoleBinding",
            metadata: { name: metadata.name, namespace: services.get(name)! },
            roleRef: { apiGroup, ...ref },
            subjects: subject.map((one) => ({ kind: one.kind, name: one.name, namespace: home })),
          })),
      ];
    });
}
