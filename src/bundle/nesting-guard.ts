// A rolldown plugin that refuses modules which nest so deep that parsing them would end the process.
import type { Plugin } from 'rolldown'
import { findTooDeep } from './nesting.ts'
import { describeProblem, positionOf } from '../problem-text.ts'
import type { ProjectFiles } from './project-files.ts'

export function nestingGuard(files: ProjectFiles): Plugin {
  return {
    name: 'isopod:nesting-guard',
    transform: {
      order: 'pre',
      filter: { moduleType: ['js', 'jsx', 'ts', 'tsx'] },
      handler(code, id) {
        const deep = findTooDeep(code)
        if (deep === undefined) return null
        const { file } = files.show(id)
        throw new Error(describeProblem(deep.reason, { file, source: code, position: positionOf(code, deep.offset) }))
      },
    },
  }
}
