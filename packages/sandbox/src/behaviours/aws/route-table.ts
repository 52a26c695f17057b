import { defineBehaviour, notUsedBy, refers } from "../define";

export const routeTable = defineBehaviour({
  type: "aws_route_table",
  id: (it) => it.ec2Id("rtb"),
  arn: (it) => it.arn("ec2", `route-table/${it.id}`),
  replaceOn: ["vpc_id"],
  computed: (it) => ({ owner_id: it.place.account }),
  checks: [
    refers("vpc_id", "aws_vpc", {
      doing: "creating EC2 Route Table",
      call: "EC2: CreateRouteTable",
      code: "InvalidVpcID.NotFound",
      message: (id) => `The vpc ID '${id}' does not exist`,
    }),
  ],
  canDelete: [
    notUsedBy([{ type: "aws_route_table_association", attribute: "route_table_id" }], {
      doing: "deleting EC2 Route Table",
      call: "EC2: DeleteRouteTable",
      code: "DependencyViolation",
      message: (it) => `The routeTable '${it.id}' has dependencies and cannot be deleted.`,
    }),
  ],
});
