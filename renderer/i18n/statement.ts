export const statement = {
  'zh-CN': {},
  en: {}
} as const
