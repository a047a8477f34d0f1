import { spreadsheetSafe } from './spreadsheet-safe';

describe('spreadsheetSafe', () => {
  it.each(['=cmd|x', '+1+1', '-2+3', '@SUM(A1)', '\t=1', '\r=1', '|x', '%0a'])('defuses %j', (cell) => {
    expect(spreadsheetSafe(cell)).toBe(`'${cell}`);
  });

  it('leaves ordinary text, numbers and nothing alone', () => {
    expect([spreadsheetSafe('Acme = fine'), spreadsheetSafe(-5000), spreadsheetSafe(null)]).toEqual([
      'Acme = fine',
      -5000,
      null,
    ]);
  });
});
