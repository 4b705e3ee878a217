cp -r "$SAMPLES"/saas-alliance alliance
engross sign-off alliance --on 2026-12-15 > signed.txt 2> warned.txt
engross library export house > exported.txt
sed -i 's/will work/shall work/; $a Kept in a new drawer.' house/clauses/master/waiver.md
engross draft alliance --library house
