/**
 * What the page gets of the shell: one object with named calls, one stream of events, and printing. No channel, no event
 * object and no function of Electron passes to it.
 */

import { contextBridge, ipcRenderer } from 'electron'
import type { Result } from '../../base/result.ts'
import type { TerminalEvent } from '../contract/events.ts'
import type { RefusalView } from '../contract/refusal-view.ts'
import type { HostState } from '../contract/till-view.ts'
import type { Answer, PrintOutcome, PrintRequest, Terminal } from '../contract/terminal.ts'
import type { Params, RequestName } from '../contract/requests.ts'
import { hostAway } from '../supervisor/host-away.ts'
import { CALL_CHANNEL, EVENT_CHANNEL, LISTEN_CHANNEL, PRINT_CHANNEL } from './channels.ts'
import { mayPass } from './request-names.ts'

const refusal = (error: RefusalView): { readonly ok: false; readonly error: RefusalView } => ({ ok: false, error })

const noSuchRequest: RefusalView = {
  kind: 'unknown-request',
  blame: 'bad-input',
  what: { zh: '没有这种请求', en: 'There is no such request' },
  mend: null,
  today: null
}

async function call<Name extends RequestName>(name: Name, params: Params<Name>): Promise<Answer<Name>> {
  if (!mayPass(name)) return refusal(noSuchRequest)
  try {
    return await ipcRenderer.invoke(CALL_CHANNEL, name, params)
  } catch {
    // The shell refuses a foreign sender by throwing; the page itself sees that when the shell is going down.
    return refusal(hostAway(name, 'away'))
  }
}

async function print({ format, to, name }: PrintRequest): Promise<Result<PrintOutcome, RefusalView>> {
  try {
    return await ipcRenderer.invoke(PRINT_CHANNEL, { format, to, name })
  } catch {
    return refusal({
      kind: 'print-failed',
      blame: 'outside',
      what: { zh: '打印未能进行', en: 'The print could not be made' },
      mend: null,
      today: null
    })
  }
}

const listeners = new Set<(event: TerminalEvent) => void>()
let host: HostState | undefined

ipcRenderer.on(EVENT_CHANNEL, (_, event: TerminalEvent) => {
  if (event.topic === 'host') host = event.host
  for (const listener of listeners) listener(event)
})

function listen(listener: (event: TerminalEvent) => void): () => void {
  const entry = (event: TerminalEvent): void => listener(event)
  // The shell tells the first listener where the host stands; later ones are told here.
  if (listeners.size === 0) ipcRenderer.send(LISTEN_CHANNEL)
  else if (host !== undefined) entry({ topic: 'host', host })
  listeners.add(entry)
  return () => {
    listeners.delete(entry)
  }
}

const terminal: Terminal = { call, listen, print }

contextBridge.exposeInMainWorld('caresettle', terminal)
