/**
 * Django's system checks that ask for models, URL patterns, classes or template libraries: not ours to answer
 * (docs/settings-json.md).
 */
export const notAnswered =
  /^(admin|auth|models|fields|contenttypes|signals|commands|postgres)\.|^urls\.(?!E006)|^templates\.(E|W)003$/;
