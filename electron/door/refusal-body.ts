/** What the door says when it does not let something through: the same form as every other refusal, so the page can show it. */

import { refuse } from '../../base/result.ts'
import type { RefusalView } from '../contract/refusal-view.ts'
import type { Text } from '../contract/text.ts'

export interface Refused {
  readonly status: number
  readonly body: ReturnType<typeof refuse<RefusalView>>
}

interface Wrong {
  readonly kind: string
  readonly zh: string
  readonly en: string
}

export const refused = (status: number, { kind, zh, en }: Wrong): Refused => ({
  status,
  body: refuse({ kind, blame: 'bad-input', what: { zh, en }, mend: null, today: null })
})

/** It outlives no browser and is had anew where the program runs, never from the door itself. */
const NEW_ADDRESS: Text = {
  zh: '请在运行本程序的终端按回车，用它给出的新地址（后台运行时：kill -USR2 进程号）',
  en: 'Press Enter in the terminal that runs the program and use the new address that it prints (in the background: kill -USR2 PID)'
}

export const NO_SESSION: Refused = {
  status: 403,
  body: refuse({
    kind: 'no-session',
    blame: 'outside',
    what: { zh: '此页面未登录或会话已失效', en: 'This page has no session, or a newer one has taken its place' },
    mend: NEW_ADDRESS,
    today: null
  })
}

export const WRONG_TOKEN: Refused = {
  status: 403,
  body: refuse({
    kind: 'wrong-token',
    blame: 'bad-input',
    what: { zh: '一次性地址不对或已使用过', en: 'token: wrong, or used already: it opens the door once' },
    mend: NEW_ADDRESS,
    today: null
  })
}

/** The same for a person whose browser has come to an address: a page of JSON says nothing to anybody. */
export function inWords({ error: { what, mend } }: Refused['body']): string {
  const texts = mend === null ? [what] : [what, mend]
  return `${texts.map(({ zh }) => zh).join('。')}。\n${texts.map(({ en }) => en).join('. ')}.\n`
}
