/**
 * Regular expressions that cannot hang: a small syntax, matched by simulating its automaton, in time proportional to
 * pattern × text whatever both are. Staff write these patterns, strangers' servers write the texts.
 *
 * Syntax: literals, `.`, classes `[a-z]` `[^…]`, `\d \w \s \D \W \S`, escapes, `( )`, `(?: )`, `|`, `* + ?`, `{n}`, `{n,m}` (m ≤ 50),
 * `^` and `$` for the ends of the text, and a leading `(?i)`. No look-around, no back-references.
 */
export class LinearRegex {
  private constructor(
    private readonly states: readonly State[],
    private readonly start: number,
  ) {}

  /** Throws a `SyntaxError` that says what is wrong and where. */
  static compile(pattern: string): LinearRegex {
    if (pattern.length > 200) throw new SyntaxError('a pattern has at most 200 characters');
    const ignoreCase = pattern.startsWith('(?i)');
    const parser = new Parser(ignoreCase ? pattern.slice(4) : pattern, ignoreCase);
    const builder = new Builder();
    const start = builder.build(parser.parse(), builder.add({ kind: 'match' }));
    return new LinearRegex(builder.states, start);
  }

  /** Whether the pattern is found anywhere in the text. */
  test(text: string): boolean {
    let current = new Set<number>();
    for (let at = 0; at <= text.length; at += 1) {
      this.enter(this.start, at, text.length, current);
      const next = new Set<number>();
      for (const index of current) {
        const state = this.states[index];
        if (state?.kind === 'match') return true;
        if (state?.kind !== 'one' || at === text.length) continue;
        if (state.test(text.charAt(at))) this.enter(state.next, at + 1, text.length, next);
      }
      current = next;
    }
    return [...current].some((index) => this.states[index]?.kind === 'match');
  }

  private enter(from: number, at: number, end: number, into: Set<number>): void {
    const stack = [from];
    for (let index = stack.pop(); index !== undefined; index = stack.pop()) {
      if (into.has(index)) continue;
      into.add(index);
      const state = this.states[index];
      if (state?.kind === 'split') stack.push(state.a, state.b);
      if (state?.kind === 'anchor' && at === (state.end ? end : 0)) stack.push(state.next);
    }
  }
}

type Test = (character: string) => boolean;
type State =
  | { kind: 'match' }
  | { kind: 'one'; test: Test; next: number }
  | { kind: 'split'; a: number; b: number }
  | { kind: 'anchor'; end: boolean; next: number };
type Node =
  | { kind: 'one'; test: Test }
  | { kind: 'anchor'; end: boolean }
  | { kind: 'sequence'; items: Node[] }
  | { kind: 'either'; items: Node[] }
  | { kind: 'repeat'; item: Node; min: number; max: number | null };

const MAX_STATES = 2_000;

class Builder {
  readonly states: State[] = [];

  add(state: State): number {
    if (this.states.length >= MAX_STATES) throw new SyntaxError('the pattern repeats too much');
    return this.states.push(state) - 1;
  }

  /** Returns the state at which the node begins; it goes on at `next`. */
  build(node: Node, next: number): number {
    switch (node.kind) {
      case 'one':
        return this.add({ kind: 'one', test: node.test, next });
      case 'anchor':
        return this.add({ kind: 'anchor', end: node.end, next });
      case 'sequence':
        return node.items.reduceRight((after, item) => this.build(item, after), next);
      case 'either':
        return node.items
          .map((item) => this.build(item, next))
          .reduceRight((b, a) => this.add({ kind: 'split', a, b }));
      case 'repeat':
        return this.repeat(node, next);
    }
  }

  private repeat(node: Node & { kind: 'repeat' }, next: number): number {
    let after = next;
    if (node.max === null) {
      const loop = { kind: 'split', a: 0, b: next } as const satisfies State;
      const index = this.add({ ...loop });
      this.states[index] = { ...loop, a: this.build(node.item, index) };
      after = index;
    } else {
      for (let i = node.min; i < node.max; i += 1)
        after = this.add({ kind: 'split', a: this.build(node.item, after), b: next });
    }
    for (let i = 0; i < node.min; i += 1) after = this.build(node.item, after);
    return after;
  }
}

const digit: Test = (c) => c >= '0' && c <= '9';
const word: Test = (c) => /^\w$/.test(c);
const space: Test = (c) => /^\s$/.test(c);
const not =
  (test: Test): Test =>
  (c) =>
    !test(c);
const CLASSES: Readonly<Record<string, Test>> = {
  d: digit,
  D: not(digit),
  w: word,
  W: not(word),
  s: space,
  S: not(space),
};
const ESCAPES: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t' };

class Parser {
  private at = 0;
  private depth = 0;

  constructor(
    private readonly source: string,
    private readonly ignoreCase: boolean,
  ) {}

  parse(): Node {
    const node = this.either();
    if (this.at < this.source.length) this.fail('unexpected )');
    return node;
  }

  private either(): Node {
    const items = [this.sequence()];
    while (this.take('|')) items.push(this.sequence());
    return items.length === 1 && items[0] !== undefined ? items[0] : { kind: 'either', items };
  }

  private sequence(): Node {
    const items: Node[] = [];
    while (this.at < this.source.length && !'|)'.includes(this.peek())) items.push(this.repeated());
    return { kind: 'sequence', items };
  }

  private repeated(): Node {
    let node = this.atom();
    for (;;) {
      if (this.take('*')) node = { kind: 'repeat', item: node, min: 0, max: null };
      else if (this.take('+')) node = { kind: 'repeat', item: node, min: 1, max: null };
      else if (this.take('?')) node = { kind: 'repeat', item: node, min: 0, max: 1 };
      else if (this.peek() === '{') node = this.counted(node);
      else return node;
      // A lazy mark changes which match is found, never whether there is one.
      this.take('?');
    }
  }

  private counted(item: Node): Node {
    const match = /^\{(\d{1,2})(?:(,)(\d{1,2})?)?\}/.exec(this.source.slice(this.at));
    if (match === null) return this.fail('{ must be {n}, {n,} or {n,m}; write \\{ for the character');
    this.at += match[0].length;
    const min = Number(match[1]);
    const max = match[2] === undefined ? min : match[3] === undefined ? null : Number(match[3]);
    if (min > 50 || (max !== null && (max > 50 || max < min))) this.fail('counts go up to 50');
    return { kind: 'repeat', item, min, max };
  }

  private atom(): Node {
    const c = this.source.charAt(this.at);
    this.at += 1;
    switch (c) {
      case '(':
        return this.group();
      case '[':
        return { kind: 'one', test: this.charClass() };
      case '.':
        return { kind: 'one', test: (x) => x !== '\n' };
      case '^':
        return { kind: 'anchor', end: false };
      case '$':
        return { kind: 'anchor', end: true };
      case '\\':
        return { kind: 'one', test: this.escaped() };
      case '*':
      case '+':
      case '?':
      case '{':
        return this.fail(`nothing to repeat before ${c}`);
      default:
        return { kind: 'one', test: this.fold((x) => x === c) };
    }
  }

  private group(): Node {
    if (this.source.startsWith('?:', this.at)) this.at += 2;
    else if (this.peek() === '?') this.fail('only (?: is understood');
    this.depth += 1;
    if (this.depth > 20) this.fail('too deeply nested');
    const node = this.either();
    if (!this.take(')')) this.fail('a ( is not closed');
    this.depth -= 1;
    return node;
  }

  private escaped(): Test {
    const c = this.source.charAt(this.at);
    if (c === '') this.fail('\\ at the end');
    this.at += 1;
    const named = CLASSES[c];
    if (named !== undefined) return named;
    if (/[a-zA-Z0-9]/.test(c) && ESCAPES[c] === undefined) this.fail(`\\${c} is not understood`);
    const literal = ESCAPES[c] ?? c;
    return this.fold((x) => x === literal);
  }

  private charClass(): Test {
    const negated = this.take('^');
    const tests: Test[] = [];
    while (this.peek() !== ']') {
      if (this.at >= this.source.length) this.fail('a [ is not closed');
      tests.push(this.classItem());
    }
    this.at += 1;
    const any: Test = (x) => tests.some((test) => test(x));
    return negated ? not(any) : any;
  }

  private classItem(): Test {
    if (this.take('\\')) return this.escaped();
    const from = this.source.charAt(this.at);
    this.at += 1;
    const to = this.source.charAt(this.at + 1);
    if (this.peek() !== '-' || to === ']' || to === '') return this.fold((x) => x === from);
    if (to === '\\') this.fail('a range ends with a plain character');
    if (to < from) this.fail(`the range ${from}-${to} is empty`);
    this.at += 2;
    return this.fold((x) => x >= from && x <= to);
  }

  /** Case is folded at the leaves, so that a negated class negates the folded one. */
  private fold(test: Test): Test {
    return this.ignoreCase ? (x) => test(x) || test(x.toLowerCase()) || test(x.toUpperCase()) : test;
  }

  private peek(): string {
    return this.source.charAt(this.at);
  }

  private take(c: string): boolean {
    if (this.peek() !== c) return false;
    this.at += 1;
    return true;
  }

  private fail(message: string): never {
    throw new SyntaxError(`${message}, at character ${String(this.at)}`);
  }
}
