// The program that is started once per test file in Node and in Deno:  peer.ts <input.json> <report.json>
import { readFileSync, writeFileSync } from 'node:fs'
import process from 'node:process'
import { runTest, type TestInput } from './run-test.ts'

const [input = '', output = ''] = process.argv.slice(2)

// An error nobody handles fails tests that wait for it, not the whole file; so it is in Isopod.
process.on('uncaughtException', () => undefined)
process.on('unhandledRejection', () => undefined)

const { exit } = process
const report = await runTest(JSON.parse(readFileSync(input, 'utf8')) as TestInput)
writeFileSync(output, JSON.stringify(report))
exit(0)
