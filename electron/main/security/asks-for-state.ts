/**
 * The first call of every page: it asks for everything and hands in nothing, so there is nothing to check in it but that. It
 * passes before the schemas are loaded, since the first screen waits for it.
 */

export const asksForState = (name: unknown, params: unknown): boolean =>
  name === 'terminal.state' && typeof params === 'object' && params !== null && !Array.isArray(params) && Object.keys(params).length === 0
