import { differenceOf } from "../cost";
import type { Impact, StackImpact } from "../impact";
import { PRICES } from "../price-table";
import { FILTER, STYLE } from "./page-parts";
import { saidTogether, stacksInWords } from "./together";
import { ACTION_SIGNS, ACTION_WORDS, becauseInWords, countsInWords, differenceInWords, dollars } from "./words";

/** What is compared, for the page's head. */
export interface PageFacts {
  readonly base: string;
  readonly head: string;
}

/**
 * What a change does, as one page that needs nothing else: no network, no script to be read. With a script it can be
 * narrowed to an environment, a team, or a word.
 */
export function impactHtml(impact: Impact, { base, head }: PageFacts): string {
  const { stacks, counts, delivered, monthly } = impact;
  const words =
    stacks.length === 0
      ? "Nothing: what is synthesized is the same."
      : countsInWords(counts) || "No resource is touched";
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>What ${escaped(head)} changes</title>
<style>${STYLE}</style>
</head>
<body>
<header>
<h1>What <code>${escaped(head)}</code> changes</h1>
<p>Compared with <code>${escaped(base)}</code>. ${escaped(words)}.</p>
<dl>
${figure("stacks", stacks.length)}${figure("destroyed", counts.destroy)}${figure("replaced", counts.replace)}${figure("updated", counts.update)}${figure("created", counts.create)}${figure("manifests", delivered)}${figure("$ a month", dollars(monthly))}
</dl>
</header>
<main>
${losses(impact)}
<form id="filter" hidden>${select(
    "environment",
    stacks.map((each) => each.environment),
  )}${select(
    "owner",
    stacks.map((each) => each.owner),
  )}<label>containing <input name="word" type="search"></label> <output></output></form>
${stacks.map(section).join("\n")}
</main>
<footer>Cost is an estimate: list prices of ${escaped(PRICES.region)}, ${escaped(PRICES.date)}, of what is billed by the hour or month. Replacements are what the providers' documentation says of attributes; the plan has the last word.</footer>
<script>${FILTER}</script>
</body>
</html>
`;
}

function figure(name: string, value: number | string): string {
  return `<div><dt>${escaped(name)}</dt><dd>${escaped(String(value))}</dd></div>`;
}

function select(name: string, values: readonly string[]): string {
  const options = [...new Set(values)].toSorted().map((value) => `<option>${escaped(value)}</option>`);
  return `<label>${name} <select name="${name}"><option value="">every</option>${options.join("")}</select></label> `;
}

function losses({ losses: all }: Impact): string {
  if (all.length === 0) return "";
  const said = all.map((loss) => {
    const why = [becauseInWords(loss), loss.source ?? ""].filter((each) => each !== "").join("; ");
    const text = `<code>${escaped(loss.address)}</code> ${ACTION_WORDS[loss.action]}, and with it ${escaped(loss.loses)}<br><small>${escaped(why)}</small>`;
    return { stack: loss.stack, text };
  });
  const items = saidTogether(said).map(
    ({ stacks, text }) => `<li><strong>${escaped(stacksInWords(stacks))}</strong> ${text}</li>`,
  );
  return `<section class="loss" role="alert"><h2>${all.length} that hold something would be lost</h2><ul>${items.join("")}</ul></section>`;
}

function section(stack: StackImpact): string {
  const { name, environment, service, owner, effects, deliveries, permissions, costs, settings } = stack;
  const cost = costs.length === 0 ? "" : `, ${dollars(costs.reduce((sum, each) => sum + differenceOf(each), 0))} $`;
  const risky = effects.some(({ loses }) => loses !== undefined);
  return `<details class="stack" data-environment="${escaped(environment)}" data-owner="${escaped(owner)}"${risky ? " open" : ""}>
<summary><strong>${escaped(name)}</strong> <span>${escaped(owner)}${service === undefined ? "" : `, ${escaped(service)}`}</span> <span>${effects.length} resources, ${deliveries.length} manifests${escaped(cost)}</span></summary>
${part(
  "Resources",
  effects.map((effect) =>
    item(
      `<b class="${effect.action}" title="${ACTION_WORDS[effect.action]}">${escaped(ACTION_SIGNS[effect.action])}</b> <code>${escaped(effect.address)}</code>`,
      [effect.from === undefined ? "" : `from ${effect.from}`, becauseInWords(effect), effect.source ?? ""],
      effect.attributes.map(differenceInWords),
    ),
  ),
)}${part(
    "Manifests",
    deliveries.map(({ kind, name: object, change, attributes }) =>
      item(`${escaped(change)} <code>${escaped(`${kind} ${object}`)}</code>`, [], attributes.map(differenceInWords)),
    ),
  )}${part(
    "Permissions",
    permissions.map(({ subject, granted, withdrawn }) =>
      item(
        `<code>${escaped(subject)}</code>`,
        [],
        [...granted.map((each) => `now: ${each}`), ...withdrawn.map((each) => `no more: ${each}`)],
      ),
    ),
  )}${part(
    "Cost",
    costs.map((each) =>
      item(`<code>${escaped(each.address)}</code> ${escaped(dollars(differenceOf(each)))} $ a month`, [], []),
    ),
  )}${part(
    "Settings of the stack",
    settings.map((path) => item(`<code>${escaped(path)}</code>`, [], [])),
  )}</details>`;
}

function part(title: string, items: readonly string[]): string {
  // What has a sign of its own needs no bullet.
  const list = title === "Resources" ? '<ul class="resources">' : "<ul>";
  return items.length === 0 ? "" : `<h3>${title}</h3>${list}${items.join("")}</ul>`;
}

function item(head: string, notes: readonly string[], lines: readonly string[]): string {
  const said = notes.filter((note) => note !== "").map((note) => ` <small>${escaped(note)}</small>`);
  const list = lines.map((line) => `<li><code>${escaped(line)}</code></li>`);
  return `<li>${head}${said.join("")}${list.length === 0 ? "" : `<ul>${list.join("")}</ul>`}</li>`;
}

function escaped(text: string): string {
  const signs: Readonly<Record<string, string>> = {
    "&": "&amp;",
    "<": "&lt;",
    ">": "&gt;",
    '"': "&quot;",
    "'": "&#39;",
  };
  return text.replace(/[&<>"']/g, (sign) => signs[sign] as string);
}
