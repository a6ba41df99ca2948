// A number with its noun, as English counts. Not formats of times or sizes.
const rules = new Intl.PluralRules('en');

/** 1 message, 2 messages. */
export function plural(n: number, one: string, other: string): string {
  return `${n} ${rules.select(n) === 'one' ? one : other}`;
}
