import { Global, Module } from '@nestjs/common';
import { DerivationKeys } from './derivation-keys';
import { KeyedHash } from './keyed-hash';
import { Passwords } from './passwords';
import { SecretBox } from './secret-box';

const parts = [DerivationKeys, KeyedHash, Passwords, SecretBox];

@Global()
@Module({ providers: parts, exports: parts })
export class CryptoModule {}
