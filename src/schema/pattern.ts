import vm from 'node:vm';

/** A compiled `pattern`; `test` never runs longer than {@link patternLimits} allow. */
export interface Pattern {
  readonly source: string;
  test(text: string): boolean;
}

/** A `pattern` is from outside and may backtrack without end. */
export const patternLimits = {
  /** One test of a pattern that could backtrack, or of a long text. An honest pattern needs microseconds. */
  milliseconds: 200,
  /** Longer texts run under the clock whatever the pattern: even `\s*,\s*` is quadratic. */
  characters: 20_000,
} as const;

/**
 * Compiles a `pattern` as JSON Schema asks (with `u`), or without `u` where only that works (`\-` and `\_` are common in documents);
 * `undefined` where it is no regular expression. A test that runs out of time counts as a match: nobody is blamed for what was not decided.
 */
export function compilePattern(source: string): Pattern | undefined {
  const known = compiled.get(source);
  if (known !== undefined) return known;
  const regExp = regExpOf(source, 'u') ?? regExpOf(source, '');
  if (regExp === undefined) return undefined;
  const careful = remembering((text) => testUnderClock(regExp, text));
  const risky = mayBacktrack(source);
  const pattern: Pattern = {
    source,
    test: (text) => (risky || text.length > patternLimits.characters ? careful(text) : regExp.test(text)),
  };
  compiled.set(source, pattern);
  return pattern;
}

const compiled = new Map<string, Pattern>();

function regExpOf(source: string, flags: string): RegExp | undefined {
  try {
    return new RegExp(source, flags);
  } catch {
    return undefined;
  }
}

/** A quantified group that itself holds a quantifier or an alternative, or a back-reference: what exponential patterns are made of. */
function mayBacktrack(source: string): boolean {
  const plain = source.replaceAll(/\\[^\d]/g, '_').replaceAll(/\[[^\]]*\]/g, '_');
  if (/\\\d/.test(plain)) return true;
  const open: { quantified: boolean }[] = [];
  for (let index = 0; index < plain.length; index += 1) {
    const character = plain[index];
    if (character === '(') open.push({ quantified: false });
    else if (character === ')') {
      const group = open.pop();
      const next = plain[index + 1] ?? '';
      const repeated = /[*+{]/.test(next);
      if (repeated && group?.quantified) return true;
      const outer = open.at(-1);
      if (outer !== undefined && (repeated || group?.quantified)) outer.quantified = true;
    } else if (/[*+{|]/.test(character ?? '')) {
      const group = open.at(-1);
      if (group !== undefined) group.quantified = true;
    }
  }
  return false;
}

/** What was said of short texts: one value of a request or an answer is judged several times, and a test under the clock is slow. */
function remembering(test: (text: string) => boolean): (text: string) => boolean {
  const known = new Map<string, boolean>();
  return (text) => {
    if (text.length > longestRemembered) return test(text);
    const said = known.get(text) ?? test(text);
    if (known.size >= mostRemembered) known.clear();
    known.set(text, said);
    return said;
  };
}

const longestRemembered = 200;
const mostRemembered = 1000;

// A context of its own is the only way to interrupt a regular expression: the watchdog of `vm` does, at about 0.1 ms a test.
let clockContext: vm.Context | undefined;
const clockScript = new vm.Script('regExp.test(text)');

function testUnderClock(regExp: RegExp, text: string): boolean {
  clockContext ??= vm.createContext(Object.create(null) as object);
  clockContext['regExp'] = regExp;
  clockContext['text'] = text;
  try {
    return clockScript.runInContext(clockContext, { timeout: patternLimits.milliseconds }) === true;
  } catch {
    return true;
  }
}
