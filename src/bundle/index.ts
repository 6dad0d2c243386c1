// `isopod/bundle`: makes bundles. Separate from the runtime, which only takes finished ones and loads no bundler.
export { bundleProject } from './bundle-project.ts'
export type { BundledProject, BundleProjectOptions } from './bundle-project.ts'
export { bundleSource } from './bundle-source.ts'
export type { BundleSourceOptions, SourceLanguage } from './bundle-source.ts'
export { assertScriptForm, toScriptForm } from './script-form.ts'
export type { ScriptFormOptions } from './script-form.ts'
