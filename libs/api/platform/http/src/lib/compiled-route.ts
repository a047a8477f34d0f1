import type { Access, EndpointDeclaration, Method } from '@tollgate/contracts';
import { answerOf, type AnswerSchemas } from './answer';
import { inputSchemaOf, type InputSchema } from './input-schema';

/** A declared route with everything that can be worked out before the first request. */
export interface CompiledRoute {
  readonly id: string;
  readonly method: Method;
  readonly path: string;
  readonly access: Access;
  readonly stepUp: boolean;
  /** Null for pages and hooks, which read their own body. */
  readonly endpoint: CompiledEndpoint | null;
}

export interface CompiledEndpoint {
  readonly declaration: EndpointDeclaration;
  readonly input: InputSchema;
  readonly answers: AnswerSchemas;
  /** Makes the answer out of what the act returned; the identity unless the handler says otherwise. */
  readonly shape: (result: unknown) => unknown;
}

export function compileRoute(
  declaration: EndpointDeclaration,
  shape: (result: unknown) => unknown = (result) => result,
): CompiledRoute & { readonly endpoint: CompiledEndpoint } {
  return {
    id: declaration.id,
    method: declaration.method,
    path: declaration.path,
    access: declaration.access,
    stepUp: declaration.stepUp === true,
    endpoint: { declaration, input: inputSchemaOf(declaration), answers: answerOf(declaration), shape },
  };
}
