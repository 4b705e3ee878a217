cp -r "$SAMPLES"/saas-alliance alliance
engross sign-off alliance --on 2026-12-15 > signed.txt 2> warned.txt
printf 'metric,window,value\nsourced-revenue,12 months,USD 318400\n' > found.csv
engross review alliance --on 2027-04-14 --actuals found.csv
