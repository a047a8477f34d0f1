import { Global, Inject, Module, type OnApplicationShutdown } from '@nestjs/common';
import { Config } from '@tollgate/api/config';
import { OutboundHttp } from './outbound-http';
import { UndiciOutboundHttp } from './undici-outbound-http';

/** The way out. Global: slices inject `OutboundHttp` without importing anything. */
@Global()
@Module({
  providers: [
    {
      provide: OutboundHttp,
      inject: [Config],
      useFactory: (config: Config) => new UndiciOutboundHttp(config.outboundAllow),
    },
  ],
  exports: [OutboundHttp],
})
export class OutboundModule implements OnApplicationShutdown {
  constructor(@Inject(OutboundHttp) private readonly outbound: OutboundHttp) {}

  async onApplicationShutdown(): Promise<void> {
    if (this.outbound instanceof UndiciOutboundHttp) await this.outbound.close();
  }
}
