/** What is to be done about the service and the readers, where operating systems differ. */

import type { TroubleSystem, TroubleText } from './reader-trouble.ts'

type PerSystem = Readonly<Record<TroubleSystem, TroubleText>>

export const MODULE_MEND: PerSystem = {
  win32: {
    zh: '重新安装本程序；从源码运行时先装 Visual Studio Build Tools 与 Python，再运行 npm run build:pcsc',
    en: 'Install this program again; when it runs from source, install Visual Studio Build Tools and Python, then run npm run build:pcsc'
  },
  darwin: {
    zh: '重新安装本程序；从源码运行时先运行 xcode-select --install，再运行 npm run build:pcsc',
    en: 'Install this program again; when it runs from source, run xcode-select --install, then npm run build:pcsc'
  },
  linux: {
    zh: '重新安装本程序；从源码运行时先装 gcc、make、python3 与 libpcsclite-dev，再运行 npm run build:pcsc',
    en: 'Install this program again; when it runs from source, install gcc, make, python3 and libpcsclite-dev, then run npm run build:pcsc'
  }
}

export const SERVICE_ABSENT_MEND: PerSystem = {
  win32: {
    zh: '在“服务”中把“Smart Card”（智能卡）的启动类型改为自动并启动；列表中没有它时请技术人员修复系统组件',
    en: 'In Services set “Smart Card” to start automatically and start it; if it is not in the list, have Windows repaired'
  },
  darwin: { zh: '智能卡服务是 macOS 的一部分：请更新系统', en: 'The smart card service is a part of macOS: update the system' },
  linux: {
    zh: '以管理员身份运行：apt install pcscd（统信、麒麟相同）；完成后自动恢复，无需重启本程序',
    en: 'As administrator: apt install pcscd (dnf install pcsc-lite on others); it is noticed by itself, this program need not be restarted'
  }
}

export const SERVICE_STOPPED_CAUSE: PerSystem = {
  win32: {
    zh: 'Windows 在没有读卡器时不启动“Smart Card”（智能卡）服务，拔下最后一台读卡器也会停止它',
    en: 'Windows starts the service “Smart Card” only while there is a reader, and stops it when the last one is unplugged'
  },
  darwin: { zh: '智能卡服务停止了', en: 'The smart card service has ended' },
  linux: { zh: 'pcscd 没有启动，或刚刚停止', en: 'pcscd was not started, or has just ended' }
}

export const SERVICE_STOPPED_MEND: PerSystem = {
  win32: {
    zh: '插上读卡器；仍不行就打开“服务”，启动“Smart Card”（智能卡）；几秒后自动恢复',
    en: 'Plug in the reader; if that does not help open Services and start “Smart Card”; it is noticed by itself within seconds'
  },
  darwin: { zh: '拔下读卡器再插上；仍不行请重新启动电脑', en: 'Plug the reader out and in; if that does not help restart the computer' },
  linux: {
    zh: '以管理员身份运行：systemctl enable --now pcscd.socket；几秒后自动恢复',
    en: 'As administrator: systemctl enable --now pcscd.socket; it is noticed by itself within seconds'
  }
}

export const VERSION_MEND: PerSystem = {
  win32: { zh: '安装系统更新后重新启动电脑', en: 'Install the updates of Windows and restart the computer' },
  darwin: { zh: '安装系统更新后重新启动电脑', en: 'Install the updates of macOS and restart the computer' },
  linux: {
    zh: '以管理员身份运行：apt install pcscd libpcsclite1，然后 systemctl restart pcscd；另行编译过 pcsc-lite 的请删去旧的一份',
    en: 'As administrator: apt install pcscd libpcsclite1, then systemctl restart pcscd; remove a pcsc-lite that was compiled by hand'
  }
}

export const SERVICE_REFUSES_MEND: PerSystem = {
  win32: {
    zh: '请管理员允许当前用户使用智能卡；远程桌面中不能使用本机读卡器，请在本机登录',
    en: 'Have an administrator allow this user smart cards; a remote desktop does not see the readers of this computer, so log in at it'
  },
  darwin: { zh: '在“系统设置”的“隐私与安全性”中允许本程序', en: 'Allow this program in System Settings, Privacy & Security' },
  linux: {
    zh: '请管理员在 polkit 中允许 org.debian.pcsc-lite.access_pcsc 与 access_card；不在本机屏幕前登录的用户默认没有权限',
    en: 'Have an administrator allow org.debian.pcsc-lite.access_pcsc and access_card in polkit; users who are not logged in at the screen have no right by default'
  }
}

export const NO_READER_MEND: PerSystem = {
  win32: {
    zh: '插好读卡器；“设备管理器”（devmgmt.msc）的“智能卡读卡器”下没有它时，安装厂家的驱动（PC/SC 模式）',
    en: 'Plug the reader in; if devmgmt.msc does not show it under “Smart card readers”, install its maker’s driver (PC/SC mode)'
  },
  darwin: {
    zh: '插好读卡器；“系统信息”的“智能卡”下没有它时，安装厂家的驱动',
    en: 'Plug the reader in; if System Information does not show it under “SmartCards”, install its maker’s driver'
  },
  linux: {
    zh: '插好读卡器，运行 pcsc_scan 看是否列出；没有时安装 libccid 或厂家的驱动，再运行 systemctl restart pcscd',
    en: 'Plug the reader in and see whether pcsc_scan lists it; if not, install libccid or its maker’s driver, then run systemctl restart pcscd'
  }
}
