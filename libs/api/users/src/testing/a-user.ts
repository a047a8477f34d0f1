import type { Slice } from '@tollgate/api/testing';
import { newId } from '@tollgate/api/kernel';
import { UserDirectory, UserFacts } from '../lib/user-directory';

export interface UserWish {
  readonly organizationId?: string;
  readonly email?: string;
  readonly name?: string;
  readonly roles?: readonly string[];
}

/** An active user; of an organization of their own unless told. */
export async function aUser(slice: Pick<Slice, 'get'>, wish: UserWish = {}): Promise<UserFacts> {
  const id = newId('usr').slice(4).toLowerCase();
  return slice.get(UserDirectory).create({
    organizationId: wish.organizationId ?? newId('org'),
    email: wish.email ?? `user-${id}@example.com`,
    name: wish.name ?? 'Ann Example',
    status: 'active',
    signUpMethod: 'staff',
    roles: wish.roles ?? ['viewer'],
  });
}
