import { ARGO_CD_FINALIZER, deliveredApplication } from "../rule/argo-application";
import { teamProject } from "../rule/argo-project";
import { asText, at, shown, texts, unless } from "../rule/attributes";
import { type Attributes, type ManifestRule, manifestRule, type ManifestSubject, type Violation } from "../rule/rule";

const nameOf = ({ manifest }: ManifestSubject): string => asText(at(manifest, "metadata.name"));

/** Exactly these, in one that is judged. */
function finalizedBy({ manifest }: ManifestSubject, finalizers: readonly string[]): readonly Violation[] {
  const has = texts(at(manifest, "metadata.finalizers"));
  return unless(has.join() === finalizers.join(), `finalizers ${shown(has)}`);
}

const finalizers = [ARGO_CD_FINALIZER];

const application = (spec: Attributes): object => ({
  kind: "Application",
  metadata: { name: "orders", namespace: "argocd", finalizers },
  spec: {
    project: "team-commerce",
    source: {
      repoURL: "https://git.example.com/platform",
      targetRevision: "delivery",
      path: "gitops/production/orders",
    },
    destination: { server: "https://kubernetes.default.svc", namespace: "orders" },
    syncPolicy: { automated: { prune: true, selfHeal: true } },
    ...spec,
  },
});

const window = { kind: "allow", schedule: "0 9 * * 1-5", duration: "8h", timeZone: "Europe/Dublin" };
const syncWindows = [{ ...window, applications: ["*"], manualSync: true }];

const project = (spec: Attributes): object => ({
  kind: "AppProject",
  metadata: { name: "team-commerce", namespace: "argocd", finalizers },
  spec: {
    sourceRepos: ["https://git.example.com/platform"],
    destinations: [{ namespace: "orders", server: "https://kubernetes.default.svc" }],
    namespaceResourceWhitelist: [{ group: "apps", kind: "Deployment" }],
    syncWindows,
    ...spec,
  },
});

/** Rules on what tells Argo CD what to deliver. The first of these, which come with a chart, are judged by HELM-007. */
export const argoCdRules: readonly ManifestRule[] = [
  manifestRule({
    id: "K8S-DLV-007",
    title: "A project of Argo CD ends where the team's services end",
    severity: "critical",
    source: "Argo CD, projects and security; CIS EKS 1.8 4.5.1",
    why: "Argo CD may do everything: what a project allows is what its teams may do.",
    want: "a project team-…, from the environment's repository, to the namespaces of its own applications in this cluster, with kinds that golden paths deliver, none of the whole cluster, a role that looks and syncs, the environment's sync window where it has one, and Argo CD's finalizer, by which it stays until its last application is gone",
    fix: "leave the project as the platform makes it; kinds are listed in packages/policy/src/rule/delivered-kinds.ts",
    judges: ["AppProject"],
    check: (subject) => {
      const name = nameOf(subject);
      const namespaces = subject
        .siblings("Application")
        .filter(({ manifest }) => at(manifest, "spec.project") === name)
        .map((each) => asText(at(each.manifest, "spec.destination.namespace")));
      return [
        ...unless(name.startsWith("team-"), `the project ${shown(name)}`),
        ...finalizedBy(subject, finalizers),
        ...teamProject(subject.environment, name, namespaces)(subject.manifest["spec"], ""),
      ];
    },
    fails: [project({ sourceRepos: ["*"], destinations: [{ namespace: "*", server: "*" }] }), application({})],
    passes: [project({}), application({})],
  }),
  manifestRule({
    id: "K8S-DLV-008",
    title: "What runs is what Git says",
    severity: "high",
    source: "OpenGitOps principles 1.0.0; Argo CD, automated sync, diff customization and sync options",
    why: "A change made by hand otherwise stays, and nobody knows of it; another source delivers what nobody reviewed.",
    want: "the environment's repository and revision, the folder and namespace of its own name, automated with prune and selfHeal, nothing that renders, ignores, replaces or forces, and Argo CD's finalizer, by which what it delivered goes with it: all but the platform's own, where the environment is protected",
    fix: "leave the application as the platform makes it; sync options are listed in packages/policy/src/rule/argo-application.ts",
    judges: ["Application"],
    check: (subject) => [
      // With a dot it is called like one of those that come with Argo CD, and replaces it.
      ...unless(/^[a-z0-9-]+$/.test(nameOf(subject)), `the application ${shown(nameOf(subject))}`),
      ...finalizedBy(subject, nameOf(subject) === "platform" && subject.environment.protected ? [] : finalizers),
      ...deliveredApplication(subject.environment, nameOf(subject))(subject.manifest["spec"], ""),
    ],
    fails: [application({ ignoreDifferences: [{ group: "apps", kind: "Deployment", jsonPointers: ["/spec"] }] })],
    passes: [application({})],
  }),
];
