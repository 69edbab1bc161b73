export { defaultNames, defaultOf, orderOf } from "../../python/models/django-defaults.ts";
