import { aFlag, aNumber, aText, fields, holding, is, like, listOf, type Shape, someOf } from "../rule/shape";

const quantity = like(/\d+(\.\d+)?(m|Ki|Mi|Gi)?/);
const amounts = fields({ cpu: quantity, memory: quantity });

/** What a container is promised, and its ceiling. */
export const resources = fields({ requests: amounts, limits: amounts }, "requests", "limits");

/** How many pods of an add-on may be away. */
export const budget = fields({ enabled: aFlag, minAvailable: aNumber, maxUnavailable: aNumber });

/** Whether an add-on is scraped, and where its monitor is. */
export const monitor = fields({ enabled: aFlag, namespace: aText });

/** The figures of an add-on. */
export const metrics = fields({ enabled: aFlag, serviceMonitor: monitor });

/** A service account of the add-on's own. Rights of its own are the chart's to give. */
export const serviceAccount = fields(
  { create: is(true), name: aText, automountServiceAccountToken: is(false) },
  "create",
);

/** Where its pods stand apart. */
export const spread = listOf(
  fields({
    maxSkew: aNumber,
    topologyKey: is("kubernetes.io/hostname", "topology.kubernetes.io/zone"),
    whenUnsatisfiable: is("ScheduleAnyway", "DoNotSchedule"),
    labelSelector: fields({
      matchLabels: fields({ "app.kubernetes.io/name": aText, "app.kubernetes.io/instance": aText }),
    }),
  }),
);

/** Goes before services when there is no room for all. */
export const priority = is("system-cluster-critical", "system-node-critical");

const nobody = holding((value) => typeof value === "number" && value > 0);

/** Settings of pods that make them less than the chart's own do. */
export const podSecurity = fields({
  runAsNonRoot: is(true),
  runAsUser: nobody,
  runAsGroup: nobody,
  fsGroup: nobody,
  seccompProfile: fields({ type: is("RuntimeDefault") }, "type"),
});

/** Settings of a container that neither becomes more than it is, nor changes its image. */
export const containerSecurity = fields(
  {
    runAsNonRoot: is(true),
    allowPrivilegeEscalation: is(false),
    capabilities: fields({ drop: someOf(is("ALL")) }, "drop"),
    readOnlyRootFilesystem: is(true),
  },
  "allowPrivilegeEscalation",
  "capabilities",
  "readOnlyRootFilesystem",
);

/** A volume on the platform's encrypted disks. */
export const volume: Shape = fields({
  volumeClaimTemplate: fields({
    spec: fields(
      {
        storageClassName: is("gp3-encrypted"),
        accessModes: listOf(is("ReadWriteOnce")),
        resources: fields({ requests: fields({ storage: quantity }) }),
      },
      "storageClassName",
    ),
  }),
});
