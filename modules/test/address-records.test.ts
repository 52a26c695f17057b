import type { StackKind } from "@paved/model";
import { Construct } from "constructs";
import { synth } from "@paved/testing";
import {
  allowReplace,
  forget,
  handOver,
  ImageRepository,
  importExisting,
  PavedStack,
  renamedFrom,
  retire,
  takeOver,
} from "../src";
import { dev, production, synthIn } from "./support/stacks";

const repository = (scope: Construct, id: string) => new ImageRepository(scope, id, { name: id });
const moved = (build: (stack: PavedStack) => void) =>
  synthIn(dev, build).json["moved"] as { from: string; to: string }[] | undefined;

test("without records there is no block of any kind", () => {
  const { json } = synthIn(dev, (stack) => void repository(stack, "images"));
  expect(Object.keys(json).toSorted()).toEqual(["//", "provider", "resource", "terraform"]);
});

test("renamedFrom moves the construct with everything in it", () => {
  expect(moved((stack) => renamedFrom(repository(stack, "images"), "pictures"))).toEqual([
    { from: "aws_ecr_lifecycle_policy.pictures_retention", to: "aws_ecr_lifecycle_policy.images_retention" },
    { from: "aws_ecr_repository.pictures_repository", to: "aws_ecr_repository.images_repository" },
    { from: "aws_kms_alias.pictures_key_alias", to: "aws_kms_alias.images_key_alias" },
    { from: "aws_kms_key.pictures_key_key", to: "aws_kms_key.images_key_key" },
  ]);
});

test("a construct that was nested, or taken out, moves by its path", () => {
  const nested = moved((stack) => renamedFrom(repository(new Construct(stack, "build"), "images"), "images"));
  expect(nested).toContainEqual({ from: "aws_kms_key.images_key_key", to: "aws_kms_key.build_images_key_key" });
  const out = moved((stack) => renamedFrom(repository(stack, "images"), "build/images"));
  expect(out).toContainEqual({ from: "aws_kms_key.build_images_key_key", to: "aws_kms_key.images_key_key" });
});

test("of two records around a resource the nearest counts, so that a group and what is in it can both be renamed", () => {
  const both = moved((stack) => {
    const group = new Construct(stack, "group");
    const images = repository(group, "images");
    repository(group, "charts");
    renamedFrom(group, "things");
    renamedFrom(images, "things/pictures");
  });
  expect(both).toContainEqual({ from: "aws_kms_key.things_pictures_key_key", to: "aws_kms_key.group_images_key_key" });
  expect(both).toContainEqual({ from: "aws_kms_key.things_charts_key_key", to: "aws_kms_key.group_charts_key_key" });
});

/** Where every former address of a key ends, and in how many chains. */
function ends(moves: readonly { from: string; to: string }[] = []) {
  const next = new Map(moves.map(({ from, to }) => [from, to]));
  const end = (address: string): string => (next.has(address) ? end(next.get(address)!) : address);
  const keys = [...next.keys()].filter((from) => from.startsWith("aws_kms_key."));
  expect(new Set(next.values()).size).toBe(next.size);
  return Object.fromEntries(keys.map((from) => [from.slice("aws_kms_key.".length, -"_key_key".length), end(from)]));
}

test("renames inside each other lead from every mixture of former paths, whichever was applied first", () => {
  const both = moved((stack) => {
    const api = new Construct(stack, "main");
    renamedFrom(repository(api, "ns"), "main/namespace");
    renamedFrom(api, "api", "server");
  });
  const end = "aws_kms_key.main_ns_key_key";
  expect(ends(both)).toEqual({
    main_namespace: end,
    api_namespace: end,
    api_ns: end,
    server_namespace: end,
    server_ns: end,
  });
});

test("a record within a former name of what is around it counts under every name", () => {
  const both = moved((stack) => {
    const group = new Construct(stack, "group");
    renamedFrom(repository(group, "images"), "things/pictures");
    renamedFrom(group, "things");
  });
  expect(Object.keys(ends(both)).toSorted()).toEqual(["group_pictures", "things_images", "things_pictures"]);
});

test("a mixture yields to what another resource was, is, or was said to be", () => {
  const build = (more: (stack: PavedStack, group: Construct) => void) =>
    ends(
      moved((stack) => {
        const group = new Construct(stack, "group");
        renamedFrom(repository(group, "images"), "things/pictures");
        renamedFrom(group, "things");
        more(stack, group);
      }),
    );
  const images = "aws_kms_key.group_images_key_key";
  expect(build(() => undefined)["things_images"]).toBe(images);
  const was = build((_stack, group) => renamedFrom(repository(group, "photos"), "things/images"));
  expect(was["things_images"]).toBe("aws_kms_key.group_photos_key_key");
  const retired = build((stack) => retire(stack, { path: "things/images", reason: "nobody pulls them" }));
  expect(retired).not.toHaveProperty("things_images");
});

test("several former paths make a chain, so that a state of any age gets there", () => {
  const chain = moved((stack) => renamedFrom(repository(stack, "images"), "pictures", "photos"));
  expect(chain?.filter(({ from }) => from.startsWith("aws_kms_key"))).toEqual([
    { from: "aws_kms_key.photos_key_key", to: "aws_kms_key.pictures_key_key" },
    { from: "aws_kms_key.pictures_key_key", to: "aws_kms_key.images_key_key" },
  ]);
});

test.each<[string, (stack: PavedStack) => void]>([
  ["retire", (stack) => retire(stack, { reason: "nobody pulls them" })],
  ["forget", (stack) => forget(stack, { addresses: ["kubernetes_secret_v1.api_login"], reason: "theirs" })],
  ["renamedFrom", (stack) => renamedFrom(repository(stack, "images"), "pictures")],
])("%s keeps the provider of the cluster, in which what it speaks of may stand", (_verb, record) => {
  const providers = (kind: StackKind) => Object.keys(synthIn(dev, record, kind).json["provider"] as object);
  expect(providers("service")).toEqual(["aws", "kubernetes"]);
  expect(providers("platform")).toEqual(["aws", "helm", "kubernetes"]);
  expect(providers("network")).toEqual(["aws"]);
});

test("forget has OpenTofu leave the resource in the cloud", () => {
  const { json } = synthIn(dev, (stack) => {
    forget(stack, { addresses: ["aws_ecr_repository.images_repository"], reason: "the registry team has it now" });
  });
  expect(json["removed"]).toEqual([{ from: "aws_ecr_repository.images_repository", lifecycle: { destroy: false } }]);
});

test("retire is for the check alone: what is not declared is destroyed anyway", () => {
  let records: object | undefined;
  const { json } = synthIn(dev, (stack) => {
    retire(stack, { path: "images", reason: "nobody pulls them" });
    retire(stack, { reason: "all of it" });
    records = stack.addressRecords();
  });
  expect(Object.keys(json)).not.toContain("removed");
  expect(records).toEqual({
    moved: [],
    forgotten: [],
    imported: [],
    retired: [
      { path: "images", reason: "nobody pulls them" },
      { path: "", reason: "all of it" },
    ],
  });
});

test.each([
  "",
  "Images",
  "images/",
  "a.b",
  "images_key",
  "${TfToken[TOKEN.1]}",
  "images",
  "backend",
  "aws/x",
  undefined,
  1,
])("fails with PVD1030 for a rename from %p", (path) => {
  expect(() => synthIn(dev, (stack) => renamedFrom(repository(stack, "images"), path as string))).toThrow(
    /PVD1030 dev-orders\/images: got renamedFrom.*want the path of construct ids/,
  );
});

test("fails with PVD1030 for a rename from where something still stands", () => {
  const build = (stack: PavedStack) => {
    repository(stack, "pictures");
    renamedFrom(repository(stack, "images"), "pictures");
  };
  expect(() => synthIn(dev, build)).toThrow(
    /PVD1030 dev-orders: got a record of aws_.*pictures.*, which is still there/,
  );
});

test("fails with PVD1030 for two constructs that were one", () => {
  const build = (stack: PavedStack) => {
    renamedFrom(repository(stack, "images"), "pictures");
    renamedFrom(repository(stack, "photos"), "pictures");
  };
  expect(() => synthIn(dev, build)).toThrow(/PVD1030 dev-orders: got two records of aws_.*pictures/);
});

test("fails with PVD1030 for forgetting what is still declared", () => {
  const build = (stack: PavedStack) => {
    repository(stack, "images");
    forget(stack, { addresses: ["aws_kms_key.images_key_key"], reason: "by mistake" });
  };
  expect(() => synthIn(dev, build)).toThrow(/PVD1030 .*aws_kms_key\.images_key_key, which is still there/);
});

test.each(["Images", "images/", "../x y", "images_key", ""])("fails with PVD1030 for retiring %p", (path) => {
  expect(() => synthIn(dev, (stack) => retire(stack, { path, reason: "gone" }))).toThrow(
    /PVD1030 dev-orders: got retire of .*want the path of construct ids/,
  );
});

test.each([undefined, "images", "images/key"])(
  "fails with PVD1030 for retiring %p while something stands there",
  (path) => {
    const build = (stack: PavedStack) => {
      repository(stack, "images");
      retire(stack, { path, reason: "by mistake" });
    };
    expect(() => synthIn(dev, build)).toThrow(/PVD1030 dev-orders: got retire of .*, where aws_.* still stands/);
  },
);

test.each(["image", "images/cache", "pictures"])("retires %s beside what stands", (path) => {
  const build = (stack: PavedStack) => {
    repository(stack, "images");
    retire(stack, { path, reason: "nobody pulls them" });
  };
  expect(() => synthIn(dev, build)).not.toThrow();
});

test("retires in some environments what stands in others", () => {
  const retired: unknown[] = [];
  for (const environment of [dev, production]) {
    synthIn(environment, (stack) => {
      if (environment === production) repository(stack, "images");
      retire(stack, { path: "images", environments: ["dev"], reason: "only pulled in production" });
      const all = stack.addressRecords().retired.map(({ path }) => path);
      // A repository that nobody copies from says so itself.
      retired.push(all.filter((path) => path !== "images/copying"));
    });
  }
  expect(retired).toEqual([["images"], []]);
});

test.each(["", " ", undefined])("fails with PVD1030 for the reason %p", (reason) => {
  const record = { addresses: ["aws_kms_key.images_key_key"], reason: reason as string };
  const want = /PVD1030 dev-orders: got (retire|forget) without a reason/;
  expect(() => synthIn(dev, (stack) => retire(stack, record))).toThrow(want);
  expect(() => synthIn(dev, (stack) => forget(stack, record))).toThrow(want);
});

test.each([
  "images",
  "data.aws_region.here",
  "module.x",
  "aws_kms_key.images[0]",
  "aws_kms_key",
  "aws_kms_key.a.b",
  "*",
])("fails with PVD1030 for forgetting %s, which is no address", (address) => {
  expect(() => synthIn(dev, (stack) => forget(stack, { addresses: [address], reason: "kept" }))).toThrow(
    /PVD1030 dev-orders: got forget of .*want addresses of resources/,
  );
});

describe("what records are made from, which the type checker may not have seen", () => {
  const said = (build: (stack: PavedStack) => void) => () => synthIn(dev, build);

  test.each([undefined, null, "images", {}])("fails with PVD1030 for a rename of %p", (construct) => {
    expect(said(() => renamedFrom(construct as never, "pictures"))).toThrow(
      /^PVD1030 renamedFrom: got renamedFrom with .*, want the construct that was renamed/,
    );
  });

  test("fails with PVD1030 for a rename from nowhere", () => {
    expect(said((stack) => renamedFrom(repository(stack, "images")))).toThrow(/^PVD1030 .*with no former path/);
  });

  test.each([
    [undefined, "with nothing"],
    [{}, "without a reason"],
    [{ reason: " " }, "without a reason"],
    [{ path: "../x y", reason: "x" }, 'of "../x y"'],
    [{ path: null, reason: "x" }, "of null"],
    [{ environments: "dev", reason: "x" }, 'in the environments "dev"'],
    [{ environments: ["prod"], reason: "x" }, 'in the environments ["prod"]'],
    [{ pth: "images", reason: "x" }, 'with the field "pth"'],
  ])("fails with PVD1030 for the retirement %j", (retirement, got) => {
    expect(said((stack) => retire(stack, retirement as never))).toThrow(`PVD1030 dev-orders: got retire ${got}`);
  });

  test.each([
    [undefined, "with nothing"],
    [{ reason: "x" }, "of nothing"],
    [{ addresses: [], reason: "x" }, "of []"],
    [{ addresses: ["images"], reason: "x" }, 'of "images"'],
    [{ addresses: ["aws_kms_key.a", 1], reason: "x" }, "of 1"],
    [{ addresses: ["aws_kms_key.a"] }, "without a reason"],
  ])("fails with PVD1030 for forgetting %j", (forgetting, got) => {
    expect(said((stack) => forget(stack, forgetting as never))).toThrow(`PVD1030 dev-orders: got forget ${got}`);
  });

  test.each([retire, forget, allowReplace])("fails with PVD1030 on what is no service: %p", (record) => {
    const given = { addresses: ["aws_kms_key.a"], reason: "x" } as never;
    expect(said((stack) => record(repository(stack, "images"), given))).toThrow(
      /want the service: what build is given/,
    );
    expect(() => record(undefined as never, given)).toThrow(
      /^PVD1030 (retire|forget|allowReplace): got .*with nothing/,
    );
  });
});

describe("consent to lose data", () => {
  type Records = ReturnType<PavedStack["addressRecords"]>;
  const KEY = "aws_kms_key.images_key_key";
  const consent = { address: KEY, until: "2027-01-31", reason: "encrypted with the new key by then" };
  const recordsOf = (build: (stack: PavedStack) => void, environment: Parameters<typeof synthIn>[0] = dev): Records => {
    let records!: Records;
    synthIn(environment, (stack) => {
      build(stack);
      records = stack.addressRecords();
    });
    return records;
  };

  test("allowReplace is for the pipeline alone, in the environments that it names", () => {
    const build = (stack: PavedStack): void => {
      repository(stack, "images");
      allowReplace(stack, { ...consent, environments: ["dev"] });
    };
    expect(recordsOf(build).replaceable).toEqual([consent]);
    expect(recordsOf(build, production)).not.toHaveProperty("replaceable");
  });

  test("retire may say until when it destroys data, too", () => {
    const retired = { path: "images", reason: "nobody pulls them", until: "2027-01-31" };
    expect(recordsOf((stack) => retire(stack, retired)).retired).toEqual([retired]);
  });

  test("fails with PVD1030 for making anew what is not there", () => {
    expect(() => recordsOf((stack) => allowReplace(stack, consent))).toThrow(
      /PVD1030 dev-orders: got allowReplace of aws_kms_key\.images_key_key, which is not there, .*retire it$/,
    );
  });

  test("fails with PVD1030 for a second consent to the same", () => {
    const build = (stack: PavedStack): void => {
      repository(stack, "images");
      allowReplace(stack, consent);
      allowReplace(stack, { ...consent, until: "2027-02-28" });
    };
    expect(() => recordsOf(build)).toThrow(/PVD1030 dev-orders: got a second allowReplace of aws_kms_key/);
  });

  test.each([
    [undefined, "with nothing"],
    [{ ...consent, adress: KEY }, 'with the field "adress"'],
    [{ ...consent, address: "images/key" }, 'of "images/key"'],
    [{ ...consent, address: undefined }, "of nothing"],
    [{ ...consent, until: "2027-02-30" }, 'until "2027-02-30"'],
    [{ ...consent, until: undefined }, "until nothing"],
    [{ ...consent, reason: " " }, "without a reason"],
    [{ ...consent, environments: ["prod"] }, 'in the environments ["prod"]'],
  ])("fails with PVD1030 for %j", (given, got) => {
    expect(() => synthIn(dev, (stack) => allowReplace(stack, given as never))).toThrow(
      expect.objectContaining({ message: expect.stringContaining(`got allowReplace ${got}, want`) }),
    );
  });

  test.each(["soon", 1, ""])("fails with PVD1030 for retiring until %j", (until) => {
    const build = (stack: PavedStack): void =>
      retire(stack, { path: "images", reason: "gone", until: until as string });
    expect(() => synthIn(dev, build)).toThrow(/PVD1030 dev-orders: got retire until .*want a day that exists/);
  });
});

describe("importExisting", () => {
  const address = "aws_ecr_repository.images_repository";

  test("has OpenTofu take up what stands, by its id", () => {
    const { json } = synthIn(dev, (stack) => {
      repository(stack, "images");
      importExisting(stack, { ids: { [address]: "images-2019" }, reason: "it was made by hand" });
    });
    expect(json["import"]).toEqual([{ to: address, id: "images-2019" }]);
  });

  test("holds in the environments that are named", () => {
    const imports = [dev, production].map(
      (environment) =>
        synthIn(environment, (stack) => {
          repository(stack, "images");
          importExisting(stack, { ids: { [address]: "images-2019" }, environments: ["production"], reason: "by hand" });
        }).json["import"],
    );
    expect(imports).toEqual([undefined, [{ to: address, id: "images-2019" }]]);
  });

  test("leaves what is written in an id as it is", () => {
    const { json } = synthIn(dev, (stack) => {
      repository(stack, "images");
      importExisting(stack, { ids: { [address]: '${file("x")}' }, reason: "by hand" });
    });
    expect(json["import"]).toEqual([{ to: address, id: '$${file("x")}' }]);
  });

  test("fails with PVD1030 where nothing is declared, and for two ids of one address", () => {
    const none = (stack: PavedStack) => importExisting(stack, { ids: { [address]: "images" }, reason: "by hand" });
    expect(() => synthIn(dev, none)).toThrow(
      /PVD1030 dev-orders: got importExisting of aws_ecr_.*, where nothing stands/,
    );
    const two = (stack: PavedStack) => {
      repository(stack, "images");
      for (const id of ["images", "pictures"]) importExisting(stack, { ids: { [address]: id }, reason: "by hand" });
    };
    expect(() => synthIn(dev, two)).toThrow(/PVD1030 dev-orders: got two imports of aws_ecr_/);
  });

  test.each([
    [undefined, "with nothing"],
    [{ reason: "x" }, "of nothing"],
    [{ ids: {}, reason: "x" }, "of {}"],
    [{ ids: { images: "x" }, reason: "x" }, 'of "x" as "images"'],
    [{ ids: { "aws_kms_key.a": "" }, reason: "x" }, 'of "" as "aws_kms_key.a"'],
    [{ ids: { "aws_kms_key.a": "x" } }, "without a reason"],
    [{ ids: { "aws_kms_key.a": "x" }, environments: ["prod"], reason: "x" }, "in the environments"],
  ])("fails with PVD1030 for importing %j", (existing, got) => {
    expect(() => synthIn(dev, (stack) => importExisting(stack, existing as never))).toThrow(
      `PVD1030 dev-orders: got importExisting ${got}`,
    );
  });
});

describe("a move between stacks", () => {
  const two = (give: (stack: PavedStack) => void, take: (stack: PavedStack) => void) =>
    synth((app) => {
      const stack = (name: string) =>
        new PavedStack(app, { environment: dev, name, kind: "service", owner: "commerce" });
      const [giver, taker] = [stack("orders"), stack("files")];
      give(giver);
      take(taker);
      records = [giver.addressRecords(), taker.addressRecords()];
    });
  let records: readonly object[] = [];
  const give = (stack: PavedStack) => handOver(stack, { to: "files", path: "api/images", reason: "theirs" });
  const take = (stack: PavedStack) => {
    repository(stack, "images");
    takeOver(stack, { from: "orders", path: "api/images", now: "images", reason: "ours" });
  };

  test("is forgotten by the one and imported by the other, each resource by its own address", () => {
    const { json } = two(give, take)["dev-orders"]!;
    expect(json["removed"]).toContainEqual({ from: "aws_kms_key.api_images_key_key", lifecycle: { destroy: false } });
    expect(records).toEqual([
      expect.objectContaining({
        forgotten: expect.arrayContaining([
          { address: "aws_kms_key.api_images_key_key", reason: "theirs", to: "dev-files" },
        ]),
      }),
      expect.objectContaining({
        imported: expect.arrayContaining([
          {
            address: "aws_kms_key.images_key_key",
            reason: "ours",
            from: { stack: "dev-orders", address: "aws_kms_key.api_images_key_key" },
          },
        ]),
      }),
    ]);
  });

  test.each<[string, (stack: PavedStack) => void, (stack: PavedStack) => void, RegExp]>([
    [
      "handed over alone",
      give,
      (stack) => void repository(stack, "images"),
      /dev-orders: got handOver of api\/images, /,
    ],
    ["taken over alone", () => undefined, take, /dev-files: got takeOver of api\/images, of which dev-orders says/],
    [
      "from a stack that is not there",
      () => undefined,
      (stack) => takeOver(stack, { from: "gone", path: "api/images", reason: "ours" }),
      /of which no dev-gone says nothing[\s\S]*takeOver to api\/images, where nothing stands/,
    ],
  ])("fails with PVD1030 for what is %s", (_what, giving, taking, message) => {
    expect(() => two(giving, taking)).toThrow(message);
  });

  test.each([
    [{ to: "files", path: "Api", reason: "x" }, 'handOver of "Api"'],
    [{ to: "dev files", path: "api", reason: "x" }, 'handOver to "dev files"'],
    [{ to: "files", path: "api" }, "handOver without a reason"],
    [{ to: "files", path: "api", now: "b", reason: "x" }, 'handOver with the field "now"'],
  ])("fails with PVD1030 for handing over %j", (handing, got) => {
    expect(() => synthIn(dev, (stack) => handOver(stack, handing as never))).toThrow(`PVD1030 dev-orders: got ${got}`);
  });
});
