import type { DriverView } from '../driver-view.ts'

export const DRIVER_OFF: DriverView = { state: 'off', port: 8731, address: null, pairing: null, callers: [], asked: null, calls: [] }
