/**
 * Text that a spreadsheet would run as a formula gets an apostrophe in front (OWASP, CSV injection). Numbers stay
 * numbers, so a negative amount is not text.
 */
export function spreadsheetSafe(cell: string | number | null): string | number | null {
  return typeof cell === 'string' && /^[=+\-@\t\r\n|%]/.test(cell) ? `'${cell}` : cell;
}
