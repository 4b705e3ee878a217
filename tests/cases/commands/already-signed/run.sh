cp -r "$SAMPLES"/saas-alliance alliance
engross sign-off alliance --on 2026-12-15 > signed.txt 2> warned.txt
engross sign-off alliance --on 2026-12-16 2> all.txt
sed -n '/^error/,$p' all.txt >&2
