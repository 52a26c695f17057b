import { DELIVERED_KINDS, deliveryFolder, platformApplication, serviceApplication, teamProject } from "../src";
import { dev, orders, production } from "./service-fixture";

test("snapshot: a service's application, in dev", () => {
  expect(serviceApplication(dev, orders)).toMatchSnapshot();
});

test("snapshot: the platform's application, in production", () => {
  expect(platformApplication(production)).toMatchSnapshot();
});

test.each([
  ["a service's", serviceApplication(dev, orders)],
  ["the platform's", platformApplication(dev)],
])(
  "%s application waits for what is applied later: it is tried without an end, with what Git says by then",
  (_, made) => {
    const { spec } = made as { spec?: { syncPolicy: { retry: object } } };
    expect(spec?.syncPolicy.retry).toEqual({
      limit: -1,
      refresh: true,
      backoff: { duration: "10s", factor: 2, maxDuration: "3m" },
    });
  },
);

test("snapshot: a team's project, in dev", () => {
  expect(teamProject(dev, "commerce", ["inventory", "orders"])).toMatchSnapshot();
});

test("an application syncs its folder to its service's namespace, in its team's project", () => {
  expect(serviceApplication(production, orders)).toMatchObject({
    spec: {
      project: "team-commerce",
      source: { repoURL: production.delivery.repository, path: deliveryFolder(production, "orders") },
      destination: { namespace: "orders" },
    },
  });
});

test("what is changed in the cluster by hand is put back, and what is gone from Git goes", () => {
  expect(serviceApplication(dev, orders)).toMatchObject({
    metadata: { finalizers: ["resources-finalizer.argocd.argoproj.io"] },
    spec: { syncPolicy: { automated: { prune: true, selfHeal: true, allowEmpty: false } } },
  });
});

test("a team's project stays until its last application has gone with what it delivered", () => {
  expect(teamProject(dev, "commerce", ["orders"])).toHaveProperty("metadata.finalizers", [
    "resources-finalizer.argocd.argoproj.io",
  ]);
});

test("what the platform delivers goes with its application where the environment may be destroyed, and stays where it is protected", () => {
  expect([dev.protected, production.protected]).toEqual([false, true]);
  expect(platformApplication(dev)).toHaveProperty("metadata.finalizers", ["resources-finalizer.argocd.argoproj.io"]);
  expect(platformApplication(production)).not.toHaveProperty("metadata.finalizers");
});

test("a team reaches its own namespaces, from the one repository, with kinds of golden paths and nothing of the cluster", () => {
  expect(teamProject(dev, "commerce", ["orders"])).toMatchObject({
    spec: {
      sourceRepos: [dev.delivery.repository],
      destinations: [{ namespace: "orders" }],
      clusterResourceWhitelist: [],
      namespaceResourceWhitelist: DELIVERED_KINDS,
    },
  });
  expect(DELIVERED_KINDS.map(({ kind }) => kind as string)).not.toEqual(
    expect.arrayContaining([expect.stringMatching(/Secret$(?<!ExternalSecret)|Role|Namespace|ServiceAccount/)]),
  );
});

test("production is synced by itself within its window alone, by somebody at any time, and dev whenever something changes", () => {
  expect(teamProject(production, "commerce", ["orders"])).toMatchObject({
    spec: {
      syncWindows: [
        {
          kind: "allow",
          schedule: "0 9 * * 1-5",
          duration: "8h",
          timeZone: "Europe/Dublin",
          applications: ["*"],
          manualSync: true,
        },
      ],
    },
  });
  expect(teamProject(dev, "commerce", ["orders"])).not.toHaveProperty("spec.syncWindows");
});

test("the team's people see their applications and sync them, and change nothing of them", () => {
  expect(teamProject(dev, "commerce", ["orders"])).toMatchObject({
    spec: {
      roles: [
        {
          groups: ["team:commerce"],
          policies: [
            "p, proj:team-commerce:team, applications, get, team-commerce/*, allow",
            "p, proj:team-commerce:team, applications, sync, team-commerce/*, allow",
          ],
        },
      ],
    },
  });
});
