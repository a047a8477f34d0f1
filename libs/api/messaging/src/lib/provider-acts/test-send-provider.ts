import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '@tollgate/api/database';
import { Clock, DomainError, newId } from '@tollgate/api/kernel';
import type { InputOf, testSendProvider, TestSendResult } from '@tollgate/contracts';
import { maskDestination } from '../domain/mask-destination';
import { readDestination } from '../domain/read-destination';
import { ProviderDirectory } from '../provider-directory';
import { MASK } from '../providers/adapter';
import { senderFor, type LoadedProvider } from '../providers/loaded-provider';
import { ProviderTrail } from './provider-trail';
import { SAMPLE_CODE, sampleRequest } from './sample-request';

export type TestSend = InputOf<typeof testSendProvider>['body'];

/** Shows the very request that a provider would send, and sends it unless told not to. Works for switched-off ones too. */
@Injectable()
export class TestSendProvider {
  constructor(
    private readonly directory: ProviderDirectory,
    private readonly trail: ProviderTrail,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  /** Errors: not_found, invalid_destination, provider_settings_invalid. */
  async execute(id: string, wanted: TestSend): Promise<TestSendResult> {
    this.unitOfWork.forbidInside('a test message');
    const provider = await this.directory.find(id);
    if (provider === null) throw new DomainError('not_found');
    const sample = this.sampleOf(provider, wanted);
    const { method, url, headers, body } = provider.adapter.preview(sampleRequest({ ...sample, code: MASK }));
    const request = { method, url, headers: { ...headers }, body };
    if (wanted.dry_run === true) return { request, result: null };
    const startedAt = performance.now();
    const result = await provider.adapter.send(sampleRequest({ ...sample, code: SAMPLE_CODE }));
    const latency = Math.round(performance.now() - startedAt);
    await this.unitOfWork.run(() =>
      this.trail.look('provider.test_sent', provider, [
        { field: 'to', before: null, after: maskDestination(sample.to) },
      ]),
    );
    return {
      request,
      result: {
        outcome: result.kind,
        error_class: result.kind === 'refused' ? result.class : result.kind === 'unknown' ? 'unknown' : null,
        error_code: result.kind === 'accepted' ? null : result.code,
        provider_message_id: result.kind === 'accepted' ? result.providerMessageId : null,
        segments: result.kind === 'accepted' ? result.segments : null,
        latency_ms: latency,
      },
    };
  }

  private sampleOf(provider: LoadedProvider, wanted: TestSend) {
    const destination = readDestination(wanted.to);
    if (!provider.channels.includes(destination.channel)) {
      throw new DomainError('invalid_destination', {
        param: 'to',
        detail: `This provider carries ${provider.channels.join(' and ')}`,
      });
    }
    return {
      ...destination,
      id: newId('msg', this.clock.recordedAt()),
      locale: wanted.locale ?? 'en',
      variables: wanted.variables ?? {},
      sender: senderFor(provider, destination.country),
    };
  }
}
