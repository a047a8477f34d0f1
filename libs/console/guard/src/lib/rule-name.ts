/** A rule of the guard in words: `unverified_ip` reads “Unverified IP”. */
export function ruleName(rule: string): string {
  const words = rule.replaceAll('_', ' ').replace(/\bip\b/, 'IP');
  return words.charAt(0).toUpperCase() + words.slice(1);
}
