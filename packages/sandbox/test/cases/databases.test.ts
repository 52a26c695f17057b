import { Cloud } from "../cloud";

const TYPE = "aws_db_instance";
const database = {
  identifier: "orders",
  instance_class: "db.t4g.micro",
  manage_master_user_password: true,
  skip_final_snapshot: true,
};

describe("databases", () => {
  let cloud: Cloud;
  beforeEach(() => {
    cloud = new Cloud();
  });
  afterEach(() => cloud.close());

  test.each([
    ["postgres", "17.6", "postgres17"],
    ["postgres", "9.6.24", "postgres9.6"],
    ["mysql", "8.0.43", "mysql8.0"],
    ["mariadb", "11.4.8", "mariadb11.4"],
  ])("parameters of %s %s are of the family %s, and of no other", (engine, engine_version, family) => {
    cloud.create("aws_db_parameter_group", { name: "fits", family });
    cloud.create("aws_db_parameter_group", { name: "other", family: "postgres13" });
    const create = (more: object) => cloud.create(TYPE, { ...database, engine, engine_version, ...more });
    const refused = cloud.refused(() => create({ parameter_group_name: "other" }));
    expect(refused.summary).toContain("InvalidParameterCombination: The parameter group other with");
    expect(refused).toMatchObject({ path: ["parameter_group_name"], detail: expect.stringContaining(family) });
    expect(create({ identifier: "given", parameter_group_name: "fits" }).text("parameter_group_name")).toBe("fits");
    expect(create({}).text("parameter_group_name")).toBe(`default.${family}`);
  });

  test("a later version is refused until its parameters are of that version too", () => {
    for (const name of ["postgres16", "postgres17"]) cloud.create("aws_db_parameter_group", { name, family: name });
    const config = { ...database, engine: "postgres", allow_major_version_upgrade: true };
    const created = cloud.create(TYPE, { ...config, engine_version: "16", parameter_group_name: "postgres16" });
    const update = (parameter_group_name: string) =>
      cloud.update(TYPE, created, { ...config, engine_version: "17", parameter_group_name });
    expect(cloud.refused(() => update("postgres16")).summary).toContain("updating RDS DB Instance");
    expect(update("postgres17").text("engine_version")).toBe("17");
  });
});
