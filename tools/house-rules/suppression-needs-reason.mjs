const SUPPRESSION =
  /(eslint-disable(?:-next-line|-line)?|@ts-expect-error|@ts-ignore|@ts-nocheck|prettier-ignore|istanbul ignore)/;

/** A silenced rule is a decision; the reason stands beside it. */
export default {
  meta: {
    type: 'problem',
    docs: { description: 'every suppression has a reason' },
    schema: [],
    messages: {
      reason: 'Say why after `--`: // eslint-disable-next-line rule -- reason.',
      guardrail:
        'The walls and the rules of this house cannot be switched off in place; change the design or the rule.',
    },
  },
  create(context) {
    return {
      Program() {
        for (const comment of context.sourceCode.getAllComments()) {
          const text = comment.value.trim();
          if (!SUPPRESSION.test(text.slice(0, 60)) || !/^(eslint|@ts|prettier|istanbul)/.test(text)) continue;
          if (/eslint-disable.*(house\/|@nx\/)/.test(text))
            context.report({ loc: comment.loc, messageId: 'guardrail' });
          else if (!/--\s+\S+(\s+\S+){2,}/.test(text) && !/^@ts-expect-error\s+\S+(\s+\S+){2,}/.test(text)) {
            context.report({ loc: comment.loc, messageId: 'reason' });
          }
        }
      },
    };
  },
};
