// The figures as a table, and what was not expected as a list.
import { type Folder, FOLDERS, TOGETHER } from '../folders.ts'
import { EXPECTATIONS } from '../expectations/all.ts'
import type { TestReport } from '../realm/run-test.ts'
import { judge, type Verdict } from './judge.ts'
import type { FileResult } from './run-all.ts'

export interface Count {
  readonly passed: number
  readonly total: number
  /** Files that did not run to their end. */
  readonly errors: number
}

interface Row {
  readonly folder: Folder
  readonly files: number
  /** One for each runtime. */
  readonly counts: readonly Count[]
}

export interface Surprise {
  readonly file: string
  readonly verdict: Verdict
}

const MAX_SHOWN = 10

export function tableRows(results: readonly FileResult[], runtimes: number): readonly Row[] {
  return FOLDERS.map((folder) =>
    rowOf(
      folder,
      results.filter(({ file }) => file.folder === folder),
      runtimes,
    ),
  ).filter(({ files }) => files > 0)
}

function rowOf(folder: Folder, results: readonly FileResult[], runtimes: number): Row {
  const counts = Array.from({ length: runtimes }, (_, index) => {
    const reports = reportsOf(results, index)
    const subtests = reports.flatMap((report) => report.subtests)
    return {
      passed: subtests.filter(({ passed }) => passed).length,
      total: subtests.length,
      errors: reports.filter(({ error }) => error !== undefined).length,
    }
  })
  return { folder, files: results.length, counts }
}

function reportsOf(results: readonly FileResult[], runtime: number): readonly TestReport[] {
  return results.map(({ reports }) => reports[runtime]).filter((report) => report !== undefined)
}

/** Bars that were not reached, as sentences. */
export function missedBars(rows: readonly Row[], names: readonly string[]): readonly string[] {
  const missed: string[] = []
  for (const { counts, folder } of rows) {
    const [own, ...peers] = counts
    if (own === undefined) continue
    if (folder.atLeast !== undefined && !reaches(own, folder.atLeast)) {
      missed.push(`${folder.path}: ${show(own)} is less than ${percent(folder.atLeast)}`)
    }
    const node = peers[0]
    if (node !== undefined && own.passed < node.passed) {
      missed.push(`${folder.path}: ${own.passed} passed, ${node.passed} on ${names[1]}`)
    }
  }
  const together = rows.filter(
    ({ folder }) => folder.path === TOGETHER.path || folder.path.startsWith(`${TOGETHER.path}/`),
  )
  const sum = sumOf(together.map(({ counts }) => counts[0]).filter((count) => count !== undefined))
  if (sum.total > 0 && !reaches(sum, TOGETHER.atLeast)) {
    missed.push(`${TOGETHER.path} together: ${show(sum)} is less than ${percent(TOGETHER.atLeast)}`)
  }
  return missed
}

function reaches({ errors, passed, total }: Count, share: number): boolean {
  return passed >= share * total && (share < 1 || errors === 0)
}

function sumOf(counts: readonly Count[]): Count {
  return counts.reduce(
    (sum, { errors, passed, total }) => ({
      passed: sum.passed + passed,
      total: sum.total + total,
      errors: sum.errors + errors,
    }),
    { passed: 0, total: 0, errors: 0 },
  )
}

export function table(rows: readonly Row[], names: readonly string[]): string {
  const sums = names.map((_, index) =>
    sumOf(rows.map(({ counts }) => counts[index]).filter((count) => count !== undefined)),
  )
  const lines = [
    ['folder', 'files', ...names],
    ...rows.map(({ counts, files, folder }) => [folder.path, String(files), ...counts.map(show)]),
    ['together', String(rows.reduce((sum, { files }) => sum + files, 0)), ...sums.map(show)],
  ]
  const widths = (lines[0] ?? []).map((_, column) => Math.max(...lines.map((line) => (line[column] ?? '').length)))
  return lines
    .map(
      (line) =>
        `${line
          .map((cell, column) => cell.padEnd(widths[column] ?? 0))
          .join('  ')
          .trimEnd()}\n`,
    )
    .join('')
}

function show({ errors, passed, total }: Count): string {
  const share = total === 0 ? '' : ` ${percent(Math.floor((passed / total) * 1000) / 1000)}`
  return `${passed}/${total}${share}${errors === 0 ? '' : ` (${errors} broken off)`}`
}

function percent(share: number): string {
  return `${Number((share * 100).toFixed(1))} %`
}

/** What Isopod did that is not listed, or did not do that is. */
export function surprises(results: readonly FileResult[]): readonly Surprise[] {
  const paths = [...new Set(results.map(({ file }) => file.path))]
  return paths
    .map((path) => {
      const ofPath = results.filter(({ file }) => file.path === path)
      return { file: path, verdict: judge(reportsOf(ofPath, 0), EXPECTATIONS[path] ?? []) }
    })
    .filter(({ verdict }) => verdict.failures.length + verdict.passes.length + verdict.missing.length > 0)
}

export function surpriseText({ file, verdict }: Surprise): string {
  const { failures, missing, passes } = verdict
  const lines = [
    ...failures.map(({ message = '', name }) => `fails: ${name}: ${message}`),
    ...passes.map((name) => `passes, and is expected to fail: ${name}`),
    ...missing.map((name) => `is expected to fail, and does not occur: ${name}`),
  ].map((line) => `  ${line.replaceAll(/\s+/g, ' ')}\n`)
  const more = lines.length > MAX_SHOWN ? `  … and ${lines.length - MAX_SHOWN} more\n` : ''
  return `${file}\n${lines.slice(0, MAX_SHOWN).join('')}${more}`
}
