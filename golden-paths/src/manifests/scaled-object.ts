import { ScaledObject } from "@kubernetes-models/keda/keda.sh/v1alpha1/ScaledObject";
import { type Manifest, rendered } from "./manifest";
import { metadata, type PodFacts } from "./pod-facts";
import { QUEUE_READER } from "./platform";

/** How many pods a queue needs. */
export interface QueueScale {
  /** Fewest pods; 0 lets a worker sleep while its queue is empty. */
  readonly min: number;
  readonly max: number;
  /** Waiting messages that one pod is started for. */
  readonly messagesPerPod: number;
  readonly queueUrl: string;
}

/** Keeps the number of pods between the bounds by the length of the queue: waiting messages, and those being handled. */
export function queueScaler(facts: PodFacts, scale: QueueScale): Manifest {
  const model = new ScaledObject({
    metadata: metadata(facts),
    spec: {
      scaleTargetRef: { apiVersion: "apps/v1", kind: "Deployment", name: facts.name },
      minReplicaCount: scale.min,
      maxReplicaCount: scale.max,
      pollingInterval: 15,
      cooldownPeriod: 300,
      triggers: [
        {
          type: "aws-sqs-queue",
          authenticationRef: { kind: QUEUE_READER.kind, name: QUEUE_READER.name },
          metadata: {
            queueURL: scale.queueUrl,
            queueLength: String(scale.messagesPerPod),
            // Else a pod that is busy with a long message would be taken away as soon as no other waits.
            scaleOnInFlight: "true",
            awsRegion: facts.environment.region,
          },
        },
      ],
    },
  });
  return rendered(model, facts.where);
}
