cp -r "$SAMPLES"/saas-alliance alliance
sed -i '/^effective = /d' alliance/deal.toml
engross sign-off alliance --on 2026-12-15 2> all.txt
sed -n '/^error.not-ready/,$p' all.txt >&2
