/** Flags of `unshare`: a user who is not root makes the mount namespace as root of a user namespace of his own. */
export const namespaceFlags = (): string[] => (process.getuid?.() === 0 ? ['--mount'] : ['--user', '--map-root-user', '--mount'])
