import { Global, Module } from '@nestjs/common';
import { DerivationKeys } from './derivation-keys';
import { KeyedHash } from './keyed-hash';
import { Passwords } from './passwords';
import { SealedRows } from './sealed-rows';
import { SecretBox } from './secret-box';

const parts = [DerivationKeys, KeyedHash, Passwords, SealedRows, SecretBox];

@Global()
@Module({ providers: parts, exports: parts })
export class CryptoModule {}
