import { credentialIn, isSecretName } from "../credentials";
import {
  asNumber,
  asText,
  at,
  blocks,
  demand,
  isFalse,
  isNotTrue,
  isRecord,
  isSet,
  isTrue,
  shown,
  texts,
  unless,
} from "../rule/attributes";
import { isQuantity } from "@paved/model";
import { type Attributes, type ManifestRule, manifestRule, type ManifestSubject, type Violation } from "../rule/rule";
import { containerRule, deployment, oneContainer, podOf, SERVING, WORKLOADS } from "../rule/workload";

const capabilities = (container: Attributes, list: "add" | "drop"): readonly string[] =>
  texts(at(container, `securityContext.capabilities.${list}`));

const security = (settings: Attributes): Attributes => oneContainer({ securityContext: settings });

/** Images that the platform itself runs besides those of its services. */
const PLATFORM_IMAGES = ["public.ecr.aws/aws-cli/aws-cli@", "public.ecr.aws/docker/library/postgres@"];

/** Whether an image is of the environment's own registry, or one of the platform's in what the platform delivers. */
function isKnown({ unit, environment: { account, region } }: ManifestSubject, image: string): boolean {
  if (image.startsWith(`${account}.dkr.ecr.${region}.amazonaws.com/`)) return true;
  return unit === "platform" && PLATFORM_IMAGES.some((name) => image.startsWith(name));
}

/** Containers that serve, without those that run first. */
function serving(subject: ManifestSubject): readonly Attributes[] {
  return blocks(podOf(subject).spec["containers"]);
}

/** What a container may ask for, and take; none says nothing, and none takes a whole node. */
const SIZES: Readonly<Record<string, (value: unknown) => boolean>> = {
  "requests.cpu": isQuantity("10m", "16"),
  "requests.memory": isQuantity("16Mi", "64Gi"),
  "limits.cpu": isQuantity("10m", "16"),
  "limits.memory": isQuantity("16Mi", "64Gi"),
  "limits.ephemeral-storage": isQuantity("1Mi", "10Gi"),
};

/** Probes, each with the seconds after which it has to have given up. */
const PROBES = { livenessProbe: 300, readinessProbe: 300, startupProbe: 900 } as const;
const HANDLERS = ["httpGet", "grpc", "tcpSocket", "exec"];

/** What is wrong with a probe: Kubernetes' defaults are ten seconds a try, and three tries. */
function probeFaults(name: string, probe: unknown, seconds: number): readonly Violation[] {
  if (!isRecord(probe)) return [];
  const [period, tries] = [probe["periodSeconds"] ?? 10, probe["failureThreshold"] ?? 3].map(asNumber) as [
    number,
    number,
  ];
  const host = at(probe, "httpGet.host") ?? at(probe, "tcpSocket.host");
  return [
    ...unless(
      HANDLERS.some((handler) => isRecord(probe[handler])),
      `${name} asks nothing`,
    ),
    ...unless(!isSet(host), `${name} asks ${shown(host)}`),
    ...unless(period * tries <= seconds, `${name} gives up after ${period * tries} seconds`),
  ];
}

/** Rules on each container of a pod. */
export const containerRules: readonly ManifestRule[] = [
  containerRule({
    id: "K8S-CTR-001",
    title: "A container is not privileged",
    severity: "critical",
    source: "Pod Security baseline, privileged containers; NSA 1.2; KSV-0017; CKV_K8S_16; CIS EKS 1.8 4.2.1",
    why: "A privileged container is root on its node.",
    want: "privileged not true",
    fix: "remove it",
    check: (container) => unless(isNotTrue(at(container, "securityContext.privileged")), "privileged true"),
    fails: security({ privileged: true }),
    passes: security({}),
  }),
  containerRule({
    id: "K8S-CTR-002",
    title: "A process of a container never gets more rights than it began with",
    severity: "high",
    source: "Pod Security restricted, privilege escalation; NSA 1.7; KSV-0001; CKV_K8S_20; CIS EKS 1.8 4.2.5",
    why: "One forgotten setuid program in an image makes root of any user.",
    want: "allowPrivilegeEscalation false, and said",
    fix: "leave it as the golden path sets it",
    check: (container) => {
      const value = at(container, "securityContext.allowPrivilegeEscalation");
      return unless(isFalse(value), `allowPrivilegeEscalation is ${shown(value)}`);
    },
    fails: security({}),
    passes: security({ allowPrivilegeEscalation: false }),
  }),
  containerRule({
    id: "K8S-CTR-003",
    title: "A container gives up every capability",
    severity: "medium",
    source: "Pod Security restricted, capabilities; KSV-0106; CKV_K8S_28, CKV_K8S_37",
    why: "The runtime's defaults let a container forge packets and change the owners of files.",
    want: "capabilities.drop ALL",
    fix: "leave it as the golden path sets it",
    check: (container) =>
      unless(capabilities(container, "drop").includes("ALL"), `drop is ${shown(capabilities(container, "drop"))}`),
    fails: security({ capabilities: { drop: ["NET_RAW"] } }),
    passes: security({ capabilities: { drop: ["ALL"] } }),
  }),
  containerRule({
    id: "K8S-CTR-004",
    title: "A container takes no capability back but to listen below port 1024",
    severity: "high",
    source: "Pod Security restricted, capabilities; KSV-0022; CKV_K8S_25, CKV_K8S_39",
    why: "SYS_ADMIN alone is as good as root on the node.",
    want: "capabilities.add of NET_BIND_SERVICE at most",
    fix: "listen above 1024, and add nothing",
    check: (container) =>
      capabilities(container, "add")
        .filter((name) => name !== "NET_BIND_SERVICE")
        .map((name) => ({ got: `adds ${name}` })),
    fails: security({ capabilities: { add: ["SYS_ADMIN"] } }),
    passes: security({ capabilities: { add: ["NET_BIND_SERVICE"] } }),
  }),
  containerRule({
    id: "K8S-CTR-005",
    title: "A container's /proc is masked",
    severity: "medium",
    source: "Pod Security baseline, /proc mount type; KSV-0027",
    why: "The whole of /proc shows and changes the node.",
    want: "procMount Default, or nothing said",
    fix: "remove it",
    check: (container) => {
      const mount = at(container, "securityContext.procMount");
      return unless(mount === undefined || mount === "Default", `procMount is ${shown(mount)}`);
    },
    fails: security({ procMount: "Unmasked" }),
    passes: security({}),
  }),
  containerRule({
    id: "K8S-CTR-006",
    title: "A container takes no port of its node",
    severity: "high",
    source: "Pod Security baseline, host ports; KSV-0024; CKV_K8S_26",
    why: "A port of the node is past every network policy.",
    want: "no hostPort",
    fix: "expose the service with exposeAt",
    check: (container) =>
      blocks(container["ports"])
        .filter(({ hostPort }) => isSet(hostPort) && hostPort !== 0)
        .map(({ hostPort }) => ({ got: `hostPort ${shown(hostPort)}` })),
    fails: oneContainer({ ports: [{ containerPort: 8080, hostPort: 80 }] }),
    passes: oneContainer({ ports: [{ containerPort: 8080 }] }),
  }),
  containerRule({
    id: "K8S-CTR-007",
    title: "A container cannot change its own files",
    severity: "medium",
    source: "NSA 1.1; KSV-0014; CKV_K8S_22",
    why: "An intruder who cannot write cannot bring tools, nor stay.",
    want: "readOnlyRootFilesystem true",
    fix: "leave it as the golden path sets it, and write to /tmp",
    check: (container) =>
      unless(isTrue(at(container, "securityContext.readOnlyRootFilesystem")), "readOnlyRootFilesystem is not true"),
    fails: security({}),
    passes: security({ readOnlyRootFilesystem: true }),
  }),
  containerRule({
    id: "K8S-CTR-008",
    title: "An image is named by what it is",
    severity: "high",
    source: "CKV_K8S_14, CKV_K8S_43; EKS Best Practices, image security",
    why: "A tag can be moved: what was tested and what runs are then two things.",
    want: "an image with @sha256 and 64 digits",
    fix: "let the release write the digest",
    check: ({ image }) => unless(/@sha256:[0-9a-f]{64}$/.test(asText(image)), `image is ${shown(image)}`),
    fails: oneContainer({ image: "quay.io/paved/orders:latest" }),
    passes: oneContainer({ image: `quay.io/paved/orders@sha256:${"0".repeat(64)}` }),
  }),
  manifestRule({
    id: "K8S-CTR-009",
    title: "An image comes from the registry of its environment",
    severity: "high",
    source: "CIS EKS 1.8 5.1.4; KSV-0125; EKS Best Practices, image security",
    why: "A name that somebody else can register is somebody else's program, and another account's registry another's keys.",
    want: "the registry of the environment's own account and region; the platform's listed images in its own jobs alone",
    fix: "push the image to the service's repository",
    judges: WORKLOADS,
    check: (subject) =>
      podOf(subject)
        .containers.filter(({ image }) => !isKnown(subject, asText(image)))
        .map((container) => ({ got: `container ${asText(container["name"])}: image is ${shown(container["image"])}` })),
    fails: [deployment(oneContainer({ image: "quay.io/paved/orders" }))],
    passes: [deployment(oneContainer({ image: "111111111111.dkr.ecr.eu-west-1.amazonaws.com/commerce/orders" }))],
  }),
  containerRule({
    id: "K8S-CTR-010",
    title: "A container says what it needs, and how much it may take",
    severity: "medium",
    source: "NSA 4.0, 4.1; CKV_K8S_10 to CKV_K8S_13; KSV-0011, KSV-0015, KSV-0016, KSV-0018",
    why: "One leak otherwise takes the memory of every pod of the node, and the scheduler guesses.",
    want: "requests and limits of cpu and memory, of 16 CPUs, 64Gi of memory and 10Gi of disk at most; the memory's limit as its request",
    fix: "choose a size",
    check: (container) => {
      const resources = container["resources"];
      const [wanted, most] = [at(resources, "requests.memory"), at(resources, "limits.memory")];
      return [
        ...Object.entries(SIZES).flatMap(([path, fits]) => demand(resources, path, fits)),
        ...unless(wanted === most, `memory of ${shown(wanted)} to ${shown(most)}`),
      ];
    },
    fails: oneContainer({ resources: { requests: { cpu: "100m", memory: "256Mi" } } }),
    passes: oneContainer({
      resources: {
        requests: { cpu: "100m", memory: "256Mi" },
        limits: { cpu: "500m", memory: "256Mi", "ephemeral-storage": "1Gi" },
      },
    }),
  }),
  manifestRule({
    id: "K8S-CTR-011",
    title: "A container that serves says whether it is ready, and whether it lives",
    severity: "medium",
    source: "CKV_K8S_8, CKV_K8S_9; EKS Best Practices, reliability",
    why: "Without them traffic goes to pods that are not up, and those that hang stay.",
    want: "readinessProbe or no port, and livenessProbe; each asks the pod itself, and gives up within five minutes, a startupProbe within fifteen",
    fix: "leave the probes as the golden path sets them, and answer them",
    judges: SERVING,
    check: (subject) =>
      serving(subject).flatMap((container) =>
        [
          ...unless(isRecord(container["livenessProbe"]), "no livenessProbe"),
          ...unless(isRecord(container["readinessProbe"]) || !isSet(container["ports"]), "no readinessProbe"),
          ...Object.entries(PROBES).flatMap(([name, seconds]) => probeFaults(name, container[name], seconds)),
        ].map(({ got }) => ({ got: `container ${asText(container["name"])}: ${got}` })),
      ),
    fails: [deployment(oneContainer({ ports: [{ containerPort: 8080 }] }))],
    passes: [deployment(oneContainer({ livenessProbe: { httpGet: { path: "/healthz", port: 8080 } } }))],
  }),
  containerRule({
    id: "K8S-CTR-012",
    title: "No secret is written into a container's settings",
    severity: "critical",
    source: "CIS EKS 1.8 4.4.2; guardrails on secrets: never in manifests",
    why: "A manifest is in Git for ever, and is read by everybody.",
    want: "secrets by reference, from External Secrets",
    fix: "declare the secret in the service file: secrets",
    check: (container) =>
      blocks(container["env"])
        .filter(
          ({ name, value }) =>
            isSet(value) && (isSecretName(asText(name)) || credentialIn(asText(value)) !== undefined),
        )
        .map(({ name }) => ({ got: `env ${shown(name)} with a literal value` })),
    fails: oneContainer({ env: [{ name: "DB_PASSWORD", value: "example" }] }),
    passes: oneContainer({ env: [{ name: "DB_HOST", value: "orders.example.com" }] }),
  }),
  containerRule({
    id: "K8S-CTR-013",
    title: "An image is asked for each time",
    severity: "low",
    source: "CKV_K8S_15; EKS Best Practices, image security",
    why: "An image on the node can otherwise be used by a pod that may not pull it.",
    want: "imagePullPolicy Always",
    fix: "leave it as the golden path sets it",
    check: ({ imagePullPolicy }) =>
      unless(imagePullPolicy === "Always", `imagePullPolicy is ${shown(imagePullPolicy)}`),
    fails: oneContainer({ imagePullPolicy: "IfNotPresent" }),
    passes: oneContainer({ imagePullPolicy: "Always" }),
  }),
  manifestRule({
    id: "K8S-CTR-014",
    title: "Nobody debugs in a manifest",
    severity: "medium",
    source: "Kubernetes, ephemeral containers; CIS EKS 1.8 4.2.1 by reach",
    why: "A container added for a moment, with a shell and rights, is delivered everywhere and stays.",
    want: "no ephemeralContainers, stdin or tty",
    fix: "use kubectl debug under a role that is recorded",
    judges: WORKLOADS,
    check: (subject) => {
      const pod = podOf(subject);
      return [
        ...unless(!isSet(pod.spec["ephemeralContainers"]), "ephemeralContainers"),
        ...pod.containers
          .filter((container) => !isNotTrue(container["stdin"]) || !isNotTrue(container["tty"]))
          .map((container) => ({ got: `container ${asText(container["name"])}: a terminal` })),
      ];
    },
    fails: [deployment(oneContainer({ stdin: true, tty: true }))],
    passes: [deployment(oneContainer({}))],
  }),
];
