/** What both languages say of an exchange. */
export interface Words {
  readonly zh: string
  readonly en: string
}

export const say = (zh: string, en: string): Words => ({ zh, en })
