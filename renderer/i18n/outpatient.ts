export const outpatient = {
  'zh-CN': {},
  en: {}
} as const
