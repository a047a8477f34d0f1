const ROUTE_DECORATORS = new Set(['Get', 'Post', 'Put', 'Patch', 'Delete', 'Head', 'Options', 'All', 'Sse']);

const calleeName = (node) =>
  node?.type === 'CallExpression' && node.callee.type === 'Identifier' ? node.callee.name : undefined;
const property = (object, name) =>
  object.properties.find((member) => member.type === 'Property' && (member.key.name ?? member.key.value) === name);

/** A route comes from a declaration that says who may call it; a bare Nest route says nothing. */
export default {
  meta: {
    type: 'problem',
    docs: { description: 'every endpoint declares its permission, or that it is public and why' },
    schema: [],
    messages: {
      bareRoute:
        'Use @Serve(declaration) or @ServePage({ access }) instead of @{{name}}: a route declares who may call it.',
      noAccess: "Declare `access`: a permission, 'self', or { public: 'why anybody may call it' }.",
      noReason: 'Say in a sentence why anybody may call it.',
    },
  },
  create(context) {
    const checkDeclaration = (call) => {
      const [declaration] = call.arguments;
      if (declaration?.type !== 'ObjectExpression') return;
      const access = property(declaration, 'access');
      if (access === undefined) return context.report({ node: call, messageId: 'noAccess' });
      if (access.value.type !== 'ObjectExpression') return;
      const reason = property(access.value, 'public')?.value;
      if (
        reason?.type !== 'Literal' ||
        typeof reason.value !== 'string' ||
        reason.value.trim().split(/\s+/).length < 3
      ) {
        context.report({ node: access, messageId: 'noReason' });
      }
    };
    return {
      Decorator(node) {
        const name = calleeName(node.expression);
        if (ROUTE_DECORATORS.has(name)) context.report({ node, messageId: 'bareRoute', data: { name } });
      },
      CallExpression(node) {
        const name = calleeName(node);
        if (name === 'endpoint' || name === 'ServePage') checkDeclaration(node);
      },
    };
  },
};
