import type { Expectations } from '../expectation.ts'
import { NO_FILE_READER, NO_XHR } from './reasons.ts'

export const FILE_API: Expectations = {
  'FileAPI/fileReader.any.js': [{ reason: NO_FILE_READER, fails: 'all' }],
  'FileAPI/idlharness.any.js': [
    {
      reason: NO_FILE_READER,
      fails: [/^File(?:List|Reader|ReaderSync) (?:interface|must)/, /^Stringification of new FileReader/],
    },
  ],
  'FileAPI/reading-data-section/Determining-Encoding.any.js': [{ reason: NO_FILE_READER, fails: 'all' }],
  'FileAPI/reading-data-section/FileReader-event-handler-attributes.any.js': [{ reason: NO_FILE_READER, fails: 'all' }],
  'FileAPI/reading-data-section/FileReader-multiple-reads.any.js': [{ reason: NO_FILE_READER, fails: 'all' }],
  'FileAPI/reading-data-section/filereader_abort.any.js': [{ reason: NO_FILE_READER, fails: 'all' }],
  'FileAPI/reading-data-section/filereader_error.any.js': [{ reason: NO_FILE_READER, fails: 'all' }],
  'FileAPI/reading-data-section/filereader_events.any.js': [{ reason: NO_FILE_READER, fails: 'all' }],
  'FileAPI/reading-data-section/filereader_readAsArrayBuffer.any.js': [{ reason: NO_FILE_READER, fails: 'all' }],
  'FileAPI/reading-data-section/filereader_readAsBinaryString.any.js': [{ reason: NO_FILE_READER, fails: 'all' }],
  'FileAPI/reading-data-section/filereader_readAsDataURL.any.js': [{ reason: NO_FILE_READER, fails: 'all' }],
  'FileAPI/reading-data-section/filereader_readAsText.any.js': [{ reason: NO_FILE_READER, fails: 'all' }],
  'FileAPI/reading-data-section/filereader_readystate.any.js': [{ reason: NO_FILE_READER, fails: 'all' }],
  'FileAPI/reading-data-section/filereader_result.any.js': [{ reason: NO_FILE_READER, fails: 'all' }],
  'FileAPI/url/url-format.any.js': [
    {
      reason: 'there is no page, and so no origin that a blob URL could have',
      fails: [/^Origin of Blob URL matches our origin/, 'Blob URL parses correctly'],
    },
  ],
  'FileAPI/url/url-with-fetch.any.js': [
    {
      reason: 'a Request keeps the address of a blob, and not the blob',
      fails: [/^Revoke blob URL after creating Request/],
    },
  ],
  'FileAPI/url/url-with-xhr.any.js': [{ reason: NO_XHR, fails: 'all' }],
}
