import { newId, RequestContext, type Principal } from '@tollgate/api/kernel';

/** Runs as a request from this address would. */
export function inRequest<T>(
  facts: { readonly address?: string; readonly userAgent?: string; readonly principal?: Principal },
  fn: () => Promise<T>,
): Promise<T> {
  const address = facts.address ?? '203.0.113.7';
  return RequestContext.run(
    {
      requestId: newId('req'),
      addresses: { effective: address, forwarded: null, remote: address },
      userAgent: facts.userAgent ?? null,
      principal: facts.principal ?? null,
      clockShiftMs: 0,
    },
    fn,
  );
}
