import { Injectable } from '@nestjs/common';
import { AddressStep } from './address-step';
import { DeliveryStep } from './delivery-step';
import { OrganizationStep } from './organization-step';
import type { SetupStep } from './setup-step';

/** The steps of the set-up that follow its administrator, in their order. A new one is a class and a line here. */
@Injectable()
export class SetupSteps {
  readonly all: readonly SetupStep[];

  constructor(address: AddressStep, delivery: DeliveryStep, organization: OrganizationStep) {
    this.all = [address, delivery, organization];
  }

  find(key: string): SetupStep | null {
    return this.all.find((step) => step.key === key) ?? null;
  }

  /** The address after the step with this key; after the last one, where set-up ends. */
  after(key: string | null): string {
    const index = key === null ? 0 : this.all.findIndex((step) => step.key === key) + 1;
    const next = this.all[index];
    return next === undefined ? '/setup/finish' : `/setup/${next.key}`;
  }
}
