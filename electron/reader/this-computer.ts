/** What of the smart card service can be seen from outside it. */

import type { TroubleSystem } from '../../card/reader/pcsc/reader-trouble.ts'

/** Another Unix runs pcsc-lite as Linux does. */
export const systemOf = (platform: string): TroubleSystem => (platform === 'win32' || platform === 'darwin' ? platform : 'linux')

const DAEMON_PLACES = ['/usr/sbin/pcscd', '/usr/bin/pcscd', '/sbin/pcscd', '/usr/local/sbin/pcscd', '/run/pcscd/pcscd.comm'] as const

/** Windows and macOS bring theirs along. */
export const isServiceInstalled = (system: TroubleSystem, exists: (path: string) => boolean): boolean => system !== 'linux' || DAEMON_PLACES.some(exists)
