import { defineBehaviour, refers, unique } from "../define";

const WORDS = { doing: "creating EC2 Internet Gateway", call: "EC2: AttachInternetGateway" };

export const internetGateway = defineBehaviour({
  type: "aws_internet_gateway",
  id: (it) => it.ec2Id("igw"),
  arn: (it) => it.arn("ec2", `internet-gateway/${it.id}`),
  computed: (it) => ({ owner_id: it.place.account }),
  checks: [
    refers("vpc_id", "aws_vpc", {
      ...WORDS,
      code: "InvalidVpcID.NotFound",
      message: (id) => `The vpc ID '${id}' does not exist`,
    }),
    (it) =>
      it.text("vpc_id") === undefined
        ? undefined
        : unique(["vpc_id"], {
            ...WORDS,
            code: "InvalidParameterValue",
            message: (gateway) => `Network ${gateway.text("vpc_id")} already has an internet gateway attached`,
            fix: "A VPC has one internet gateway: use the one it has.",
          })(it),
  ],
});
