cp -r "$SAMPLES"/saas-alliance alliance
engross sign-off alliance --on 2026-12-15 > signed.txt 2> warned.txt
printf 'metric,window,value\nsourced-revenu,12 months,USD 318400\nearly-churn,12 months,none\nsupport-load,,\n' > found.csv
engross review alliance --on 2027-04-14 --actuals found.csv
