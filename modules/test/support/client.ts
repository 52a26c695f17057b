import { type Grantee, type PavedStack, WorkloadIdentity } from "../../src";

/** A workload that writes down what it was told. */
export interface RecordingClient extends Grantee {
  readonly facts: Record<string, string>;
  readonly egress: { readonly to: string; readonly port: number }[];
  /** How often it was given the authority of databases. */
  trusts: number;
}

export function client(stack: PavedStack, name: string): RecordingClient {
  const facts: Record<string, string> = {};
  const egress: { to: string; port: number }[] = [];
  const recording: RecordingClient = {
    identity: new WorkloadIdentity(stack, `${name}-identity`, { name, namespace: name, serviceAccount: name }),
    facts,
    egress,
    provide: (key, value) => {
      facts[key] = value;
    },
    allowEgress: (rule) => {
      egress.push(rule);
    },
    trusts: 0,
    trustDatabases: () => {
      recording.trusts += 1;
    },
  };
  return recording;
}
