import { ENDPOINTS } from '@tollgate/contracts';
import { openApiOf } from './openapi';
import { referencePage } from './reference-page';

/** Everything that is made from the contract. Made again from the same contract it is the same, byte for byte. */
export function generate(): { document: string; page: string; operations: number } {
  const document = openApiOf(ENDPOINTS);
  return {
    document: `${JSON.stringify(document, null, 2)}\n`,
    page: referencePage(ENDPOINTS, document),
    operations: ENDPOINTS.length,
  };
}
