// What there is to see of a worker. One more is a component and a line here.
import type { ComponentType } from 'react'
import type { PartProps } from './part-props.ts'
import { BindingsPart } from './bindings-part.tsx'
import { RoutesPart } from './routes-part.tsx'
import { SchedulesPart } from './schedules-part.tsx'
import { SecretsPart } from './secrets-part.tsx'
import { SettingsPart } from './settings-part.tsx'
import { SourcePart } from './source-part.tsx'
import { TailPart } from './tail-part.tsx'
import { VersionsPart } from './versions-part.tsx'

interface Part {
  readonly name: string
  readonly title: string
  readonly component: ComponentType<PartProps>
}

export const PARTS: readonly Part[] = [
  { name: 'versions', title: 'Versions', component: VersionsPart },
  { name: 'tail', title: 'Live tail', component: TailPart },
  { name: 'source', title: 'Source', component: SourcePart },
  { name: 'settings', title: 'Limits and mode', component: SettingsPart },
  { name: 'bindings', title: 'Bindings', component: BindingsPart },
  { name: 'secrets', title: 'Secrets', component: SecretsPart },
  { name: 'routes', title: 'Routes', component: RoutesPart },
  { name: 'schedules', title: 'Schedules', component: SchedulesPart },
]
