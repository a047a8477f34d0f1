import { Component, computed, inject, input, linkedSignal, resource, signal } from '@angular/core';
import { MatButton } from '@angular/material/button';
import {
  createTemplateVersion,
  getTemplate,
  listTemplateVersions,
  previewDraft,
  testSendTemplate,
} from '@tollgate/contracts';
import type { TemplateView } from '@tollgate/contracts';
import { ActiveScope, Api, Permissions, Requires, apiList, apiResource } from '@tollgate/console/platform';
import {
  Banner,
  DataTable,
  Loaded,
  PageHeader,
  PhoneFrame,
  InboxBubble,
  Region,
  StatusChip,
  Toasts,
  toProblem,
} from '@tollgate/console/ui';
import type { Column } from '@tollgate/console/ui';

type Contents = TemplateView['contents'];
interface Version {
  readonly id: string;
  readonly version: number;
  readonly current: boolean;
  readonly note: string | null;
  readonly created_by: string;
  readonly created_at: string;
}

/** One template: its words in each language, how they read on a phone, what they cost, and every version before. */
@Component({
  selector: 'tg-template-page',
  imports: [Banner, DataTable, InboxBubble, Loaded, MatButton, PageHeader, PhoneFrame, Region, Requires, StatusChip],
  templateUrl: './template.html',
  styleUrl: './template.css',
})
export class TemplatePage {
  readonly id = input.required<string>();
  private readonly api = inject(Api);
  private readonly toasts = inject(Toasts);
  private readonly permissions = inject(Permissions);
  protected readonly scope = inject(ActiveScope);

  protected readonly template = apiResource(getTemplate, () => ({ params: { id: this.id() } }));
  protected readonly contents = linkedSignal<Contents>(() => this.template.value()?.contents ?? {});
  protected readonly locales = computed(() => Object.keys(this.contents()));
  private readonly chosen = signal('');
  protected readonly locale = computed(() =>
    this.contents()[this.chosen()] ? this.chosen() : (this.locales()[0] ?? 'en'),
  );
  protected readonly content = computed(() => this.contents()[this.locale()] ?? { text: '' });
  protected readonly busy = signal(false);
  protected readonly to = signal('');
  protected readonly dirty = computed(
    () => JSON.stringify(this.contents()) !== JSON.stringify(this.template.value()?.contents ?? {}),
  );
  protected readonly refusal = computed(() => {
    if (this.template.value()?.built_in === true)
      return 'This one comes with the product. Make a template of your own to change the words.';
    return this.permissions.refusal('templates:write');
  });
  protected readonly versions = apiList(listTemplateVersions, {
    sort: '-version',
    url: false,
    params: () => (this.template.value()?.built_in === false ? { id: this.id() } : undefined) as { id: string },
  });
  protected readonly columns: readonly Column<Version>[] = [
    { id: 'version', label: 'Version', kind: 'number', value: (row) => row.version },
    { id: 'current', label: 'In use', kind: 'flag', value: (row) => row.current },
    { id: 'by', label: 'Written by', value: (row) => row.created_by },
    { id: 'at', label: 'When', kind: 'relative', value: (row) => row.created_at },
    { id: 'note', label: 'Note', value: (row) => row.note },
  ];

  /** Rendered by the server, with its lint, a moment after typing stops. */
  protected readonly preview = resource({
    params: () => {
      const template = this.template.value();
      return (
        template && { channel: template.channel, key: template.key, contents: this.contents(), locale: this.locale() }
      );
    },
    loader: async ({ params, abortSignal }) => {
      await new Promise((resolve) => setTimeout(resolve, 250));
      if (abortSignal.aborted) throw new Error('superseded');
      return this.api.call(previewDraft, { body: params });
    },
  });
  protected readonly seen = computed(() => (this.preview.hasValue() ? this.preview.value() : undefined));
  protected readonly fault = computed(() =>
    this.preview.status() === 'error' ? toProblem(this.preview.error()).title : null,
  );

  protected choose(locale: string): void {
    this.chosen.set(locale);
  }

  protected edit(member: 'text' | 'subject', value: string): void {
    this.contents.update((all) => ({ ...all, [this.locale()]: { ...this.content(), [member]: value } }));
  }

  protected addLocale(value: string): void {
    const tag = value.trim();
    if (!/^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$/.test(tag) || tag in this.contents()) return;
    this.contents.update((all) => ({ ...all, [tag]: { ...this.content() } }));
    this.chosen.set(tag);
  }

  protected save(): Promise<void> {
    return this.run(async () => {
      const based = this.template.value()?.version ?? 1;
      this.template.set(
        await this.api.call(createTemplateVersion, {
          params: { id: this.id() },
          body: { contents: this.contents(), based_on: based },
        }),
      );
      this.versions.reload();
      this.toasts.done('Saved as a new version, in use from now on');
    });
  }

  protected send(): Promise<void> {
    return this.run(async () => {
      const { test } = await this.api.call(testSendTemplate, {
        params: { id: this.id() },
        body: { to: this.to().trim(), locale: this.locale() },
      });
      this.toasts.done(test ? 'Delivered to the test inbox: see Messages, test mode' : 'Sent');
    });
  }

  /** What was typed stays when it fails. */
  private async run(act: () => Promise<void>): Promise<void> {
    this.busy.set(true);
    try {
      await act();
    } catch (failure) {
      this.toasts.failed(toProblem(failure).title);
    } finally {
      this.busy.set(false);
    }
  }
}
