#!/usr/bin/env bash
# Asks Heroku's classic Python buildpack about one app, in the order in which its bin/compile asks itself:
# everything before Python is downloaded, and the step that decides about collectstatic.
#
#   heroku.sh BUILDPACK APP CACHE ENV PYTHON
#
# PYTHON is a folder with the `python` that the collectstatic step is to find. The buildpack's own
# record of the build is left in CACHE/build-data/python.json.
set -eu -o pipefail
shopt -s inherit_errexit
BUILDPACK_DIR=$1 BUILD_DIR=$2 CACHE_DIR=$3 ENV_DIR=$4 python=$5
export BUILDPACK_DIR BUILD_DIR CACHE_DIR ENV_DIR

for part in utils build_data cache checks output package_manager python_version; do
  # shellcheck source=/dev/null
  source "$BUILDPACK_DIR/lib/$part.sh"
done
build_data::setup
cd "$BUILD_DIR"

checks::ensure_supported_stack heroku-24
checks::duplicate_python_buildpack "$BUILD_DIR"
checks::existing_python_dir_present "$BUILD_DIR"
manager=$(package_manager::determine_package_manager "$BUILD_DIR")
build_data::set_string package_manager "$manager"
checks::existing_venv_dir_present "$BUILD_DIR"

python_version::read_requested_python_version "$BUILD_DIR" "$manager" "" asked_version asked_in
# shellcheck disable=SC2154 # Both are set by reference.
build_data::set_string python_version_requested "$asked_version"
# shellcheck disable=SC2154
build_data::set_string python_version_origin "$asked_in"
full=$(python_version::resolve_python_version "$asked_version" "$asked_in")
build_data::set_string python_version "$full"
build_data::set_string latest_patch "$(python_version::resolve_python_version "${full%.*}" "$asked_in")"
python_version::warn_or_error_if_python_version_file_missing "$asked_in" "${full%.*}" "$manager"

PATH="$python:$PATH" "$BUILDPACK_DIR/bin/steps/collectstatic"
