export const pin = {
  'zh-CN': {},
  en: {}
} as const
