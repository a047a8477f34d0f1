import type { Engine } from './database';
import type { Dialect } from './schema';

const sqlite: Dialect = {
  engine: 'sqlite',
  id: 'VARCHAR(40)',
  key: (n) => `VARCHAR(${n})`,
  text: (n) => `VARCHAR(${n})`,
  long: 'TEXT',
  instant: 'BIGINT',
  amount: 'BIGINT',
  int: 'INT',
  bool: 'TINYINT',
  bytes: 'BLOB',
  tableOptions: '',
};

const ASCII = 'CHARACTER SET ascii COLLATE ascii_bin';
const UNICODE = 'CHARACTER SET utf8mb4 COLLATE utf8mb4_bin';

const mysql: Dialect = {
  engine: 'mysql',
  id: `VARCHAR(40) ${ASCII}`,
  key: (n) => `VARCHAR(${n}) ${ASCII}`,
  text: (n) => `VARCHAR(${n}) ${UNICODE}`,
  long: `MEDIUMTEXT ${UNICODE}`,
  instant: 'BIGINT',
  amount: 'BIGINT',
  int: 'INT',
  bool: 'TINYINT',
  bytes: 'MEDIUMBLOB',
  tableOptions: ' ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin ROW_FORMAT=DYNAMIC',
};

export function dialectOf(engine: Engine): Dialect {
  return engine === 'mysql' ? mysql : sqlite;
}
