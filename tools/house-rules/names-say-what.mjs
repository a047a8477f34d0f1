const VAGUE = /(Service|Manager|Helper|Helpers|Utils|Util)$/;
const MOST_DEPENDENCIES = 6;

/** A class is named for its one act, and cannot swell: more than six things to depend on are two classes. */
export default {
  meta: {
    type: 'problem',
    docs: { description: 'classes are named for what they do and depend on at most six others' },
    schema: [],
    messages: {
      vague: "'{{name}}' does not say what it does: name the class for its act.",
      tooMany: 'The constructor takes {{count}} dependencies; more than six are two classes.',
    },
  },
  create(context) {
    const checkName = (node) => {
      const name = node.id?.name;
      if (name !== undefined && VAGUE.test(name)) context.report({ node: node.id, messageId: 'vague', data: { name } });
    };
    return {
      ClassDeclaration: checkName,
      MethodDefinition(node) {
        const count =
          node.kind === 'constructor' ? node.value.params.filter((p) => p.type === 'TSParameterProperty').length : 0;
        if (count > MOST_DEPENDENCIES) context.report({ node, messageId: 'tooMany', data: { count } });
      },
    };
  },
};
