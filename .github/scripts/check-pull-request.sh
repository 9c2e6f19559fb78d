#!/usr/bin/env bash
# Check the proposals of a pull request with the checker and the schemas of the branch it goes to.
#
#     check-pull-request.sh BASE PULL
#
# BASE is a checkout of that branch, installed by `make install`. PULL is a checkout of the pull request merged into it,
# with the merge's first parent. Of PULL only proposals/ is read, as data; nothing in it is executed.
#
# Annotates the proposals that the pull request touches and exits as their check does; the job summary gets the whole
# repository, since a proposal can also be at odds with one that stays as it was.
set -euo pipefail
base=$1
pull=$2

# Through a file, since a failure inside a process substitution would pass for a change of nothing.
changed=$(mktemp)
trap 'rm -f "$changed"' EXIT
git -C "$pull" diff --name-only --no-renames -z HEAD^1 HEAD -- proposals >"$changed"

declare -A folders=()
whole=false
while IFS= read -r -d '' path; do
    IFS=/ read -r top year slug rest <<<"$path"
    folder=$top/$year/$slug
    # What lies beside the proposals' folders, and what a removed one leaves behind, concerns them all.
    if [[ -n $rest && -d $pull/$folder ]]; then folders[$folder]=1; else whole=true; fi
done <"$changed"

# Staged by force, so that a private/ file which the pull request tracks counts as tracked here too.
rm -rf "$base/proposals"
mkdir "$base/proposals"
if [[ -d $pull/proposals ]]; then cp -RP "$pull/proposals/." "$base/proposals"; fi
git -C "$base" add --all --force -- proposals

cd "$base"
status=0
if $whole; then
    .venv/bin/qunju check --format github || status=$?
else
    # The github format fills the job summary, within what GitHub takes: once for all proposals, whose annotations go
    # nowhere, and then not again for those that are annotated.
    .venv/bin/qunju check --format github >/dev/null || (($? == 1))
    if ((${#folders[@]})); then
        env --unset=GITHUB_STEP_SUMMARY .venv/bin/qunju check --format github "${!folders[@]}" || status=$?
    else
        echo '本次沒有更動任何提案。'
    fi
fi
exit "$status"
