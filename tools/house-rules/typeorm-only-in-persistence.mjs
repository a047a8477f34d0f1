const ALLOWED = [/\/persistence\//, /\/libs\/api\/platform\/(database|testing)\//];

/** The database is reached through repositories; nobody else can then forget the transaction or the organization. */
export default {
  meta: {
    type: 'problem',
    docs: { description: 'TypeORM is imported only under persistence/ and in the database platform' },
    schema: [],
    messages: {
      misplaced: "Import '{{source}}' only under persistence/; give the repository there a method for what you need.",
    },
  },
  create(context) {
    const file = context.filename.replaceAll('\\', '/');
    if (ALLOWED.some((pattern) => pattern.test(file))) return {};
    return {
      ImportDeclaration(node) {
        const source = node.source.value;
        if (/^(typeorm|better-sqlite3|mysql2)(\/|$)/.test(source))
          context.report({ node, messageId: 'misplaced', data: { source } });
      },
    };
  },
};
