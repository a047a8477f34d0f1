import { DomainError } from '@tollgate/api/kernel';

/**
 * Asks again while the service says that it cannot just now, as a client does: a storm of a thousand calls may meet a
 * full connection pool on a busy machine. What it must not do is answer wrongly.
 */
export async function patiently<T>(act: () => Promise<T>): Promise<T> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await act();
    } catch (error) {
      if (!(error instanceof DomainError) || error.code !== 'unavailable' || tries > 200) throw error;
      await new Promise((resolve) => setTimeout(resolve, 20 + Math.random() * 100));
    }
  }
}
