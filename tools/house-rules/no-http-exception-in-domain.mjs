/** Rules do not know that HTTP exists: one filter turns coded errors into statuses. */
export default {
  meta: {
    type: 'problem',
    docs: { description: 'domain code throws DomainError, never an HTTP exception' },
    schema: [],
    messages: { http: 'Throw a DomainError with a code of the catalogue instead of {{name}}.' },
  },
  create(context) {
    return {
      ImportSpecifier(node) {
        const name = node.imported.name;
        const nest = node.parent.source.value === '@nestjs/common';
        if (nest && (/Exception$/.test(name) || name === 'HttpStatus'))
          context.report({ node, messageId: 'http', data: { name } });
      },
    };
  },
};
