import { awsRefusal, type Check } from "../define";

/** Engines whose families of parameters are named after one part of the version; PostgreSQL's are since 10. */
const ONE_PART = ["postgres", "aurora-postgresql"];

/** The family of parameters that databases of an engine and a version can use, for example `postgres17`, `mysql8.0`. */
export function parameterFamilyOf(engine: string, version: string): string {
  const parts = version.split(".");
  const kept = ONE_PART.includes(engine) && Number(parts[0]) >= 10 ? 1 : 2;
  return `${engine}${parts.slice(0, kept).join(".")}`;
}

/** A database's parameter group is of the family of its engine and version. Source: Amazon RDS, parameter groups. */
export const parametersFit: Check = (it) => {
  const [name, engine, version] = [it.text("parameter_group_name"), it.text("engine"), it.text("engine_version")];
  const given = it.find("aws_db_parameter_group", "name", name)?.text("family");
  if (given === undefined || engine === undefined || version === undefined) return;
  const wanted = parameterFamilyOf(engine, version);
  if (given === wanted) return;
  throw awsRefusal(it, {
    doing: `${it.prior === undefined ? "creating" : "updating"} RDS DB Instance`,
    call: `RDS: ${it.prior === undefined ? "Create" : "Modify"}DBInstance`,
    code: "InvalidParameterCombination",
    message: `The parameter group ${name} with DBParameterGroupFamily ${given} can't be used for this instance.`,
    fix: `Use a parameter group with the family ${wanted}.`,
    path: "parameter_group_name",
  });
};
