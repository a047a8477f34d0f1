import { Component, computed, inject, input } from '@angular/core';
import { testApplicationAddress } from '@tollgate/contracts';
import type { ResultOf } from '@tollgate/contracts';
import { Api } from '@tollgate/console/platform';
import { Banner, FormFrame, TextField, apiForm } from '@tollgate/console/ui';

type Verdict = ResultOf<typeof testApplicationAddress>;

const SAYS: Readonly<Record<Verdict['reason'], string>> = {
  mode_any: 'every address may call',
  range_matched: 'it is in the list',
  no_range_matched: 'no listed range holds it',
  no_ranges_listed: 'the list is empty',
};

/** Asks the API itself whether a live key would answer to an address, by the rules that are stored. */
@Component({
  selector: 'tg-address-test',
  imports: [Banner, FormFrame, TextField],
  template: `
    <section class="tg-card tg-stack" aria-label="Test an address">
      <h2>Test an address</h2>
      <p class="tg-muted">Asks by the saved rules, as a call with a live key would be.</p>
      <tg-form [form]="form" submitLabel="Test address">
        <tg-text-field
          label="Address"
          [mono]="true"
          [field]="form.fields.address"
          placeholder="203.0.113.7"
          hint="IPv4 or IPv6"
        />
      </tg-form>
      @if (verdict(); as found) {
        <tg-banner [tone]="found.allowed ? 'success' : 'danger'" [icon]="found.allowed ? 'check_circle' : 'block'">
          <strong>{{ found.allowed ? 'Allowed' : 'Refused' }}</strong>: {{ says() }}
        </tg-banner>
      }
    </section>
  `,
})
export class AddressTest {
  readonly applicationId = input.required<string>();
  private readonly api = inject(Api);
  protected readonly form = apiForm({
    schema: testApplicationAddress.body,
    model: { address: '' },
    submit: (body) => this.api.call(testApplicationAddress, { params: { id: this.applicationId() }, body }),
  });
  protected readonly verdict = computed(() => this.form.result());
  protected readonly says = computed(() => {
    const found = this.verdict();
    if (!found) return '';
    const range = found.matched_range === null ? '' : ` (${found.matched_range})`;
    return `${found.address}, ${SAYS[found.reason]}${range}`;
  });
}
