#!/usr/bin/env bash
# Replace a branch of the public repository by the site that was built.
#
#     publish-to-repository.sh SITE REMOTE BRANCH
#
# DEPLOY_KEY, when set, is the private key to push with. The branch gets one commit without a past: what was withdrawn,
# a member's consent for example, must not stay readable in a history.
set -euo pipefail
site=$1
remote=$2
branch=$3

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
if [[ -n ${DEPLOY_KEY:-} ]]; then
    (umask 077 && printf '%s\n' "$DEPLOY_KEY" >"$work/key")
    export GIT_SSH_COMMAND="ssh -i $work/key -o IdentitiesOnly=yes -o StrictHostKeyChecking=accept-new"
fi

cp -R "$site" "$work/site"
# Without this file GitHub Pages would run the pages through Jekyll and drop what begins with an underscore.
touch "$work/site/.nojekyll"
cd "$work/site"
git init --quiet --initial-branch="$branch"
git add --all --force
git -c user.name=qunju -c user.email=qunju@users.noreply.github.com commit --quiet --message '發布網站'
git push --quiet --force "$remote" "$branch"
