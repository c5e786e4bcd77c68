/** What must hold does not: a fault of this program, never of its input. Nobody catches it; the process ends. */
export class BrokenInvariant extends Error {
  override readonly name = 'BrokenInvariant'
}

export function invariant(condition: boolean, message: string): asserts condition {
  if (!condition) throw new BrokenInvariant(message)
}

/** Closes a `switch` over a union: a member that nobody handles does not compile. */
export function never(value: never): never {
  throw new BrokenInvariant(`unhandled case ${JSON.stringify(value)}`)
}
