import { readyAnswer, type ReadyAnswer } from './answer';
import type { CompiledEndpoint } from './compiled-route';
import type { Exchange } from './exchange';
import { inputPipe } from './input-pipe';
import { readInput } from './read-input';

/** Runs the handler of an endpoint and gives out what its declaration allows. */
export async function serveEndpoint(
  exchange: Exchange,
  endpoint: CompiledEndpoint,
  checked: boolean,
  run: () => unknown,
): Promise<unknown> {
  const { answers, declaration, input, shape } = endpoint;
  // A handler that takes no input still refuses what its declaration does not know.
  if (!checked) await inputPipe.transform(readInput(exchange.request), { type: 'custom', schema: input });
  const handle = async (): Promise<ReadyAnswer> => readyAnswer(answers, shape(await run()), exchange.strictAnswers);
  const answer =
    declaration.idempotency === undefined
      ? await handle()
      : await exchange.idempotency.once(exchange, endpoint, exchange.body, handle);
  if (answer.status !== answers.status) exchange.reply.code(answer.status);
  for (const name in answer.headers) exchange.reply.header(name, answer.headers[name]);
  if (answers.produces !== null) exchange.reply.type(answers.produces);
  return answer.body;
}
