import { parseXml } from "./xml";

test("a document is read with its attributes and text", () => {
  expect(
    parseXml(`<?xml version="1.0"?><!DOCTYPE a><!-- b --><a x="1" y='&quot;'>t&amp;<b/>&#45;&#x2d;</a>\n`),
  ).toEqual({
    name: "a",
    attributes: { x: "1", y: '"' },
    text: "t&--",
    children: [{ name: "b", attributes: {}, text: "", children: [] }],
  });
});

test.each([
  "",
  "text",
  "<a>",
  "<a></b>",
  "</a>",
  "<a/><b/>",
  "<a/>text",
  "<a x=1/>",
  "<a x/>",
  '<a x="<"/>',
  '<a x="1" x="2"/>',
  '<a x="1"y="2"/>',
  "<a>&</a>",
  "<a>&nbsp;</a>",
  "<a>]]></a>",
  "<a>1 < 2</a>",
  "<a><!-- -- --></a>",
  "<a>\u0001</a>",
  "<a>\ud800</a>",
])("%j is not well-formed", (document) => expect(() => parseXml(document)).toThrow(Error));
