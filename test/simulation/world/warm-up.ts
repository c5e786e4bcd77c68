/**
 * What a till reads when it first needs it, read beforehand: reading a module takes real turns of the event loop, and how many
 * nobody knows; one that is there already is handed over within promises.
 */

let isWarm = false

export async function warmUp(): Promise<void> {
  if (isWarm) return
  isWarm = true
  await Promise.all([
    import('../../../electron/host/sale/open-side.ts'),
    import('../../../electron/host/driver-api/driver-door.ts'),
    import('../../../electron/host/driver-api/driver-api.ts'),
    import('../../../electron/host/driver-api/debit-journal.ts'),
    import('../../../electron/host/driver-api/debit-function.ts'),
    import('pinyin-pro')
  ])
}
