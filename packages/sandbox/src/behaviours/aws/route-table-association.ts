import { defineBehaviour, refers, unique } from "../define";

const WORDS = { doing: "creating Route Table Association", call: "EC2: AssociateRouteTable" };

export const routeTableAssociation = defineBehaviour({
  type: "aws_route_table_association",
  id: (it) => it.ec2Id("rtbassoc"),
  replaceOn: ["subnet_id", "gateway_id"],
  checks: [
    refers("route_table_id", "aws_route_table", {
      ...WORDS,
      also: [["aws_vpc", "main_route_table_id"]],
      code: "InvalidRouteTableID.NotFound",
      message: (id) => `The routeTable ID '${id}' does not exist`,
    }),
    refers("subnet_id", "aws_subnet", {
      ...WORDS,
      code: "InvalidSubnetID.NotFound",
      message: (id) => `The subnet ID '${id}' does not exist`,
    }),
    (it) =>
      it.text("subnet_id") === undefined
        ? undefined
        : unique(["subnet_id"], {
            ...WORDS,
            code: "Resource.AlreadyAssociated",
            message: (association) =>
              `the specified association for subnet ${association.text("subnet_id")} conflicts with an existing association`,
            fix: "A subnet has one route table: associate it once.",
          })(it),
  ],
  importIds: (it) => [`${it.text("subnet_id") ?? it.text("gateway_id")}/${it.text("route_table_id")}`],
});
