/** How many there are of something, as people say it: `1 stack`, `0 stacks`, `12 stacks`. */
export function quantity(count: number, one: string, many = `${one}s`): string {
  return `${count} ${count === 1 ? one : many}`;
}
