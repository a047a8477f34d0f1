import { Service, computed, inject } from '@angular/core';
import { toSignal } from '@angular/core/rxjs-interop';
import { ActivatedRoute } from '@angular/router';
import { getOrganization } from '@tollgate/contracts';
import { apiResource } from '@tollgate/console/platform';

/** The organization that a detail page shows; its tabs share it. */
@Service({ autoProvided: false })
export class OrganizationInView {
  private readonly route = inject(ActivatedRoute);
  private readonly params = toSignal(this.route.paramMap, { initialValue: this.route.snapshot.paramMap });
  readonly id = computed(() => this.params().get('id') ?? '');
  readonly organization = apiResource(getOrganization, () => ({ params: { id: this.id() } }));
  /** Where its own pages are: `/o/acme`. */
  readonly root = computed(() => `/o/${this.organization.value()?.slug ?? ''}`);
}
