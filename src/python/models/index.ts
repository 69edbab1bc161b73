import type { Model } from "../machine.ts";
import { collectionsModels } from "./collections.ts";
import { configParserModels } from "./configparser.ts";
import { configurationsModels } from "./configurations.ts";
import { csvModels } from "./csv.ts";
import { dataFormatModels } from "./data-formats.ts";
import { dataclassesModels } from "./dataclasses.ts";
import { datetimeModels } from "./datetime.ts";
import { decimalModels } from "./decimal.ts";
import { decoupleModels } from "./decouple.ts";
import { djDatabaseUrlModels } from "./dj-database-url.ts";
import { djangoModels } from "./django.ts";
import { djangoChoicesModels } from "./django-choices.ts";
import { djangoConfModels } from "./django-conf.ts";
import { djangoHerokuModels } from "./django-heroku.ts";
import { dynaconfModels } from "./dynaconf.ts";
import { enumModels } from "./enum.ts";
import { environModels } from "./environ.ts";
import { environsModels } from "./environs.ts";
import { functoolsModels } from "./functools.ts";
import { hashingModels } from "./hashing.ts";
import { ipAddressModels } from "./ip-addresses.ts";
import { itertoolsModels } from "./itertools.ts";
import { jsonModels } from "./json.ts";
import { lasuiteModels } from "./lasuite.ts";
import { loggingModels } from "./logging.ts";
import { networkModels } from "./network.ts";
import { osModels } from "./os.ts";
import { otherModels } from "./other-libraries.ts";
import { pathlibModels } from "./pathlib.ts";
import { platformshModels } from "./platformsh.ts";
import { pydanticModels } from "./pydantic.ts";
import { pythonDotenvModels } from "./python-dotenv.ts";
import { randomModels } from "./random.ts";
import { reModels } from "./re.ts";
import { securedServiceModels } from "./secured-services.ts";
import { serviceUrlModels } from "./service-urls.ts";
import { splitSettingsModels } from "./split-settings.ts";
import { standardModels } from "./standard-library.ts";
import { structlogModels } from "./structlog.ts";
import { importlibModels, sysModels } from "./sys.ts";
import { taskQueueModels } from "./task-queues.ts";
import { textModels } from "./text-modules.ts";
import { typingModels } from "./typing.ts";
import { urllibModels } from "./urllib-parse.ts";

/** Every library that is modelled. Each file of this folder that ends in models is listed here, and nowhere else. */
export const models: readonly Model[] = [
  ...osModels,
  ...pathlibModels,
  ...sysModels,
  ...importlibModels,
  ...typingModels,
  ...dataclassesModels,
  ...enumModels,
  ...collectionsModels,
  ...itertoolsModels,
  ...functoolsModels,
  ...datetimeModels,
  ...decimalModels,
  ...reModels,
  ...jsonModels,
  ...urllibModels,
  ...loggingModels,
  ...dataFormatModels,
  ...configParserModels,
  ...standardModels,
  ...randomModels,
  ...textModels,
  ...hashingModels,
  ...csvModels,
  ...networkModels,
  ...ipAddressModels,
  ...environModels,
  ...decoupleModels,
  ...djDatabaseUrlModels,
  ...pythonDotenvModels,
  ...environsModels,
  ...pydanticModels,
  ...dynaconfModels,
  ...serviceUrlModels,
  ...djangoModels,
  ...djangoConfModels,
  ...djangoChoicesModels,
  ...djangoHerokuModels,
  ...configurationsModels,
  ...lasuiteModels,
  ...splitSettingsModels,
  ...structlogModels,
  ...taskQueueModels,
  ...securedServiceModels,
  ...otherModels,
  ...platformshModels,
];
