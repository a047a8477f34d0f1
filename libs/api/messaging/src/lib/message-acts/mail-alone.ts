import { DomainError } from '@tollgate/api/kernel';
import type { MessagePreview } from '@tollgate/contracts';

/** What stands in the frame when there is no mail: its texts were removed by retention, or it never was one. */
const GONE =
  '<!doctype html><html lang="en"><body style="font:16px sans-serif">This mail can no longer be shown.</body>';

/** The HTML of a previewed mail as a page of its own. Errors are words on that page, not answers of the API. */
export async function mailAlone(
  previewed: Promise<MessagePreview>,
): Promise<{ readonly status: 200 | 404; readonly text: string }> {
  try {
    const { html } = await previewed;
    return html === null ? { status: 404, text: GONE } : { status: 200, text: html };
  } catch (error) {
    if (error instanceof DomainError && error.code === 'not_found') return { status: 404, text: GONE };
    throw error;
  }
}
