/** The transactions that the sandbox answers. Their input rules are the profile's; what is not here is refused by name. */

import { drugFile, institutionMatches, insuranceCatalogue, priceCeilings, selfPayRatios } from './catalogue.ts'
import { cancelSale, cancelVisit } from './cancel.ts'
import { uploadFees, withdrawFees } from './fee-detail.ts'
import { download, upload } from './files.ts'
import { benefitCheck, personInfo } from './person-info.ts'
import { preSettleSale, settleSale } from './pharmacy.ts'
import { charges, chronicDiseases, cumulated, designatedInstitutions, inHospital, settlement, visits } from './queries.ts'
import { reconcileDetails, reconcileTotals } from './reconcile.ts'
import { reverse } from './reverse.ts'
import { preSettle, settle } from './settle-visit.ts'
import { signIn, signOut } from './sign-in.ts'
import type { Handler, NationalTransaction } from './transaction.ts'
import { cancelRegistration, register, uploadVisit } from './visit.ts'

const row = (infno: string, name: string, handler: Handler, settles = false): NationalTransaction => ({ infno, name, handler, settles })

const TRANSACTIONS: readonly NationalTransaction[] = [
  row('1101', '人员信息获取', personInfo),
  row('1301', '西药中成药目录下载', drugFile),
  row('1312', '医保目录信息查询', insuranceCatalogue),
  row('1317', '医药机构目录匹配信息查询', institutionMatches),
  row('1318', '医保目录限价信息查询', priceCeilings),
  row('1319', '医保目录先自付比例信息查询', selfPayRatios),
  row('2001', '人员待遇享受检查', benefitCheck),
  row('2101', '药店预结算', preSettleSale),
  row('2102', '药店结算', settleSale, true),
  row('2103', '药店结算撤销', cancelSale),
  row('2201', '门诊挂号', register),
  row('2202', '门诊挂号撤销', cancelRegistration),
  row('2203', '门诊就诊信息上传', uploadVisit),
  row('2203A', '药店就诊信息上传', uploadVisit),
  row('2204', '门诊费用明细上传', uploadFees),
  row('2205', '门诊费用明细撤销', withdrawFees),
  row('2206', '门诊预结算', preSettle),
  row('2207', '门诊结算', settle, true),
  row('2208', '门诊结算撤销', cancelVisit),
  row('2601', '冲正交易', reverse),
  row('3201', '医药机构费用结算对总账', reconcileTotals),
  row('3202', '医药机构费用结算对明细账', reconcileDetails),
  row('5201', '就诊信息查询', visits),
  row('5203', '结算信息查询', settlement),
  row('5204', '费用明细查询', charges),
  row('5206', '人员累计信息查询', cumulated),
  row('5301', '人员慢特病备案查询', chronicDiseases),
  row('5302', '人员定点信息查询', designatedInstitutions),
  row('5303', '在院信息查询', inHospital),
  row('9001', '签到', signIn),
  row('9002', '签退', signOut),
  row('9101', '文件上传', upload),
  row('9102', '文件下载', download)
]

export const TRANSACTION_BY_INFNO: ReadonlyMap<string, NationalTransaction> = new Map(TRANSACTIONS.map((each) => [each.infno, each]))
