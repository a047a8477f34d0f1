import { Controller } from '@nestjs/common';
import * as contract from '@tollgate/contracts';
import type { InputOf } from '@tollgate/contracts';
import { Caller, Input, Serve } from '@tollgate/api/http';
import type { Principal } from '@tollgate/api/kernel';
import { ChangeTemplate } from '../template-acts/change-template';
import { CreateTemplate } from '../template-acts/create-template';
import { PreviewTemplate } from '../template-acts/preview-template';
import { ReadTemplates } from '../template-acts/read-templates';
import { TestSendTemplate } from '../template-acts/test-send-template';

@Controller()
export class TemplatesController {
  constructor(
    private readonly read: ReadTemplates,
    private readonly createTemplate: CreateTemplate,
    private readonly change: ChangeTemplate,
    private readonly preview: PreviewTemplate,
    private readonly testSendTemplate: TestSendTemplate,
  ) {}

  @Serve(contract.listTemplates)
  list(@Input() input: InputOf<typeof contract.listTemplates>, @Caller() caller: Principal) {
    return this.read.page(input.query, caller);
  }

  @Serve(contract.getTemplate)
  get(@Input() input: InputOf<typeof contract.getTemplate>, @Caller() caller: Principal) {
    return this.read.one(input.params.id, caller);
  }

  @Serve(contract.createTemplate)
  create(@Input() input: InputOf<typeof contract.createTemplate>, @Caller() caller: Principal) {
    return this.createTemplate.execute(input.body, caller);
  }

  @Serve(contract.updateTemplate)
  update(@Input() input: InputOf<typeof contract.updateTemplate>, @Caller() caller: Principal) {
    return this.change.edit(input.params.id, input.body, caller);
  }

  @Serve(contract.listTemplateVersions)
  versions(@Input() input: InputOf<typeof contract.listTemplateVersions>, @Caller() caller: Principal) {
    return this.read.versions(input.params.id, input.query, caller);
  }

  @Serve(contract.createTemplateVersion)
  createVersion(@Input() input: InputOf<typeof contract.createTemplateVersion>, @Caller() caller: Principal) {
    return this.change.addVersion(input.params.id, input.body, caller);
  }

  @Serve(contract.previewTemplate)
  previewSaved(@Input() input: InputOf<typeof contract.previewTemplate>, @Caller() caller: Principal) {
    return this.preview.saved(input.params.id, input.body, caller);
  }

  @Serve(contract.previewDraft)
  previewDraft(@Input() input: InputOf<typeof contract.previewDraft>) {
    return this.preview.draft(input.body);
  }

  @Serve(contract.testSendTemplate)
  testSend(@Input() input: InputOf<typeof contract.testSendTemplate>, @Caller() caller: Principal) {
    return this.testSendTemplate.execute(input.params.id, input.body, caller);
  }
}
