/** Names that sound like names of drugs, services and things, and are none: syllables thrown together, marked as made up. */

import type { Random } from './random.ts'

const MARK = '(测试)'

const list = (text: string): [string, ...string[]] => {
  const [first = '', ...rest] = text.split(' ')
  return [first, ...rest]
}

const SYLLABLES = list('阿 奥 倍 比 布 达 地 多 厄 非 氟 格 环 加 卡 克 拉 来 洛 吗 美 米 莫 那 诺 帕 培 哌 普 齐 曲 瑞 沙 司 他 坦 替 托 维 西 辛 伊 依 扎 唑 吡 嗪 酮 啶 芬 酯 胺 林 星 汀 韦 仑 酚')
const SALTS = list('盐酸 硫酸 枸橼酸 马来酸 甲磺酸 富马酸 酒石酸')
const FORMS = list('片 胶囊 注射液 颗粒 缓释片 肠溶片 分散片 滴眼液 乳膏 口服溶液 干混悬剂 软胶囊')
const HERBS = list('参 芪 归 芎 丹 连 翘 银 黄 柴 苓 术 草 麻 桂 枝 芍 地 枸 杞 菊 薄 荷 艾 苏 陈 夏 贝 冬 石 斛 灵 芝 鹿 茸')
const PATENT_FORMS = list('丸 口服液 颗粒 片 胶囊 合剂 膏 散 糖浆 滴丸')
const PATENT_WORDS = list('清 热 补 气 活 血 安 神 止 咳 健 脾 养 阴 通 络 祛 风')
const PARTS = list('头部 颈部 胸部 腹部 上肢 下肢 心脏 肝胆 肾脏 眼科 耳鼻 口腔 关节 脊柱 血管 皮肤')
const ACTS = list('检查 测定 治疗 护理 成像 造影 监测 松解术 缝合术 置管术 训练 评估')
const MATTERS = list('一次性 可吸收 医用 无菌 防粘连 亲水性 加强型 双腔 三通 弹力')
const THINGS = list('导管 缝合线 敷料 接骨板 螺钉 穿刺针 输液器 引流袋 支架 滤器 面罩 注射器')

const some = (random: Random, from: [string, ...string[]], least: number, more: number): string =>
  Array.from({ length: least + random.below(more) }, () => random.pick(from)).join('')

export interface SubstanceName {
  readonly substance: string
  readonly salt: string
}

export const westernSubstance = (random: Random): SubstanceName => ({
  substance: some(random, SYLLABLES, 2, 3),
  salt: random.chance(35) ? random.pick(SALTS) : ''
})

export const westernName = (random: Random, { substance, salt }: SubstanceName): string => `${salt}${substance}${random.pick(FORMS)}${MARK}`

export const patentSubstance = (random: Random): string => `${random.chance(20) ? '复方' : ''}${some(random, HERBS, 1, 2)}${some(random, PATENT_WORDS, 2, 2)}`
export const patentName = (random: Random, substance: string): string => `${substance}${random.pick(PATENT_FORMS)}${MARK}`

export const piecesName = (random: Random): string => `${some(random, HERBS, 2, 2)}饮片${MARK}`
export const granulesName = (random: Random): string => `${some(random, HERBS, 2, 2)}配方颗粒${MARK}`
export const serviceName = (random: Random): string => `${random.pick(PARTS)}${some(random, SYLLABLES, 1, 2)}${random.pick(ACTS)}${MARK}`
export const consumableName = (random: Random): string => `${random.pick(MATTERS)}${some(random, SYLLABLES, 1, 2)}${random.pick(THINGS)}${MARK}`
