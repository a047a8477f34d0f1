import { Service, computed, inject } from '@angular/core';
import { toSignal } from '@angular/core/rxjs-interop';
import { ActivatedRoute } from '@angular/router';
import { getApplication } from '@tollgate/contracts';
import { apiResource } from '@tollgate/console/platform';

/** The application that a detail page shows; its tabs share it. */
@Service({ autoProvided: false })
export class ApplicationInView {
  private readonly route = inject(ActivatedRoute);
  private readonly params = toSignal(this.route.paramMap, { initialValue: this.route.snapshot.paramMap });
  readonly id = computed(() => this.params().get('id') ?? '');
  readonly application = apiResource(getApplication, () => ({ params: { id: this.id() } }));
  /** Lists of an organization (templates, …) are read where the application is, whatever the scope of the page. */
  readonly organizationId = computed(() => this.application.value()?.organization_id);
}
