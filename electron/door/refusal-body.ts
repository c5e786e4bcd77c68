/** What the door says when it does not let something through: the same form as every other refusal, so the page can show it. */

import { refuse, type Result } from '../../base/result.ts'
import type { RefusalView } from '../contract/refusal-view.ts'

export interface Refused {
  readonly status: number
  readonly body: Result<never, RefusalView>
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

export const NO_SESSION: Refused = {
  status: 403,
  body: refuse({
    kind: 'no-session',
    blame: 'outside',
    what: { zh: '此页面未登录或会话已失效', en: 'This page has no session, or a newer one has taken its place' },
    mend: { zh: '请使用程序启动时给出的一次性地址', en: 'Use the one-time address that the program prints when it is started' },
    today: null
  })
}

export const WRONG_TOKEN: Refused = refused(403, {
  kind: 'wrong-token',
  zh: '一次性口令不对或已使用过',
  en: 'token: wrong, or used already: it opens the door once'
})
