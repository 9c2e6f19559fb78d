#!/usr/bin/env bash
# Scaffold a proposal on a branch of its own and open a pull request for it.
#
# Reads YEAR, SLUG, CATEGORY, TYPE and MEMBERS from the environment, as they were typed into the form: `qunju new` judges
# them, and nothing else here runs before it has. Needs gh with GH_TOKEN, and GITHUB_REF_NAME, the branch to go to.
set -euo pipefail
id=$YEAR/$SLUG
branch=proposal/$YEAR-$SLUG

.venv/bin/qunju new "$id" --category="$CATEGORY" --type="$TYPE" --members="$MEMBERS"

git switch --quiet --create "$branch"
git add -- "proposals/$id"
git -c user.name="$GITHUB_ACTOR" -c user.email="$GITHUB_ACTOR@users.noreply.github.com" \
    commit --quiet --message "新增提案 $id"
git push --quiet origin "$branch"

gh pr create --base "$GITHUB_REF_NAME" --head "$branch" --title "新提案：$id" --body-file - <<BODY |
提案範本已建立在 \`proposals/$id/\`，每個欄位旁都有填寫說明。

1. 切換到 **Files changed** 分頁，在檔案右上角選 **⋯ → Edit file**，直接在瀏覽器填寫。
2. 存檔（Commit changes）後會自動檢查，不符規範之處會標在該行旁邊，完整清單在檢查結果的摘要頁。
3. 個人資料（電話、E-mail、姓名、出生年等）請勿寫入這裡；此版本庫的所有協作者都看得到內容。
4. 準備送件時，把 \`cluster.yml\` 的 \`stage\` 由 \`draft\` 改為 \`submission\`，就會依送件標準檢查。
BODY
    tee -a "${GITHUB_STEP_SUMMARY:-/dev/null}"
