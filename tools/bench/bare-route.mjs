// What Nest and Fastify cost by themselves: one route that answers a session-sized object. Prints its port.
import 'reflect-metadata';
import { Controller, Get, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter } from '@nestjs/platform-fastify';

const SESSION = JSON.parse(process.argv[2] ?? '{}');

class SessionController {
  read() {
    return SESSION;
  }
}
Controller()(SessionController);
Get('/session')(
  SessionController.prototype,
  'read',
  Object.getOwnPropertyDescriptor(SessionController.prototype, 'read'),
);

class BareModule {}
Module({ controllers: [SessionController] })(BareModule);

const app = await NestFactory.create(BareModule, new FastifyAdapter(), { logger: false });
await app.listen(0, '127.0.0.1');
process.stdout.write(`${app.getHttpServer().address().port}\n`);
