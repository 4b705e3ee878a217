cp -r "$SAMPLES"/saas-alliance alliance
engross sign-off alliance --on 2026-12-15 > signed.txt 2> warned.txt
sed -i 's/^draft = 4/drafts = 4/' alliance/engross.lock
engross check alliance
