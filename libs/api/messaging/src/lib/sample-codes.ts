import { Injectable } from '@nestjs/common';
import type { MessageOwner } from './message-queue';

export const SAMPLE_SOURCE = 'template_test';

/** Owns test messages of templates: their code is a sample, and opens nothing. */
@Injectable()
export class SampleCodes implements MessageOwner {
  secret(): Promise<{ readonly code: string }> {
    return Promise.resolve({ code: '123456' });
  }

  onSends(): Promise<void> {
    return Promise.resolve();
  }
}
