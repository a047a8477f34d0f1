import { StandardSchemaValidationPipe } from '@nestjs/common';
import { DomainError } from '@tollgate/api/kernel';
import type { InputIssue } from './input-schema';

const MAX_ISSUES = 20;

const pathOf = (issue: InputIssue): string => issue.path.map(String).join('.');

function refuse(found: readonly unknown[]): DomainError {
  const all = found as readonly InputIssue[];
  // An id in the path that cannot be one names nothing, like one that could be and does not.
  if (all.some((issue) => issue.part === 'params')) return new DomainError('not_found');
  const issues = all.slice(0, MAX_ISSUES).map((issue) => ({ path: pathOf(issue), message: issue.message }));
  const first = issues.find((issue) => issue.path !== '');
  return new DomainError('validation_failed', { issues, ...(first ? { param: first.path } : {}) });
}

/** Nest's Standard Schema pipe over the whole input of an endpoint; the schema is on the parameter. */
export const inputPipe = new StandardSchemaValidationPipe({
  validateCustomDecorators: true,
  exceptionFactory: refuse,
});
