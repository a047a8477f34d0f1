import { Global, Module } from '@nestjs/common';

/** The HTTP platform: import it once, in the composition root. */
@Global()
@Module({})
export class HttpModule {}
