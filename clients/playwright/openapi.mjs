// openapi.mjs DOOR-URL: the document that the door has for programs. Ends with 0 if it is valid.

import { Validator } from '@seriousme/openapi-schema-validator';

const answer = await fetch(`${process.argv[2]}/api/openapi.json`);
const { valid, errors } = await new Validator().validate(await answer.json());
if (!valid) {
  console.error(errors);
  process.exit(1);
}
