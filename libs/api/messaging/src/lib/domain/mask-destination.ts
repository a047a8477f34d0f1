/** As everybody may see it: the country code and last digits of a number, the first letter and domain of a mailbox. */
export function maskDestination(to: string): string {
  if (to.startsWith('+')) return `${to.slice(0, Math.min(5, to.length - 5))}***${to.slice(-4)}`;
  const at = to.lastIndexOf('@');
  return at < 1 ? '***' : `${to.charAt(0)}***${to.slice(at)}`;
}
