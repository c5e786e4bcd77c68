/** Readers of a made-up computer, and one trouble of each link, in the words that a person at the counter gets. */

import type { SystemReaderView, TroubleView } from '../reader-view.ts'

export const SAMPLE_CARD_READER = 'Test Card Reader 00 00'
export const SAMPLE_SAM_READER = 'Test SAM Slot 00 01'

export const SAMPLE_READERS: readonly SystemReaderView[] = [
  { name: SAMPLE_CARD_READER, holds: 'nothing', serves: null },
  { name: SAMPLE_SAM_READER, holds: 'card', serves: null }
]

/** As a social security card answers; the last eight bytes name this one. */
export const SAMPLE_ANSWER_TO_RESET = {
  bytes: '3B6D000000815444865499999900000001',
  words: {
    zh: '正向约定，T=0，历史字节 00815444865499999900000001：像社会保障卡',
    en: 'direct convention, T=0, historical bytes 00815444865499999900000001: like a social security card'
  }
} as const

export const PROCESS_GONE: TroubleView = {
  kind: 'process-gone',
  link: 'process',
  what: { zh: '读卡程序中断，正在自动恢复', en: 'the reader process has ended and is being started again' },
  cause: { zh: '读卡程序或读卡器驱动出错', en: 'the process or a driver in it failed' },
  mend: { zh: '请稍候几秒；反复出现请重启电脑', en: 'wait a few seconds; if it happens again and again, restart the computer' },
  detail: 'SIGKILL'
}

export const MODULE_MISSING: TroubleView = {
  kind: 'module-missing',
  link: 'module',
  what: { zh: '读卡模块没有安装', en: 'the module for real readers is not installed' },
  cause: { zh: '安装时没有下载到，或与程序版本不符', en: 'it could not be fetched, or was made for another version' },
  mend: { zh: '请联系维护人员重新安装本程序', en: 'support staff install this program again' },
  detail: "Cannot find package 'pcsclite'"
}

export const SERVICE_STOPPED: TroubleView = {
  kind: 'service-stopped',
  link: 'service',
  what: { zh: '电脑的智能卡服务没有运行', en: "the computer's smart card service is not running" },
  cause: { zh: '服务被停止，或启动失败', en: 'it was stopped, or did not start' },
  mend: { zh: '请在终端运行 sudo systemctl start pcscd，程序会自动继续', en: 'run "sudo systemctl start pcscd" in a terminal; the program goes on by itself' },
  detail: null
}

export const NO_READER: TroubleView = {
  kind: 'no-reader',
  link: 'reader',
  what: { zh: '电脑没有找到读卡器', en: 'the computer finds no reader' },
  cause: { zh: '读卡器没有插好，或没有装驱动', en: 'it is not plugged in, or has no driver' },
  mend: { zh: '请拔下读卡器的USB线再插上，换一个USB口试试', en: "pull the reader's USB plug and put it back, into another socket if need be" },
  detail: null
}

export const noSuchReader = (asked: string): TroubleView => ({
  kind: 'no-such-reader',
  link: 'reader',
  what: { zh: `没有名称包含“${asked}”的读卡器`, en: `no reader has "${asked}" in its name` },
  cause: { zh: '读卡器没有插好，或换了型号', en: 'it is not plugged in, or is another model' },
  mend: { zh: '请插好读卡器，或在读卡器界面另选一个', en: 'plug it in, or choose another one on the reader screen' },
  detail: `"${asked}"; ${SAMPLE_READERS.map(({ name }) => name).join(', ')}`
})

export const HELD_BY_OTHER: TroubleView = {
  kind: 'held-by-other',
  link: 'card',
  what: { zh: '卡正被另一个程序独占', en: 'another program has the card for itself' },
  cause: { zh: '另一个读卡程序正在使用这张卡', en: 'it is being read there' },
  mend: { zh: '请关闭其他读卡程序，程序会自动继续', en: 'close the other program; this one goes on by itself' },
  detail: SAMPLE_CARD_READER
}

export const PSAM_MISSING: TroubleView = {
  kind: 'psam-slot-empty',
  link: 'psam',
  what: { zh: 'PSAM卡槽是空的', en: 'the PSAM slot is empty' },
  cause: { zh: 'PSAM卡没有插，或被取走', en: 'the PSAM was never put in, or was taken out' },
  mend: { zh: '请把PSAM卡插回卡槽，芯片朝里；程序会自动继续', en: 'put the PSAM back into its slot, chip inwards; the program goes on by itself' },
  detail: null
}
