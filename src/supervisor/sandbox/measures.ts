// What is in force, told for people, from what a process in the sandbox saw of itself.
import { CLEAN_NAMES } from './clean-environment.ts'
import type { Confinement } from './confinement.ts'
import { preventsCoreDumps } from './core-dumps.ts'
import type { Tools } from './find-tool.ts'
import { MEASURES, type Measure, type MeasureName, type SandboxLevel, type SandboxSetting } from './sandbox.ts'
import type { Namespaces, Sighting } from './sighting.ts'

export interface Findings {
  readonly setting: SandboxSetting
  readonly tools: Tools
  /** Name or uid of whom hosts were to run as. */
  readonly userName: string
  readonly ownUid: number
  readonly ownNamespaces: Namespaces
  readonly chosen: Confinement
  readonly sighting: Sighting
  /** Why stronger ones than the chosen do not work. */
  readonly failures: readonly Failure[]
}

export interface Failure {
  readonly confinement: Confinement
  readonly reason: string
}

type Finding = Omit<Measure, 'name'>

const TURNED_OFF: Finding = { inForce: false, detail: 'turned off by the setting "sandbox"' }

const FINDERS: { readonly [name in MeasureName]: (findings: Findings) => Finding } = {
  'clean environment': ({ sighting }) => {
    const foreign = sighting.environment.filter((name) => !CLEAN_NAMES.includes(name))
    return foreign.length === 0
      ? { inForce: true, detail: `hosts see no variable but ${CLEAN_NAMES.join(', ')}` }
      : { inForce: false, detail: `hosts see ${foreign.join(', ')}; whatever starts them adds these` }
  },

  'permission model': ({ sighting }) =>
    sighting.hasPermissionModel
      ? { inForce: true, detail: 'JavaScript reads the installation only, writes no file and starts no process' }
      : { inForce: false, detail: "this Node does not keep to it; use one of Isopod's supported releases" },

  'unprivileged user': ({ sighting, ownUid, userName, setting, failures }) => {
    if (sighting.uid !== 0) {
      const shared = sighting.uid === ownUid ? ', as the supervisor does' : ''
      return { inForce: true, detail: `hosts run as uid ${sighting.uid}${shared}` }
    }
    if (setting === 'off') return TURNED_OFF
    const failure = failures.findLast(({ confinement }) => confinement.user !== undefined)
    return {
      inForce: false,
      detail:
        failure === undefined
          ? 'hosts run as root, as the setting "host user" says; name another user'
          : `hosts run as root, since "${userName}" cannot run them (${failure.reason}); install Isopod where that user may read it, or name another`,
    }
  },

  'no new privileges': ({ sighting, setting, tools }) => {
    if (sighting.noNewPrivileges === true && sighting.hasCapabilities === false) {
      return { inForce: true, detail: 'no capabilities, and no set-uid program gives any' }
    }
    if (setting === 'off') return TURNED_OFF
    return {
      inForce: false,
      detail:
        tools.setpriv === undefined
          ? "util-linux's setpriv is not installed; install it"
          : 'setpriv has no effect here',
    }
  },

  namespaces: ({ sighting, ownNamespaces, setting, tools, chosen, failures }) => {
    if (sighting.namespaces.pid !== ownNamespaces.pid && sighting.namespaces.mnt !== ownNamespaces.mnt) {
      const further = chosen.bwrap?.help.includes('--disable-userns') === true && chosen.namespaces === 'as user'
      return {
        inForce: true,
        detail: `hosts see no file but the installation and system libraries, and no other process${
          further ? ', and can make no user namespaces' : ''
        }`,
      }
    }
    if (setting === 'off') return TURNED_OFF
    if (tools.bwrap === undefined) {
      return { inForce: false, detail: 'bubblewrap is not installed; install the package "bubblewrap"' }
    }
    const failure = failures.find(({ confinement }) => confinement.namespaces !== 'none')
    return {
      inForce: false,
      detail: `bubblewrap does not work here (${failure?.reason ?? 'it had no effect'}); allow unprivileged user namespaces, in a container as well, or start Isopod as root`,
    }
  },

  'no core dumps': ({ sighting, setting, tools }) => {
    if (preventsCoreDumps(sighting.coreLimit)) {
      return { inForce: true, detail: 'a crash leaves no memory on disk' }
    }
    if (setting === 'off') return TURNED_OFF
    return {
      inForce: false,
      detail:
        tools.prlimit === undefined
          ? "util-linux's prlimit is not installed; install it"
          : 'prlimit has no effect here',
    }
  },
}

export function findMeasures(findings: Findings): Measure[] {
  return MEASURES.map((name) => {
    const { inForce, detail } = FINDERS[name](findings)
    return { name, inForce, detail }
  })
}

export function levelOf(measures: readonly Measure[], { sighting, ownUid }: Findings): SandboxLevel {
  if (measures.every(({ inForce }) => inForce)) return 'high'
  const isApart = sighting.uid !== ownUid || measures.some(({ name, inForce }) => name === 'namespaces' && inForce)
  return isApart ? 'medium' : 'low'
}
