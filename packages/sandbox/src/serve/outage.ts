import { Refusal } from "../protocol/diagnostics";

/** One call that a provider makes of a service. */
export interface ServiceCall {
  /** The stack that is planned or applied. */
  readonly stack: string;
  /** Terraform's name of the resource type, for example `aws_sqs_queue`. */
  readonly type: string;
  readonly operation: "read" | "apply";
}

/** What a service answers instead of what it was asked for. */
export interface Outage {
  /** For example `ThrottlingException`. */
  readonly code: string;
  /** For example `Rate exceeded`. */
  readonly message: string;
  /** Whether it did what it was asked for all the same, and only the answer is lost. @default false */
  readonly isDone?: boolean;
}

/** Decides which calls a service does not answer, to rehearse what follows. */
export type Outages = (call: ServiceCall) => Outage | undefined;

/** What `work` gives, unless the service is out. @throws Refusal in the words of the service, when it is */
export async function unlessOut<T>(
  outages: Outages | undefined,
  call: ServiceCall,
  work: () => T | Promise<T>,
): Promise<T> {
  const outage = outages?.(call);
  if (outage === undefined) return work();
  if (outage.isDone === true) await work();
  const doing = call.operation === "read" ? "reading" : "changing";
  const summary = `${doing} ${call.type}: api error ${outage.code}: ${outage.message}`;
  throw new Refusal(summary, "The service did not answer as it should: run it again.");
}
