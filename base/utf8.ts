/** Bytes from outside as text, or not at all: never with characters in it that nobody wrote. */

/** A byte order mark in front is left out. undefined: it is another encoding. */
export function utf8(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch (cause) {
    if (cause instanceof TypeError) return undefined
    throw cause
  }
}

/** What this program itself once wrote as JSON. undefined: it is none. */
export function jsonFromUtf8(bytes: Uint8Array): unknown {
  const text = utf8(bytes)
  if (text === undefined || text === '') return undefined
  try {
    return JSON.parse(text)
  } catch (cause) {
    if (cause instanceof SyntaxError) return undefined
    throw cause
  }
}
