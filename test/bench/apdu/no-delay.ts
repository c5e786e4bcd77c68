/** A library that makes the daemon's sockets send at once (TCP_NODELAY): the peer's cure, which wants the daemon to be started with it. */

import { execFileSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'

const SOURCE = `
#define _GNU_SOURCE
#include <dlfcn.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>

int accept(int listening, struct sockaddr *address, socklen_t *length)
{
  int (*next)(int, struct sockaddr *, socklen_t *) = dlsym(RTLD_NEXT, "accept");
  int on = 1;
  int accepted = next(listening, address, length);
  if (accepted >= 0) setsockopt(accepted, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
  return accepted;
}
`

/** Compiles it into `folder`; its path, for LD_PRELOAD. */
export function buildNoDelay(folder: string): string {
  const source = join(folder, 'no-delay.c')
  const library = join(folder, 'no-delay.so')
  writeFileSync(source, SOURCE)
  execFileSync('cc', ['-shared', '-fPIC', '-O2', '-o', library, source, '-ldl'])
  return library
}
