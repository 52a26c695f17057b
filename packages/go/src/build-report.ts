const TAIL = 8;

/** Turns the lines of `go build -v` into a line of progress every few seconds, with an estimate of what is left. */
export class BuildReport {
  /** The last lines that Go said beside its progress, for an error. */
  readonly tail: string[] = [];
  private modules = 0;
  private packages = 0;
  private total: number | undefined;
  private compiling = 0;
  private readonly started = Date.now();

  constructor(
    private readonly title: string,
    private readonly progress: (line: string) => void,
  ) {}

  /** Says how many packages there are to compile. */
  expect(packages: number): void {
    this.total = packages;
    this.compiling = Date.now();
  }

  read(line: string): void {
    if (line.startsWith("go: downloading ")) this.modules += 1;
    else if (/^[\w./~-]+$/.test(line)) this.packages += 1;
    else this.tail.push(line);
    if (this.tail.length > TAIL) this.tail.shift();
  }

  tell(): void {
    this.progress(`${this.title}: ${this.doing()}, ${inWords(Date.now() - this.started)}`);
  }

  private doing(): string {
    if (this.total === undefined) return `downloading, ${this.modules} modules so far`;
    if (this.packages >= this.total) return `linking, ${this.packages} packages compiled`;
    if (this.packages === 0) return `compiling ${this.total} packages`;
    const pace = (Date.now() - this.compiling) / this.packages;
    const left = inWords(pace * (this.total - this.packages));
    return `compiling, ${this.packages} of ${this.total} packages, about ${left} left`;
  }
}

function inWords(milliseconds: number): string {
  const seconds = Math.round(milliseconds / 1000);
  return seconds < 120 ? `${seconds} s` : `${Math.round(seconds / 60)} min`;
}
