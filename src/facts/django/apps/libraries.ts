/**
 * What classes of Django and of well-known libraries are, as far as a model's bases and fields go. By their
 * dotted names, which leave out modules that only hand them on. As of 2026-11-20.
 */

/** Whether a class made from this one is a model; undefined where that is not known. */
export function isModelBase(name: string): boolean | undefined {
  if (models.has(name)) return true;
  // Whatever else Django has (managers, query sets, choices, forms) is no model.
  if (
    /^(?:django|typing|typing_extensions|abc|enum|dataclasses|collections|builtins|pydantic|rest_framework)\./.test(
      name,
    )
  )
    return /^django\.contrib\.\w+\.(?:base_)?(?:models|user|session)/.test(name) ? undefined : false;
  return name.includes(".") ? undefined : builtins.has(name) ? false : undefined;
}

const builtins = new Set([
  "object",
  "str",
  "int",
  "dict",
  "list",
  "Exception",
  "ValueError",
  "tuple",
  "type",
]);

const models: ReadonlySet<string> = new Set([
  "django.db.models.Model",
  "django.db.models.base.Model",
  "django.contrib.gis.db.models.Model",
  "django.contrib.auth.base_user.AbstractBaseUser",
  "django.contrib.auth.models.AbstractBaseUser",
  "django.contrib.auth.models.AbstractUser",
  "django.contrib.auth.models.Group",
  "django.contrib.auth.models.Permission",
  "django.contrib.auth.models.PermissionsMixin",
  "django.contrib.auth.models.User",
  "django.contrib.flatpages.models.FlatPage",
  "django.contrib.sessions.base_session.AbstractBaseSession",
  "django.contrib.sites.models.Site",
  "cms.models.CMSPlugin",
  "cms.models.pluginmodel.CMSPlugin",
  "django_extensions.db.models.ActivatorModel",
  "django_extensions.db.models.TimeStampedModel",
  "django_extensions.db.models.TitleDescriptionModel",
  "django_extensions.db.models.TitleSlugDescriptionModel",
  "django_tenants.models.DomainMixin",
  "django_tenants.models.TenantMixin",
  "modelcluster.models.ClusterableModel",
  "model_utils.models.StatusModel",
  "model_utils.models.TimeFramedModel",
  "model_utils.models.TimeStampedModel",
  "model_utils.models.UUIDModel",
  "mptt.models.MPTTModel",
  "ordered_model.models.OrderedModel",
  "parler.models.TranslatableModel",
  "polymorphic.models.PolymorphicModel",
  "safedelete.models.SafeDeleteModel",
  "solo.models.SingletonModel",
  "taggit.models.ItemBase",
  "taggit.models.TagBase",
  "taggit.models.TaggedItemBase",
  "treebeard.mp_tree.MP_Node",
  "wagtail.core.models.Page",
  "wagtail.documents.models.AbstractDocument",
  "wagtail.images.models.AbstractImage",
  "wagtail.images.models.AbstractRendition",
  "wagtail.models.Page",
]);

/** Fields whose files go to the default storage, unless they are given another one. */
export function isFileField(name: string): boolean {
  return fileFields.has(name);
}

const fileFields: ReadonlySet<string> = new Set([
  "django.db.models.FileField",
  "django.db.models.ImageField",
  "django.db.models.fields.files.FileField",
  "django.db.models.fields.files.ImageField",
  "django.contrib.gis.db.models.FileField",
  "django.contrib.gis.db.models.ImageField",
  "django_resized.ResizedImageField",
  "easy_thumbnails.fields.ThumbnailerField",
  "easy_thumbnails.fields.ThumbnailerImageField",
  "imagekit.models.ProcessedImageField",
  "pictures.models.PictureField",
  "sorl.thumbnail.ImageField",
  "sorl.thumbnail.fields.ImageField",
  "stdimage.StdImageField",
  "stdimage.models.StdImageField",
  "versatileimagefield.fields.VersatileImageField",
]);
