import type { Model } from "../machine.ts";
import { osModels } from "./os.ts";
import { pathlibModels } from "./pathlib.ts";

/** Every library that is modelled. Each file of this folder that ends in a model is listed here, and nowhere else. */
export const models: readonly Model[] = [...osModels, ...pathlibModels];
