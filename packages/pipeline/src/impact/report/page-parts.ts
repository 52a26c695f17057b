/** How the page looks, in light and in dark. */
export const STYLE = `
:root { color-scheme: light dark; --line: #d0d7de; --soft: #57606a; --bad: #b42318; --warn: #9a6700; --good: #1a7f37; --back: #fff; --panel: #f6f8fa; }
@media (prefers-color-scheme: dark) { :root { --line: #30363d; --soft: #9198a1; --bad: #ff7b72; --warn: #d29922; --good: #3fb950; --back: #0d1117; --panel: #161b22; } }
body { margin: 0 auto; max-width: 72rem; padding: 1.5rem; font: 15px/1.5 system-ui, sans-serif; background: var(--back); }
h1 { font-size: 1.5rem; margin: 0; } h2 { font-size: 1.1rem; margin: 0 0 .5rem; } h3 { font-size: .95rem; margin: 1rem 0 .25rem; color: var(--soft); }
code { font: 13px/1.4 ui-monospace, monospace; overflow-wrap: anywhere; } small, footer, summary span { color: var(--soft); }
dl { display: flex; flex-wrap: wrap; gap: .75rem; margin: 1rem 0; } dl div { border: 1px solid var(--line); border-radius: 6px; padding: .4rem .9rem; background: var(--panel); }
dt { font-size: .8rem; color: var(--soft); } dd { margin: 0; font-size: 1.3rem; font-variant-numeric: tabular-nums; }
.loss { border: 2px solid var(--bad); border-radius: 6px; padding: 1rem; margin: 1rem 0; } .loss h2 { color: var(--bad); }
.stack { border: 1px solid var(--line); border-radius: 6px; margin: .5rem 0; padding: .5rem 1rem; } summary { cursor: pointer; } summary span { margin-left: .75rem; }
ul { padding-left: 1.25rem; margin: .25rem 0; } .resources { list-style: none; padding-left: 0; } b { display: inline-block; min-width: 2rem; font-family: ui-monospace, monospace; }
.destroy, .replace { color: var(--bad); } .update, .settings { color: var(--warn); } .create { color: var(--good); }
form { display: flex; flex-wrap: wrap; gap: 1rem; margin: 1rem 0; } form[hidden] { display: none; } footer { margin-top: 2rem; font-size: .85rem; }`;

/** Narrows the list to what is chosen; without it all is shown. */
export const FILTER = `
const form = document.getElementById("filter"), stacks = [...document.querySelectorAll(".stack")];
form.hidden = stacks.length < 2;
const narrow = () => {
  const { environment, owner, word } = Object.fromEntries(new FormData(form));
  const shown = stacks.filter((stack) => {
    const fits = (!environment || stack.dataset.environment === environment) && (!owner || stack.dataset.owner === owner) &&
      (!word || stack.textContent.toLowerCase().includes(word.toLowerCase()));
    stack.hidden = !fits;
    return fits;
  });
  form.querySelector("output").value = shown.length === stacks.length ? "" : shown.length + " of " + stacks.length;
};
form.addEventListener("input", narrow);
form.addEventListener("submit", (event) => event.preventDefault());`;
