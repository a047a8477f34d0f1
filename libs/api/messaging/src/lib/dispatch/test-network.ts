import { Injectable } from '@nestjs/common';
import { TestProvider, type TestReport } from '../providers/test-provider';
import type { LoadedProvider } from '../providers/loaded-provider';

/** The pretended network of test keys, in the form of a provider. Its reports go where vendors' callbacks go. */
@Injectable()
export class TestNetwork {
  private report: TestReport = () => Promise.reject(new Error('nobody takes the reports of the test network'));

  readonly provider: LoadedProvider = {
    id: 'test',
    kind: 'test',
    name: 'Test inbox',
    version: 1,
    channels: ['sms', 'email'],
    countries: null,
    priority: 1,
    weight: 100,
    enabled: true,
    adapter: new TestProvider((...report) => this.report(...report)),
    senders: [],
    callbacks: null,
  };

  /** Where its reports go. */
  connect(report: TestReport): void {
    this.report = report;
  }
}
