// Whether a server answers, and what the machine has to start one.
import { accessSync, constants } from 'node:fs';
import { connect, createServer } from 'node:net';
import { delimiter, join } from 'node:path';
import mysql from 'mysql2/promise';

/** Null when the server takes us and lets us make databases, else why not. */
export async function mysqlProblem(url) {
  let connection;
  try {
    connection = await mysql.createConnection({ uri: url, connectTimeout: 3_000 });
    const name = `tollgate_test_probe_${process.pid}`;
    await connection.query(`CREATE DATABASE IF NOT EXISTS ${name}`);
    await connection.query(`DROP DATABASE ${name}`);
    return null;
  } catch (error) {
    return error instanceof Error ? error.message || String(error.code) : String(error);
  } finally {
    await connection?.end().catch(() => undefined);
  }
}

/** Null when Redis answers PING at this URL, else why not. */
export function redisProblem(url) {
  const { hostname, port, username, password } = new URL(url);
  return new Promise((resolve) => {
    const socket = connect({ host: hostname, port: Number(port || 6379) });
    let heard = '';
    const end = (problem) => {
      socket.destroy();
      resolve(problem);
    };
    socket.setTimeout(3_000, () => end('no answer within 3 s'));
    socket.on('error', (error) => end(error.message || String(error.code)));
    socket.on('connect', () => {
      const secret = decodeURIComponent(password);
      const auth = secret === '' ? '' : `AUTH ${[decodeURIComponent(username), secret].filter(Boolean).join(' ')}\r\n`;
      socket.write(`${auth}PING\r\n`);
    });
    socket.on('data', (data) => {
      heard += data.toString('latin1');
      if (heard.includes('+PONG')) end(null);
      else if (heard.startsWith('-')) end(heard.slice(1).trim());
    });
  });
}

/** The first of these programs in PATH or where Debian keeps servers, or null. */
export function findProgram(...names) {
  const folders = [
    ...(process.env.PATH ?? '').split(delimiter),
    '/usr/sbin',
    '/usr/local/sbin',
    '/usr/bin',
    '/usr/local/bin',
  ];
  for (const name of names) {
    for (const folder of folders) {
      const path = join(folder, name);
      try {
        accessSync(path, constants.X_OK);
        return path;
      } catch {
        // Not here.
      }
    }
  }
  return null;
}

export function freePort() {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.on('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}
