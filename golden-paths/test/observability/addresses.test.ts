import { production } from "@paved/environments/src/production";
import { addresses, dashboardUid } from "../../src/observability/addresses";
import { orders } from "./observed-fixture";

const http = { service: orders, environment: production, kind: "http" } as const;

function pane(address: string | undefined) {
  const { searchParams } = new URL(address ?? "");
  return JSON.parse(searchParams.get("panes") ?? "") as unknown;
}

test("the dashboard is below the environment's Grafana", () => {
  expect(addresses(http).dashboard).toBe("https://grafana.paved.example.com/d/orders-production");
});

test("logs are those of the service's namespace", () => {
  expect(pane(addresses(http).logs)).toMatchObject({
    service: {
      datasource: "cloudwatch",
      queries: [
        {
          queryMode: "Logs",
          logGroups: [{ name: "/paved/production/pods" }],
          expression: expect.stringContaining('kubernetes.namespace_name = "orders"'),
        },
      ],
    },
  });
});

test("pods are those of the service's namespace", () => {
  expect(pane(addresses(http).pods)).toMatchObject({
    service: { datasource: "prometheus", queries: [{ expr: 'kube_pod_status_phase{namespace="orders"} == 1' }] },
  });
});

test("a site has no pods; its logs are what CloudFront writes of it", () => {
  const { logs, ...more } = addresses({ ...http, kind: "site" });
  expect(Object.keys(more)).toEqual(["dashboard", "onCall"]);
  const { pathname, searchParams } = new URL(logs);
  expect(pathname).toBe("/s3/buckets/paved-production-access-logs-333333333333");
  expect(searchParams.get("prefix")).toBe("cloudfront/paved-production-orders/");
});

test("a long name gives a uid that Grafana takes, and another name another", () => {
  const uids = ["a", "b"].map((end) => dashboardUid({ name: `${"long-".repeat(10)}${end}` }, production));
  expect(uids.map((uid) => uid.length)).toEqual([40, 40]);
  expect(uids[0]).not.toBe(uids[1]);
});
