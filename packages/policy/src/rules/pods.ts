import {
  asText,
  at,
  blocks,
  isFalse,
  isNotTrue,
  isRecord,
  isSet,
  isTrue,
  recordAt,
  shown,
  unless,
} from "../rule/attributes";
import { isQuantity } from "@paved/model";
import type { Attributes, ManifestRule } from "../rule/rule";
import { containerRule, inForce, oneContainer, podRule } from "../rule/workload";

/** What golden paths mount. The restricted profile has more, through which drivers of others and disks come. */
const VOLUMES = new Set(["configMap", "emptyDir", "secret"]);

/** Sysctls that change nothing outside the pod, as the Pod Security Standards list them. */
const SAFE_SYSCTLS = new Set([
  "kernel.shm_rmid_forced",
  "net.ipv4.ip_local_port_range",
  "net.ipv4.ip_unprivileged_port_start",
  "net.ipv4.tcp_syncookies",
  "net.ipv4.ping_group_range",
  "net.ipv4.ip_local_reserved_ports",
  "net.ipv4.tcp_keepalive_time",
  "net.ipv4.tcp_fin_timeout",
  "net.ipv4.tcp_keepalive_intvl",
  "net.ipv4.tcp_keepalive_probes",
  "net.ipv4.tcp_rmem",
  "net.ipv4.tcp_wmem",
]);

const SELINUX_TYPES = new Set([
  undefined,
  "",
  "container_t",
  "container_init_t",
  "container_kvm_t",
  "container_engine_t",
]);
const APPARMOR = "container.apparmor.security.beta.kubernetes.io/";

const isScratch = isQuantity("1Ki", "10Gi");

/** Kinds of volume that a volume is of: its fields but the name. */
const kindsOf = (volume: Attributes): readonly string[] => Object.keys(volume).filter((field) => field !== "name");

/** Rules on pods as a whole: the Pod Security Standards' restricted profile, and what a pod gets from its cluster. */
export const podRules: readonly ManifestRule[] = [
  podRule({
    id: "K8S-POD-001",
    title: "A pod does not share its node's processes, network or memory",
    severity: "critical",
    source:
      "Pod Security baseline, host namespaces; NSA 1.3, 1.4, 1.5; KSV-0008, KSV-0009, KSV-0010; CIS EKS 1.8 4.2.2 to 4.2.4",
    why: "From the node's namespaces every other pod can be watched and stopped.",
    want: "no hostPID, hostIPC and hostNetwork",
    fix: "remove them",
    check: ({ spec }) =>
      ["hostPID", "hostIPC", "hostNetwork"]
        .filter((name) => !isNotTrue(spec[name]))
        .map((name) => ({ got: `${name} true` })),
    fails: { hostNetwork: true },
    passes: { containers: [] },
  }),
  podRule({
    id: "K8S-POD-002",
    title: "A pod has no part of its node's disk",
    severity: "critical",
    source: "Pod Security baseline, hostPath volumes; KSV-0023; CKV_K8S_27",
    why: "The kubelet's credentials and the container runtime's socket lie there.",
    want: "no hostPath volume",
    fix: "use an emptyDir, and a bucket or a database for what must last",
    check: ({ spec }) =>
      blocks(spec["volumes"])
        .filter((volume) => isSet(volume["hostPath"]))
        .map((volume) => ({
          got: `volume ${shown(volume["name"])} is ${shown(at(volume, "hostPath.path"))} of the node`,
        })),
    fails: { volumes: [{ name: "run", hostPath: { path: "/run" } }] },
    passes: { volumes: [{ name: "tmp", emptyDir: {} }] },
  }),
  podRule({
    id: "K8S-POD-003",
    title: "A pod has only volumes that are its own",
    severity: "medium",
    source: "Pod Security restricted, volume types; KSV-0028",
    why: "Drivers, claims and projected tokens bring storage and identities that no rule here knows.",
    want: `volumes of ${[...VOLUMES].join(", ")}`,
    fix: "use one of these; keep what must last in a bucket or a database",
    check: ({ spec }) =>
      blocks(spec["volumes"]).flatMap((volume) =>
        kindsOf(volume)
          .filter((kind) => !VOLUMES.has(kind))
          .map((kind) => ({ got: `volume ${shown(volume["name"])} is ${kind}` })),
      ),
    fails: { volumes: [{ name: "token", projected: { sources: [{ serviceAccountToken: { path: "token" } }] } }] },
    passes: { volumes: [{ name: "config", configMap: { name: "orders" } }] },
  }),
  podRule({
    id: "K8S-POD-004",
    title: "A pod changes no setting of its node's kernel",
    severity: "medium",
    source: "Pod Security baseline, sysctls; KSV-0026",
    why: "Settings outside a pod's own namespaces hold for every pod of the node.",
    want: "sysctls of the safe list alone",
    fix: "remove them, or ask the platform for nodes of your own",
    check: ({ spec }) =>
      blocks(at(spec, "securityContext.sysctls"))
        .filter(({ name }) => !SAFE_SYSCTLS.has(asText(name)))
        .map(({ name }) => ({ got: `sysctl ${shown(name)}` })),
    fails: { securityContext: { sysctls: [{ name: "kernel.msgmax", value: "65536" }] } },
    passes: { securityContext: { sysctls: [{ name: "net.ipv4.tcp_syncookies", value: "1" }] } },
  }),
  podRule({
    id: "K8S-POD-005",
    title: "A pod runs in no other AppArmor profile than its node's",
    severity: "high",
    source: "Pod Security baseline, AppArmor; NSA 1.9; KSV-0002",
    why: "Unconfined takes the profile away that the runtime gives every container.",
    want: "RuntimeDefault, a Localhost profile, or nothing said",
    fix: "remove the setting",
    check: ({ metadata, spec, containers }) => {
      const annotated = Object.entries(recordAt(metadata, "annotations"))
        .filter(
          ([name, value]) => name.startsWith(APPARMOR) && !/^(runtime\/default|localhost\/.+)$/.test(asText(value)),
        )
        .map(([name, value]) => ({ got: `${name} is ${shown(value)}` }));
      const unconfined = [spec, ...containers].filter(
        (each) => at(each, "securityContext.appArmorProfile.type") === "Unconfined",
      );
      return [...annotated, ...unconfined.map(() => ({ got: "appArmorProfile Unconfined" }))];
    },
    fails: oneContainer({ securityContext: { appArmorProfile: { type: "Unconfined" } } }),
    passes: oneContainer({ securityContext: { appArmorProfile: { type: "RuntimeDefault" } } }),
  }),
  podRule({
    id: "K8S-POD-006",
    title: "A pod keeps the SELinux context of containers",
    severity: "high",
    source: "Pod Security baseline, SELinux; NSA 1.8; KSV-0025",
    why: "A context of its own choice takes a container out of confinement.",
    want: "no SELinux user or role, and of types those of containers",
    fix: "remove seLinuxOptions",
    check: ({ spec, containers }) =>
      [spec, ...containers]
        .map((each) => at(each, "securityContext.seLinuxOptions"))
        .filter(isRecord)
        .filter(({ type, user, role }) => !SELINUX_TYPES.has(type as string | undefined) || isSet(user) || isSet(role))
        .map((options) => ({ got: `seLinuxOptions ${shown(options)}` })),
    fails: { securityContext: { seLinuxOptions: { type: "spc_t" } } },
    passes: { securityContext: { seLinuxOptions: { type: "container_t" } } },
  }),
  podRule({
    id: "K8S-POD-007",
    title: "A pod is no process of a Windows host",
    severity: "critical",
    source: "Pod Security baseline, HostProcess; KSV-0103",
    why: "A HostProcess container is the host.",
    want: "no windowsOptions.hostProcess",
    fix: "remove it",
    check: ({ spec, containers }) =>
      [spec, ...containers]
        .filter((each) => !isNotTrue(at(each, "securityContext.windowsOptions.hostProcess")))
        .map(() => ({ got: "windowsOptions.hostProcess true" })),
    fails: { securityContext: { windowsOptions: { hostProcess: true } } },
    passes: { securityContext: {} },
  }),
  podRule({
    id: "K8S-POD-008",
    title: "A pod gets no token for the API unasked",
    severity: "medium",
    source: "NSA 1.11; KSV-0036; CKV_K8S_38; CIS EKS 1.8 4.1.6",
    why: "A token in every pod is a way to the API for whoever gets into one.",
    want: "automountServiceAccountToken false",
    fix: "leave it as the golden path sets it; what needs the API is an add-on of the platform",
    check: ({ spec }) =>
      unless(isFalse(spec["automountServiceAccountToken"]), "automountServiceAccountToken is not false"),
    fails: { containers: [] },
    passes: { automountServiceAccountToken: false },
  }),
  podRule({
    id: "K8S-POD-009",
    title: "A pod runs under a service account of its own",
    severity: "medium",
    source: "CIS EKS 1.8 4.1.5, 5.2.1; EKS Best Practices, identity and access management",
    why: "Rights given to the default account are rights of every pod in the namespace.",
    want: "a serviceAccountName, and not default",
    fix: "leave it as the golden path sets it",
    check: ({ spec }) => {
      const name = spec["serviceAccountName"];
      return unless(isSet(name) && name !== "default", `serviceAccountName is ${shown(name)}`);
    },
    fails: { serviceAccountName: "default" },
    passes: { serviceAccountName: "orders" },
  }),
  podRule({
    id: "K8S-POD-010",
    title: "Containers of a pod do not see each other's processes",
    severity: "low",
    source: "NSA 1.3; CKV_K8S_17 by reach",
    why: "A container that is broken into reads the memory and the files of the others.",
    want: "shareProcessNamespace not true",
    fix: "remove it",
    check: ({ spec }) => unless(isNotTrue(spec["shareProcessNamespace"]), "shareProcessNamespace true"),
    fails: { shareProcessNamespace: true },
    passes: { shareProcessNamespace: false },
  }),
  podRule({
    id: "K8S-POD-011",
    title: "A pod's scratch space has an end",
    severity: "low",
    source: "EKS Best Practices, reliability; NSA 4.0",
    why: "A full disk evicts every pod of the node.",
    want: "a sizeLimit of 10Gi or less for every emptyDir",
    fix: "say how much",
    check: ({ spec }) =>
      blocks(spec["volumes"])
        .filter((volume) => isRecord(volume["emptyDir"]) && !isScratch(at(volume, "emptyDir.sizeLimit")))
        .map((volume) => ({
          got: `volume ${shown(volume["name"])} of ${shown(at(volume, "emptyDir.sizeLimit"))}`,
        })),
    fails: { volumes: [{ name: "tmp", emptyDir: {} }] },
    passes: { volumes: [{ name: "tmp", emptyDir: { sizeLimit: "256Mi" } }] },
  }),
  podRule({
    id: "K8S-POD-012",
    title: "A pod runs nowhere that was not meant for it",
    severity: "high",
    source: "Kubernetes, taints and tolerations; Kubernetes, priority classes",
    why: "A pod that tolerates everything stays on nodes that are going away, and one of the system's priority evicts all others.",
    want: "no nodeName, no toleration of every taint, no system- priority class",
    fix: "remove it",
    check: ({ spec }) => [
      ...unless(!isSet(spec["nodeName"]), `nodeName is ${shown(spec["nodeName"])}`),
      ...unless(
        !asText(spec["priorityClassName"]).startsWith("system-"),
        `priorityClassName is ${shown(spec["priorityClassName"])}`,
      ),
      ...blocks(spec["tolerations"])
        .filter(({ key, operator }) => operator === "Exists" && !isSet(key))
        .map(() => ({ got: "a toleration of every taint" })),
    ],
    fails: { tolerations: [{ operator: "Exists" }] },
    passes: { tolerations: [{ key: "batch", operator: "Exists" }] },
  }),
  containerRule({
    id: "K8S-POD-013",
    title: "A container does not run as root",
    severity: "high",
    source: "Pod Security restricted, running as non-root; NSA 1.0; KSV-0012; CKV_K8S_23",
    why: "Root in a container is root on the node as soon as one flaw of the kernel is found.",
    want: "runAsNonRoot true in force for each container",
    fix: "leave it as the golden path sets it, and give the image a user",
    check: (container, pod) =>
      unless(
        isTrue(inForce(container, pod, "runAsNonRoot")),
        `runAsNonRoot is ${shown(inForce(container, pod, "runAsNonRoot"))}`,
      ),
    fails: oneContainer({ securityContext: { runAsNonRoot: false } }),
    passes: { securityContext: { runAsNonRoot: true }, ...oneContainer({}) },
  }),
  containerRule({
    id: "K8S-POD-014",
    title: "A container's user and group are nobody's on the node",
    severity: "medium",
    source: "Pod Security restricted, running as non-root user; NSA 1.6; KSV-0029, KSV-0105; CKV_K8S_40",
    why: "Users of low numbers are there on the node too, and own its files.",
    want: "runAsUser of 10000 or more, and no group 0",
    fix: "leave it as the golden path sets it",
    check: (container, pod) => {
      const user = inForce(container, pod, "runAsUser");
      const groups = [inForce(container, pod, "runAsGroup"), at(pod.spec, "securityContext.fsGroup")];
      const supplemental = at(pod.spec, "securityContext.supplementalGroups");
      const all = [...groups, ...(Array.isArray(supplemental) ? supplemental : [])];
      return [
        ...unless(typeof user === "number" && user >= 10_000, `runAsUser is ${shown(user)}`),
        ...unless(!all.includes(0), "group 0"),
      ];
    },
    fails: oneContainer({ securityContext: { runAsUser: 0 } }),
    passes: { securityContext: { runAsUser: 10_001, runAsGroup: 10_001 }, ...oneContainer({}) },
  }),
  containerRule({
    id: "K8S-POD-015",
    title: "A container makes only the system calls of its runtime's profile",
    severity: "medium",
    source: "Pod Security restricted, seccomp; NSA 1.10; KSV-0030, KSV-0104; CKV_K8S_31",
    why: "Most ways out of a container start with a call that no service needs.",
    want: "seccompProfile RuntimeDefault or Localhost in force for each container",
    fix: "leave it as the golden path sets it",
    check: (container, pod) => {
      const type = at(inForce(container, pod, "seccompProfile"), "type");
      return unless(type === "RuntimeDefault" || type === "Localhost", `seccompProfile is ${shown(type)}`);
    },
    fails: oneContainer({ securityContext: { seccompProfile: { type: "Unconfined" } } }),
    passes: { securityContext: { seccompProfile: { type: "RuntimeDefault" } }, ...oneContainer({}) },
  }),
];
