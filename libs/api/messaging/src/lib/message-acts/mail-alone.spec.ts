import { DomainError } from '@tollgate/api/kernel';
import type { MessagePreview } from '@tollgate/contracts';
import { mailAlone } from './mail-alone';

const preview = (html: string | null): Promise<MessagePreview> =>
  Promise.resolve({ subject: 'Hello', text: 'Hello', html, segments: null, code_shown: false });

describe('a mail as a page of its own', () => {
  it('is its HTML', async () => {
    expect(await mailAlone(preview('<p>Hello</p>'))).toEqual({ status: 200, text: '<p>Hello</p>' });
  });

  it('says that there is none, for a text message and for what retention removed', async () => {
    const gone = { status: 404, text: expect.stringContaining('can no longer be shown') as string };
    expect(await mailAlone(preview(null))).toEqual(gone);
    expect(await mailAlone(Promise.reject(new DomainError('not_found')))).toEqual(gone);
  });

  it('hides no other failure', async () => {
    await expect(mailAlone(Promise.reject(new DomainError('permission_denied')))).rejects.toMatchObject({
      code: 'permission_denied',
    });
  });
});
