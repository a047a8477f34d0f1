/** The environment is read once, checked whole, in the config platform; everybody else is given a Config. */
export default {
  meta: {
    type: 'problem',
    docs: { description: 'process.env is read only by the config platform and the entry points' },
    schema: [],
    messages: { env: 'Add a setting to libs/api/platform/config and inject Config.' },
  },
  create(context) {
    return {
      MemberExpression(node) {
        const property = node.property.name ?? node.property.value;
        if (node.object.type === 'Identifier' && node.object.name === 'process' && property === 'env') {
          context.report({ node, messageId: 'env' });
        }
      },
    };
  },
};
