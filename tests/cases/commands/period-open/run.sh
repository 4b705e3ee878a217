cp -r "$SAMPLES"/saas-alliance alliance
engross sign-off alliance --on 2026-12-15 > signed.txt 2> warned.txt
engross review alliance --on 2027-01-30 --events "$EVENTS"/2027-q1.csv
