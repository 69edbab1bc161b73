export { defaultNames, defaultOf, newestVersion, orderOf } from "../../python/models/django-defaults.ts";
