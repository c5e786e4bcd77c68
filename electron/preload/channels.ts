/** The channels between a window and the shell. A page never names one: the preload does. */

export const CALL_CHANNEL = 'caresettle:call'
export const LISTEN_CHANNEL = 'caresettle:listen'
export const EVENT_CHANNEL = 'caresettle:event'
export const PRINT_CHANNEL = 'caresettle:print'
