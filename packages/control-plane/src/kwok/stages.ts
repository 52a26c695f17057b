/** A step in the life of what KWOK plays: which objects take it, and what becomes of them. */
interface Stage {
  readonly name: string;
  readonly kind: "Node" | "Pod";
  readonly when: readonly Condition[];
  /** Template of Go for the status afterwards. @default - the object is deleted */
  readonly status?: string;
}

interface Condition {
  /** Expression of jq. */
  readonly key: string;
  readonly operator: "In" | "NotIn" | "Exists" | "DoesNotExist";
  readonly values?: readonly string[];
}

const READY = '.status.conditions.[] | select( .type == "Ready" ) | .status';
const DELETED = ".metadata.deletionTimestamp";
const ALIVE: Condition = { key: DELETED, operator: "DoesNotExist" };

/** Containers whose image ends in one digit, 64 times. */
const imageOf = (digit: string): string =>
  `.spec.containers.[] | .image | select( endswith("@sha256:${digit.repeat(64)}") )`;

/** Images by which failures are rehearsed: one that no registry has, and one whose process ends at once. */
const NOT_THERE = imageOf("0");
const CRASHING = imageOf("f");
const WAITING = ".status.containerStatuses.[].state.waiting.reason";

const NODE_READY = `
{{ $now := Now }}
conditions:
{{ range NodeConditions }}
- lastHeartbeatTime: {{ $now | Quote }}
  lastTransitionTime: {{ $now | Quote }}
  message: {{ .message | Quote }}
  reason: {{ .reason | Quote }}
  status: {{ .status | Quote }}
  type: {{ .type | Quote }}
{{ end }}
addresses:
- address: {{ NodeIP | Quote }}
  type: InternalIP
- address: {{ NodeName | Quote }}
  type: Hostname
daemonEndpoints:
  kubeletEndpoint:
    Port: {{ NodePort }}
nodeInfo:
  architecture: arm64
  bootID: ""
  containerRuntimeVersion: {{ printf "kwok-%s" Version }}
  kernelVersion: {{ printf "kwok-%s" Version }}
  kubeProxyVersion: {{ printf "kwok-%s" Version }}
  kubeletVersion: {{ printf "kwok-%s" Version }}
  machineID: ""
  operatingSystem: linux
  osImage: simulated
  systemUUID: ""
phase: Running
`;

const POD_READY = `
{{ $now := Now }}
conditions:
{{ range $type := list "Initialized" "Ready" "ContainersReady" }}
- lastTransitionTime: {{ $now | Quote }}
  status: "True"
  type: {{ $type | Quote }}
{{ end }}
{{ range .spec.readinessGates }}
- lastTransitionTime: {{ $now | Quote }}
  status: "True"
  type: {{ .conditionType | Quote }}
{{ end }}
containerStatuses:
{{ range .spec.containers }}
- image: {{ .image | Quote }}
  name: {{ .name | Quote }}
  ready: true
  started: true
  restartCount: 0
  state:
    running:
      startedAt: {{ $now | Quote }}
{{ end }}
initContainerStatuses:
{{ range .spec.initContainers }}
- image: {{ .image | Quote }}
  name: {{ .name | Quote }}
  ready: true
  restartCount: 0
  state:
  {{ if eq .restartPolicy "Always" }}
    running:
      startedAt: {{ $now | Quote }}
  {{ else }}
    terminated:
      exitCode: 0
      finishedAt: {{ $now | Quote }}
      reason: Completed
      startedAt: {{ $now | Quote }}
  {{ end }}
{{ end }}
{{ with NodeIPsWith .spec.nodeName }}
hostIP: {{ index . 0 | Quote }}
{{ end }}
{{ $addresses := PodIPsWith .spec.nodeName ( or .spec.hostNetwork false ) ( or .metadata.uid "" ) ( or .metadata.name "" ) ( or .metadata.namespace "" ) }}
{{ with $addresses }}
podIP: {{ index . 0 | Quote }}
podIPs:
{{ range . }}
- ip: {{ . | Quote }}
{{ end }}
{{ end }}
phase: Running
startTime: {{ $now | Quote }}
`;

/** Only what the controllers take away from the pods of a node that was not heard of for a while. */
const POD_READY_AGAIN = `
conditions:
{{ range $type := list "Ready" "ContainersReady" }}
- lastTransitionTime: {{ Now | Quote }}
  status: "True"
  type: {{ $type | Quote }}
{{ end }}
`;

/** A pod that never becomes ready, with what is said of each container from its restarts on. */
const neverReady = (phase: "Pending" | "Running", containers: string): string => `

{{ $now := Now }}
conditions:
- lastTransitionTime: {{ $now | Quote }}
  status: "True"
  type: Initialized
{{ range $type := list "Ready" "ContainersReady" }}
- lastTransitionTime: {{ $now | Quote }}
  reason: ContainersNotReady
  status: "False"
  type: {{ $type | Quote }}
{{ end }}
startTime: {{ $now | Quote }}

containerStatuses:
{{ range .spec.containers }}
- image: {{ .image | Quote }}
  name: {{ .name | Quote }}
  ready: false
  started: false
${containers}
{{ end }}
phase: ${phase}
`;

const POD_WITHOUT_IMAGE = neverReady(
  "Pending",
  `  restartCount: 0
  state:
    waiting:
      reason: ImagePullBackOff
      message: {{ printf "Back-off pulling image %q: not found" .image | Quote }}`,
);

const POD_CRASHING = neverReady(
  "Running",
  `  restartCount: 5
  lastState:
    terminated:
      exitCode: 1
      finishedAt: {{ $now | Quote }}
      reason: Error
      startedAt: {{ $now | Quote }}
  state:
    waiting:
      reason: CrashLoopBackOff
      message: {{ printf "back-off 2m40s restarting failed container=%s" .name | Quote }}`,
);

const POD_COMPLETED = `
{{ $now := Now }}
containerStatuses:
{{ range .spec.containers }}
- image: {{ .image | Quote }}
  name: {{ .name | Quote }}
  ready: false
  started: false
  restartCount: 0
  state:
    terminated:
      exitCode: 0
      finishedAt: {{ $now | Quote }}
      reason: Completed
      startedAt: {{ $now | Quote }}
{{ end }}
phase: Succeeded
`;

/** Neither going, nor of an image that fails. */
const GOOD: readonly Condition[] = [
  ALIVE,
  { key: NOT_THERE, operator: "DoesNotExist" },
  { key: CRASHING, operator: "DoesNotExist" },
];

const failing = (image: string): readonly Condition[] => [
  ALIVE,
  { key: image, operator: "Exists" },
  { key: ".spec.nodeName", operator: "Exists" },
  { key: WAITING, operator: "DoesNotExist" },
];

const STAGES: readonly Stage[] = [
  {
    name: "node-ready",
    kind: "Node",
    when: [{ key: READY, operator: "NotIn", values: ["True"] }],
    status: NODE_READY,
  },
  {
    name: "pod-ready",
    kind: "Pod",
    when: [
      ...GOOD,
      { key: ".status.phase", operator: "In", values: ["Pending"] },
      { key: READY, operator: "NotIn", values: ["True"] },
    ],
    status: POD_READY,
  },
  { name: "pod-without-image", kind: "Pod", when: failing(NOT_THERE), status: POD_WITHOUT_IMAGE },
  { name: "pod-crashing", kind: "Pod", when: failing(CRASHING), status: POD_CRASHING },
  {
    name: "pod-ready-again",
    kind: "Pod",
    when: [
      ...GOOD,
      { key: ".status.phase", operator: "In", values: ["Running"] },
      { key: READY, operator: "NotIn", values: ["True"] },
    ],
    status: POD_READY_AGAIN,
  },
  {
    name: "pod-completed",
    kind: "Pod",
    when: [
      ...GOOD,
      { key: ".status.phase", operator: "In", values: ["Running"] },
      { key: ".metadata.ownerReferences.[].kind", operator: "In", values: ["Job"] },
    ],
    status: POD_COMPLETED,
  },
  { name: "pod-deleted", kind: "Pod", when: [{ key: DELETED, operator: "Exists" }] },
];

/**
 * What KWOK plays, as it reads it: nodes become ready, pods run at once, those of jobs complete, and what is deleted goes. Two images
 * fail: `sha256:` and 64 times `0` is in no registry, and 64 times `f` ends as soon as it is started.
 */
export function stageDocuments(): readonly object[] {
  return STAGES.map(({ name, kind, when, status }) => ({
    apiVersion: "kwok.x-k8s.io/v1alpha1",
    kind: "Stage",
    metadata: { name },
    spec: {
      resourceRef: { apiGroup: "v1", kind },
      selector: { matchExpressions: when },
      next: status === undefined ? { delete: true } : { statusTemplate: status },
    },
  }));
}
