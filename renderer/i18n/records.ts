export const records = {
  'zh-CN': {},
  en: {}
} as const
