import type { ChargeLine, LedgerSource, Operation, Quote } from '@tollgate/api/credits';

const WORDS: Readonly<Record<Operation, string>> = {
  'verification.start': 'Verification',
  'verification.check': 'Check of a verification',
  'send.sms': 'SMS',
  'send.email': 'E-mail',
  'send.mobile': 'Authenticator',
};

/** A line as the credit history shows it: `SMS to ZA`. */
export function chargeLine(quote: Quote, source: LedgerSource): ChargeLine {
  const country = quote.country ?? null;
  const description = country === null ? WORDS[quote.operation] : `${WORDS[quote.operation]} to ${country}`;
  return { quote, source, description };
}
